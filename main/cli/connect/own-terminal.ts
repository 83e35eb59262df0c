import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { AccessSnapshot } from '../../../contract/access.ts';
import { MAX_INPUT_BYTES } from '../../../contract/data-plane.ts';
import { durationWords, lockWords } from '../../../core/access/words.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../../core/data-plane/frame.ts';
import type { Attachment, TerminalPort } from '../../sessions/terminal-relay.ts';
import type { Timers } from '../../timers.ts';

/** The terminal that the user sits at, as a terminal of a session: raw input, output, resize, cover, warnings. */
export interface OwnTerminal {
  readonly cols: number;
  readonly rows: number;
  /** Takes the keyboard and shows the session. */
  show(attach: (port: TerminalPort) => Attachment): void;
  /** The session was locked, opened, or its countdown moved. */
  accessChanged(access: AccessSnapshot): void;
  /** A line for the user; while a full-screen program runs it goes into the title instead. */
  say(text: string): void;
  /** Gives the terminal back as it was. */
  restore(): void;
}

export interface OwnTerminalOptions {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
  readonly stdout: Writable & { readonly columns?: number; readonly rows?: number };
  readonly title: string;
  /** NO_COLOR: our lines without reverse video. */
  readonly isPlain: boolean;
  readonly timers: Timers;
  readonly onKey: (key: 'lock' | 'end') => void;
  /**
   * After raw mode was set: switches off the processing of output, which libuv leaves on. A full-screen program's line feed moves the
   * cursor straight down; a terminal that adds a carriage return would tear its screen.
   */
  readonly setRawOutput: () => void;
}

/** Ctrl-]: as in telnet, what follows is for us and not for the program. */
const ESCAPE_KEY = 0x1d;
const ALTERNATE = /\x1b\[\?(?:1049|1047|47)([hl])/g;
const LONGEST_SWITCH = 8;
/** How often the countdown in the title is looked at; it is written when its words have changed. */
const TITLE_EVERY_MS = 1_000;
/** How long a message stays in the title before the countdown takes it back. */
const MESSAGE_IN_TITLE_MS = 10_000;
const ENTER_COVER = '\x1b[?1049h\x1b[0m\x1b[2J\x1b[H\x1b[?25l';
const LEAVE_COVER = '\x1b[?1049l\x1b[?25h';
/** What programs leave switched on: alternate screen, mouse, bracketed paste, application keys, colours, hidden cursor. */
const RESTORE =
  '\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b>\x1b[0m\x1b[?25h\x1b]0;\x07\x1b[J';

export function createOwnTerminal(options: OwnTerminalOptions): OwnTerminal {
  const { stdin, stdout, timers } = options;
  let attach: ((port: TerminalPort) => Attachment) | null = null;
  let attachment: Attachment | null = null;
  let isShown = false;
  let isCovered = false;
  let isEscaped = false;
  let isAlternate = false;
  let tail = '';
  let latest: { readonly access: AccessSnapshot; readonly atMs: number } | null = null;
  let titleShown = '';
  let titleHeldUntilMs = -Infinity;
  let titleTimer = (): void => undefined;
  const decoder = new StringDecoder('latin1');

  const port = (): TerminalPort => ({
    send(frame) {
      const message = decodeHostMessage(frame);
      if (message?.kind !== 'output') return;
      follow(message.bytes);
      stdout.write(message.bytes, () => {
        attachment?.receive(encodeTerminalMessage({ kind: 'ack', seq: message.seq }));
      });
    },
    closed: () => undefined,
  });

  /** Whether a full-screen program has the alternate screen: a switch may be cut between two chunks. */
  function follow(bytes: Uint8Array): void {
    const text = tail + decoder.write(Buffer.from(bytes));
    const last = [...text.matchAll(ALTERNATE)].at(-1);
    if (last !== undefined) isAlternate = last[1] === 'h';
    tail = text.slice(-LONGEST_SWITCH);
  }

  function onInput(bytes: Buffer): void {
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (isEscaped) {
        isEscaped = false;
        start = at + 1;
        take(bytes[at] ?? 0);
      } else if (bytes[at] === ESCAPE_KEY) {
        pass(bytes.subarray(start, at));
        start = at + 1;
        isEscaped = true;
      }
    }
    pass(bytes.subarray(start));
  }

  function take(key: number): void {
    const letter = String.fromCharCode(key).toLowerCase();
    if (key === ESCAPE_KEY) pass(Buffer.from([ESCAPE_KEY]));
    else if (letter === 'l') options.onKey('lock');
    else if (letter === 'q' || letter === '.') options.onKey('end');
    else terminal.say('Ctrl-] l locks or unlocks, Ctrl-] q ends the session, Ctrl-] Ctrl-] sends Ctrl-].');
  }

  function pass(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += MAX_INPUT_BYTES)
      attachment?.receive(
        encodeTerminalMessage({ kind: 'input', bytes: bytes.subarray(at, at + MAX_INPUT_BYTES) }),
      );
  }

  const onResize = (): void => {
    attachment?.receive(encodeTerminalMessage({ kind: 'resize', cols: terminal.cols, rows: terminal.rows }));
  };

  function cover(access: AccessSnapshot): void {
    const words = access.lockReasons.map(lockWords).join(' ');
    const grace =
      access.graceEndsAtMs === null
        ? ''
        : ` If that does not change within ${durationWords(access.graceEndsAtMs - access.nowMs)}, the session ends.`;
    const unlock = access.lockReasons.every(reason => reason === 'operator' || reason === 'idle')
      ? 'Ctrl-] l unlocks it. '
      : '';
    stdout.write(
      `${ENTER_COVER}Sallyport: the session is locked.\r\n\r\n${words}${grace}\r\n\r\n${unlock}Ctrl-] q ends it.\r\n`,
    );
  }

  function uncover(): void {
    stdout.write(LEAVE_COVER);
    // A full-screen program was on the screen that the cover took: the session's kept output draws it anew.
    if (isAlternate && attach !== null) attachment = attach(port());
  }

  /** The time that is left, from the snapshot and a clock that never goes back. */
  function drawTitle(): void {
    titleTimer();
    if (latest === null) return;
    const { access, atMs } = latest;
    const left = durationWords(access.expiresAtMs - access.nowMs - (timers.nowMs() - atMs));
    const title = `${options.title} · ${access.isGateOpen ? `${left} left` : access.phase}`;
    if (title !== titleShown && timers.nowMs() >= titleHeldUntilMs) {
      titleShown = title;
      stdout.write(`\x1b]0;${title}\x07`);
    }
    titleTimer = timers.after(TITLE_EVERY_MS, drawTitle);
  }

  const terminal: OwnTerminal = {
    get cols() {
      return stdout.columns ?? 80;
    },
    get rows() {
      return stdout.rows ?? 24;
    },
    show(attachTo) {
      attach = attachTo;
      isShown = true;
      stdin.setRawMode?.(true);
      options.setRawOutput();
      stdin.on('data', onInput);
      stdin.resume();
      stdout.on('resize', onResize);
      attachment = attachTo(port());
      onResize();
    },
    accessChanged(access) {
      latest = { access, atMs: timers.nowMs() };
      drawTitle();
      const isLocked = access.phase === 'locked';
      if (isLocked) cover(access);
      else if (isCovered && access.isGateOpen) uncover();
      isCovered = isLocked || (isCovered && !access.isGateOpen);
    },
    say(text) {
      if (isCovered || !isShown) return;
      if (isAlternate) {
        titleShown = text;
        titleHeldUntilMs = timers.nowMs() + MESSAGE_IN_TITLE_MS;
        stdout.write(`\x1b]0;${text}\x07\x07`);
      } else if (options.isPlain) stdout.write(`\r\nSallyport: ${text}\r\n`);
      else stdout.write(`\r\n\x1b[7m Sallyport: ${text} \x1b[0m\r\n`);
    },
    restore() {
      isShown = false;
      titleTimer();
      latest = null;
      stdin.off('data', onInput);
      stdout.off('resize', onResize);
      stdin.setRawMode?.(false);
      stdin.pause();
      attachment?.detach();
      attachment = null;
      stdout.write(RESTORE);
    },
  };
  return terminal;
}
