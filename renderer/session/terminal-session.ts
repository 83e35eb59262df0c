import type { Bridge, DataPort, PortCloseReason } from '../bridge/bridge.ts';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';
import { bytesOfBinary, inputPieces } from './input-pieces.ts';
import { createFloodFrames } from './flood-frames.ts';
import { createOutputFlow } from './output-flow.ts';
import type { LinkVerdict } from './link-guard.ts';
import { judgeLink } from './link-guard.ts';
import { asOneLine, judgePaste, withoutPasteBrackets } from './paste-guard.ts';
import type { TerminalCommand } from './terminal-keys.ts';
import type { TerminalLook, TerminalScreen } from './terminal-screen.ts';
import { createTerminalScreen } from './terminal-screen.ts';

/** Something that the terminal wants to ask the person about before it happens. */
export type TerminalQuestion =
  | {
      readonly kind: 'paste';
      readonly text: string;
      readonly lines: number;
      readonly hasControls: boolean;
      /** the program told the terminal that it takes a paste as a whole (bracketed paste, DECSET 2004) */
      readonly isBracketed: boolean;
    }
  | { readonly kind: 'link'; readonly link: Extract<LinkVerdict, { kind: 'ask' }> };

export type TerminalAnswer =
  | { readonly kind: 'no' }
  | { readonly kind: 'yes' }
  /** `isTrusted`: several lines are no question any more in this session */
  | { readonly kind: 'paste'; readonly isOneLine: boolean; readonly isTrusted: boolean };

/** A session's terminal with its data plane: kept alive for as long as its tab, whatever is shown of it. */
export interface TerminalSession {
  readonly screen: TerminalScreen;
  readonly question: ReadableStore<TerminalQuestion | null>;
  readonly connection: ReadableStore<'open' | PortCloseReason>;
  /** Shows the terminal in the container; the first time this also opens the data plane, so that the program starts at the right size. */
  attach(container: HTMLElement): void;
  /** the address under the pointer */
  readonly pointedAt: ReadableStore<string | null>;
  /** whether the bell rang since the terminal was last looked at */
  readonly hasRung: ReadableStore<boolean>;
  answer(answer: TerminalAnswer): void;
  /** Pasted text from the clipboard, with the questions that it raises. */
  paste(text: string): void;
  /** Input goes nowhere while this is false, and what was asked is forgotten; the session host holds the gate itself. */
  setAcceptsInput(isAccepting: boolean): void;
  /** Reaches for the session host again: after the connection to main came back, or to take the terminal back from another window. */
  reconnect(): void;
  /** whether the window took it; else the key is the program's */
  onCommand: (command: TerminalCommand) => boolean;
  dispose(): void;
}

export interface TerminalSessionOptions {
  readonly bridge: Bridge;
  readonly sessionId: string;
  readonly look: TerminalLook;
  readonly onNotice: (message: string) => void;
  /** `element`: the terminal's */
  readonly onBell: (element: HTMLElement) => void;
  /** whether it makes sense to try again after the data plane was closed */
  readonly isWanted: () => boolean;
}

const RETRY_MS = 1_000;

export function createTerminalSession(options: TerminalSessionOptions): TerminalSession {
  const question = createStore<TerminalQuestion | null>(null);
  const connection = createStore<'open' | PortCloseReason>('open');
  let port: DataPort | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;
  let isResizedByHost = false;
  let hasEnded = false;
  let wasShown = false;
  let isPasteTrusted = false;
  const pointedAt = createStore<string | null>(null);
  const hasRung = createStore(false);

  const screen = createTerminalScreen({
    look: options.look,
    onCommand: command => session.onCommand(command),
    onLink(uri, shown) {
      const link = judgeLink(uri, shown);
      if (link.kind === 'refuse') options.onNotice(link.message);
      else question.set({ kind: 'link', link });
    },
    onLinkPointedAt: uri => pointedAt.set(uri),
    onBell(element) {
      if (element.isConnected) options.onBell(element);
      else hasRung.set(true);
    },
    onPaste: text => session.paste(text),
  });
  const { terminal } = screen;
  const frames = createFloodFrames({
    write: (data, done) => terminal.write(data, done),
    isHeld: () => terminal.modes.synchronizedOutputMode,
    nowMs: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  terminal.onRender(frames.drawn);
  const flow = createOutputFlow({
    write: frames.write,
    acknowledge: seq => port?.send({ kind: 'ack', seq }),
  });
  const sendInput = (bytes: Uint8Array) => {
    for (const piece of inputPieces(bytes)) port?.send({ kind: 'input', bytes: piece });
  };
  const encoder = new TextEncoder();
  terminal.onData(text => sendInput(encoder.encode(text)));
  terminal.onBinary(text => sendInput(bytesOfBinary(text)));
  terminal.onResize(({ cols, rows }) => {
    // a size that came from the host is not sent back: two sides that echo each other would never settle
    if (!isResizedByHost) port?.send({ kind: 'resize', cols, rows });
  });

  const connect = () => {
    clearTimeout(retry);
    if (isDisposed || hasEnded || !wasShown || port !== null) return;
    const opened = options.bridge.openDataPort(options.sessionId);
    port = opened;
    connection.set('open');
    opened.onMessage = message => {
      switch (message.kind) {
        case 'output':
          flow.receive(message.seq, message.bytes);
          break;
        case 'resized':
          isResizedByHost = true;
          terminal.resize(message.cols, message.rows);
          isResizedByHost = false;
          break;
        case 'ended':
          hasEnded = true;
          opened.close();
          break;
      }
    };
    opened.onClosed = why => {
      port = null;
      hasEnded ||= why === 'ended';
      connection.set(hasEnded ? 'ended' : why);
      // two windows that took the terminal back from each other would never settle: that is for a person to decide
      if (why === 'lost' && !isDisposed && !hasEnded && options.isWanted())
        retry = setTimeout(connect, RETRY_MS);
    };
    opened.send({ kind: 'resize', cols: terminal.cols, rows: terminal.rows });
  };

  const session: TerminalSession = {
    screen,
    question,
    connection,
    pointedAt,
    hasRung,
    onCommand: () => false,
    attach(container) {
      screen.attach(container);
      hasRung.set(false);
      wasShown = true;
      connect();
    },
    paste(text) {
      const verdict = judgePaste(text, isPasteTrusted);
      const isBracketed = terminal.modes.bracketedPasteMode;
      if (verdict.kind === 'paste') terminal.paste(text);
      else if (verdict.kind === 'refuse') options.onNotice(verdict.message);
      else question.set({ ...verdict, kind: 'paste', text, isBracketed });
    },
    answer(answer) {
      const asked = question.get();
      question.set(null);
      if (asked?.kind === 'link' && answer.kind === 'yes')
        window.open(asked.link.address, '_blank', 'noopener,noreferrer');
      if (asked?.kind === 'paste' && answer.kind === 'paste') {
        isPasteTrusted ||= answer.isTrusted;
        terminal.paste(withoutPasteBrackets(answer.isOneLine ? asOneLine(asked.text) : asked.text));
      }
    },
    setAcceptsInput(isAccepting) {
      terminal.options.disableStdin = !isAccepting;
      // what was pasted may hold a secret: it does not wait behind a cover
      if (!isAccepting) question.set(null);
    },
    reconnect: connect,
    dispose() {
      isDisposed = true;
      question.set(null);
      clearTimeout(retry);
      port?.close();
      frames.dispose();
      screen.dispose();
    },
  };
  return session;
}
