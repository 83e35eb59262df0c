import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { AccessSnapshot } from '../../../contract/access.ts';
import { MAX_INPUT_BYTES } from '../../../contract/data-plane.ts';
import { durationWords, lockWords } from '../../../core/access/words.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../../core/data-plane/frame.ts';
import type { Attachment, TerminalPort } from '../../sessions/terminal-relay.ts';
import type { Timers } from '../../timers.ts';
import type { LinePrompt } from './line-prompt.ts';
import { createLinePrompt } from './line-prompt.ts';

/** The terminal that the user sits at, as a terminal of a session: raw input, output, resize, cover, warnings. */
export interface OwnTerminal {
  readonly cols: number;
  readonly rows: number;
  /** Takes the keyboard and shows the session. */
  show(attach: (port: TerminalPort) => Attachment): void;
  /** The session was locked, opened, or its countdown moved. */
  accessChanged(access: AccessSnapshot): void;
  /** A line for the user; while a full-screen program runs it goes into the title instead, and on a cover below what stands there. */
  say(text: string): void;
  /** What the title begins with, and what it says of the recording. */
  setTitle(name: string, recording: string): void;
  /**
   * Asks, one after the other, on a page of its own; the session's output waits meanwhile. Null where it was given up, or where
   * something is being asked already.
   */
  ask(questions: readonly string[]): Promise<readonly string[] | null>;
  /** Gives the terminal back as it was. */
  restore(): void;
}

/** What Ctrl-] and a letter ask for. */
export type OwnKey = 'lock' | 'end' | 'extend' | 'status';
export const KEY_WORDS =
  'Ctrl-] e asks for more time, Ctrl-] s shows how things stand, Ctrl-] l locks or unlocks, Ctrl-] q ends the session, Ctrl-] Ctrl-] sends Ctrl-].';

export interface OwnTerminalOptions {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
  readonly stdout: Writable & { readonly columns?: number; readonly rows?: number };
  /** NO_COLOR: our lines without reverse video. */
  readonly isPlain: boolean;
  readonly timers: Timers;
  readonly onKey: (key: OwnKey) => void;
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
const ENTER_PAGE = '\x1b[?1049h\x1b[0m\x1b[2J\x1b[H';
const ENTER_COVER = `${ENTER_PAGE}\x1b[?25l`;
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
  let name = 'Sallyport';
  let recording = '';
  /** a question is on its page */
  let prompt: LinePrompt | null = null;
  let giveUp = (): void => undefined;
  /** came while a cover or a question was on its page; what the terminal has not acknowledged bounds it */
  let heldFrames: Uint8Array[] = [];
  let heldLines: string[] = [];
  const decoder = new StringDecoder('latin1');

  const newPort = (): TerminalPort => ({
    send(frame) {
      // the page that stands instead of the session's screen would swallow it
      if (prompt !== null || isCovered) heldFrames.push(frame);
      else showFrame(frame);
    },
    closed: () => undefined,
  });

  function showFrame(frame: Uint8Array): void {
    const message = decodeHostMessage(frame);
    if (message?.kind !== 'output') return;
    follow(message.bytes);
    stdout.write(message.bytes, () => {
      attachment?.receive(encodeTerminalMessage({ kind: 'ack', seq: message.seq }));
    });
  }

  /** Whether a full-screen program has the alternate screen: a switch may be cut between two chunks. */
  function follow(bytes: Uint8Array): void {
    const text = tail + decoder.write(Buffer.from(bytes));
    const last = [...text.matchAll(ALTERNATE)].at(-1);
    if (last !== undefined) isAlternate = last[1] === 'h';
    tail = text.slice(-LONGEST_SWITCH);
  }

  function onInput(bytes: Buffer): void {
    if (prompt !== null) return prompt.take(bytes);
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      if (isEscaped) {
        isEscaped = false;
        start = at + 1;
        take(bytes[at] ?? 0);
        // It may have asked something: what follows is the answer.
        if (start < bytes.length) onInput(bytes.subarray(start));
        return undefined;
      } else if (bytes[at] === ESCAPE_KEY) {
        pass(bytes.subarray(start, at));
        start = at + 1;
        isEscaped = true;
      }
    }
    return pass(bytes.subarray(start));
  }

  function take(key: number): void {
    const letter = String.fromCharCode(key).toLowerCase();
    if (key === ESCAPE_KEY) pass(Buffer.from([ESCAPE_KEY]));
    else if (letter === 'l') options.onKey('lock');
    else if (letter === 'e') options.onKey('extend');
    else if (letter === 's') options.onKey('status');
    else if (letter === 'q' || letter === '.') options.onKey('end');
    else terminal.say(KEY_WORDS);
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
    const reasons = new Set(access.lockReasons);
    const unlock = access.lockReasons.every(reason => reason === 'operator' || reason === 'idle')
      ? 'Ctrl-] l unlocks it. '
      : '';
    const canExtend = access.extensionsLeft > 0 && reasons.has('grant-expired') && !reasons.has('revoked');
    const extend = canExtend ? 'Ctrl-] e asks for more time. ' : '';
    stdout.write(
      `${ENTER_COVER}Sallyport: the session is locked.\r\n\r\n${words}${grace}\r\n\r\n${unlock}${extend}Ctrl-] q ends it.\r\n`,
    );
  }

  async function askAll(questions: readonly string[]): Promise<readonly string[] | null> {
    const answers: string[] = [];
    stdout.write(ENTER_PAGE);
    stdout.write('\x1b[?25h');
    for (const question of questions) {
      stdout.write(plain(question));
      const line = await new Promise<string | null>(resolve => {
        giveUp = () => resolve(null);
        prompt = createLinePrompt({ write: text => void stdout.write(text), onAnswer: resolve });
      });
      if (line === null) return null;
      answers.push(line);
    }
    return answers;
  }

  /** The session's turn again: its cover, or its screen. */
  function leavePage(): void {
    prompt = null;
    const lines = heldLines;
    heldLines = [];
    if (!isShown) return;
    if (isCovered && latest !== null) cover(latest.access);
    else uncover();
    for (const line of lines) terminal.say(line);
  }

  function uncover(): void {
    stdout.write(LEAVE_COVER);
    const frames = heldFrames;
    heldFrames = [];
    // A full-screen program was on the screen that the page took: the session's kept output draws it anew, with what was held.
    if (isAlternate && attach !== null) attachment = attach(newPort());
    else for (const frame of frames) showFrame(frame);
  }

  /** The time that is left, from the snapshot and a clock that never goes back. */
  function drawTitle(): void {
    titleTimer();
    if (latest === null) return;
    const { access, atMs } = latest;
    const nowMs = access.nowMs + timers.nowMs() - atMs;
    const left = `${durationWords(access.expiresAtMs - nowMs)} left`;
    const graceEndsAtMs = access.graceEndsAtMs ?? nowMs;
    const closed =
      graceEndsAtMs > nowMs
        ? `${access.phase}, ends in ${durationWords(graceEndsAtMs - nowMs)}`
        : access.phase;
    const title = [name, access.isGateOpen ? left : closed, recording]
      .filter(part => part !== '')
      .join(' · ');
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
      attachment = attachTo(newPort());
      onResize();
    },
    accessChanged(access) {
      latest = { access, atMs: timers.nowMs() };
      drawTitle();
      const isLocked = access.phase === 'locked';
      // A page with a question covers as well, and gives way to what holds then.
      if (prompt === null && isLocked) cover(access);
      const wasCovered = isCovered;
      isCovered = isLocked || (isCovered && !access.isGateOpen);
      if (prompt === null && wasCovered && !isCovered) uncover();
    },
    setTitle(newName, newRecording) {
      name = plain(newName);
      recording = newRecording;
      drawTitle();
    },
    async ask(questions) {
      if (prompt !== null || !isShown) return null;
      const answers = await askAll(questions);
      leavePage();
      return answers;
    },
    say(words) {
      if (!isShown) return;
      const text = plain(words);
      if (prompt !== null) heldLines.push(text);
      else if (isCovered) stdout.write(`\r\n${text}\r\n`);
      else if (isAlternate) {
        titleShown = text;
        titleHeldUntilMs = timers.nowMs() + MESSAGE_IN_TITLE_MS;
        stdout.write(`\x1b]0;${text}\x07\x07`);
      } else if (options.isPlain) stdout.write(`\r\nSallyport: ${text}\r\n`);
      else stdout.write(`\r\n\x1b[7m Sallyport: ${text} \x1b[0m\r\n`);
    },
    restore() {
      isShown = false;
      giveUp();
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

/** Names and notes come from elsewhere: none of their characters may act on the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
