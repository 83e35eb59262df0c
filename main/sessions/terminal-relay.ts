import {
  decodeHostMessage,
  decodeTerminalMessage,
  encodeHostMessage,
  encodeTerminalMessage,
} from '../../core/data-plane/frame.ts';

/** A terminal that shows a session: a window, a browser tab, the user's own terminal. */
export interface TerminalPort {
  /** a frame of the data plane, host to terminal */
  send(frame: Uint8Array): void;
  /** another terminal took over, or the session is over */
  closed(why: 'taken-over' | 'ended'): void;
}

/** One terminal on one session. */
export interface Attachment {
  /** A frame of the terminal. Returns false where it is malformed: the sender's connection has to be closed. */
  receive(frame: Uint8Array): boolean;
  /** The terminal is gone; the session goes on. */
  detach(): void;
}

/**
 * Between a session host and at most one terminal. Keeps the last redacted output, so that a terminal that comes later (a reloaded
 * tab) sees the screen; acknowledges output itself while no terminal is there, so that the program goes on.
 */
export interface TerminalRelay {
  /** A frame of the host, as it came. */
  takeHostFrame(frame: Uint8Array): void;
  /** A new terminal takes over from the one before. While covered it gets nothing; after that the whole kept screen. */
  attach(port: TerminalPort): Attachment;
  setCovered(isCovered: boolean): void;
  /** The session is over: the terminal keeps what it has. */
  close(): void;
}

export interface TerminalRelayOptions {
  /** a frame for the host */
  readonly toHost: (frame: Uint8Array) => void;
  /** Called before each input; false drops it. */
  readonly mayInput: () => boolean;
}

/** A screen with a good deal of scrollback; older output is in the recording only. */
export const KEPT_OUTPUT_BYTES = 1024 * 1024;
/** RIS: the terminal begins anew before the kept output is written. */
const RESET = Uint8Array.of(0x1b, 0x63);

interface Kept {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

export function createTerminalRelay(options: TerminalRelayOptions): TerminalRelay {
  let kept: Kept[] = [];
  let keptBytes = 0;
  let lastSeq = 0;
  let ackedSeq = 0;
  let port: TerminalPort | null = null;
  let isFresh = false;
  /** was on its way when the cover came: nothing is drawn over a cover */
  let held: Uint8Array[] = [];
  let isCovered = true;
  let isClosed = false;

  const acknowledge = (seq: number): void => {
    if (seq <= ackedSeq || seq > lastSeq) return;
    ackedSeq = seq;
    options.toHost(encodeTerminalMessage({ kind: 'ack', seq }));
  };

  const showKept = (): void => {
    if (port === null || isCovered || !isFresh) return;
    isFresh = false;
    const [first, ...rest] = kept;
    if (first === undefined) return;
    const bytes = new Uint8Array(RESET.length + first.bytes.length);
    bytes.set(RESET);
    bytes.set(first.bytes, RESET.length);
    for (const output of [{ seq: first.seq, bytes }, ...rest])
      port.send(encodeHostMessage({ kind: 'output', ...output }));
  };

  const letGo = (gone: TerminalPort): void => {
    if (port !== gone) return;
    port = null;
    acknowledge(lastSeq);
  };

  return {
    takeHostFrame(frame) {
      const message = decodeHostMessage(frame);
      if (message?.kind === 'output') {
        lastSeq = message.seq;
        kept.push({ seq: message.seq, bytes: message.bytes.slice() });
        keptBytes += message.bytes.length;
        while (keptBytes > KEPT_OUTPUT_BYTES && kept.length > 1) keptBytes -= kept.shift()?.bytes.length ?? 0;
        if (port === null) return acknowledge(message.seq);
        // A terminal that waits for the kept output gets this with it.
        if (isFresh) return showKept();
      }
      if (isCovered) held.push(frame);
      else port?.send(frame);
    },
    attach(next) {
      const before = port;
      port = next;
      held = [];
      isFresh = true;
      before?.closed('taken-over');
      showKept();
      if (kept.length === 0) isFresh = false;
      if (isClosed) next.closed('ended');
      return {
        receive(frame) {
          const message = decodeTerminalMessage(frame);
          if (message === null) return false;
          if (port !== next || isClosed) return true;
          if (message.kind === 'ack') acknowledge(message.seq);
          else if (message.kind === 'resize' || options.mayInput()) options.toHost(frame);
          return true;
        },
        detach: () => letGo(next),
      };
    },
    setCovered(covered) {
      isCovered = covered;
      if (covered) return;
      showKept();
      for (const frame of held.splice(0)) port?.send(frame);
    },
    close() {
      isClosed = true;
      kept = [];
      keptBytes = 0;
      port?.closed('ended');
    },
  };
}
