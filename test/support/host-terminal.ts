import type { FromHost, ToHost } from '../../contract/session-host.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import type { SessionHostHandle } from '../../main/session-host-client/session-host-client.ts';

type Control = Exclude<FromHost, { kind: 'data' }>;

/** A terminal and a main in one: types, acknowledges, remembers what came, waits for what is to come. */
export interface HostTerminal {
  readonly text: string;
  readonly receivedBytes: number;
  readonly messages: readonly Control[];
  readonly losses: readonly string[];
  /** whether the host fell silent, or answers again, in order */
  readonly silences: readonly boolean[];
  /** whether output is acknowledged as it comes; switching it on acknowledges all that came */
  acknowledges(isOn: boolean): void;
  send(message: ToHost): void;
  type(text: string): void;
  /** Resolves with what matches once the text matches. */
  sees(pattern: RegExp): Promise<string>;
  hears<K extends Control['kind']>(kind: K): Promise<Extract<Control, { kind: K }>>;
  isLost(): Promise<string>;
  /** Resolves when at least so many bytes came in all. */
  hasReceived(bytes: number): Promise<void>;
}

/** Keeps the last so many characters: each pattern is looked for in all of them with each message. */
const KEPT_CHARACTERS = 64 * 1024;

export function attachTerminal(handle: SessionHostHandle): HostTerminal {
  const decoder = new TextDecoder();
  const messages: Control[] = [];
  const losses: string[] = [];
  const silences: boolean[] = [];
  let waiting: (() => boolean)[] = [];
  let text = '';
  let receivedBytes = 0;
  let lastSeq = 0;
  let isAcknowledging = true;

  const settle = (): void => {
    waiting = waiting.filter(isDone => !isDone());
  };
  const until = <T>(find: () => T | null): Promise<T> =>
    new Promise(resolve => {
      waiting.push(() => {
        const found = find();
        if (found !== null) resolve(found);
        return found !== null;
      });
      settle();
    });
  const acknowledge = (): void =>
    handle.send({ kind: 'data', frame: encodeTerminalMessage({ kind: 'ack', seq: lastSeq }) });

  handle.onMessage = message => {
    messages.push(message);
    settle();
  };
  handle.onLost = why => {
    losses.push(why);
    settle();
  };
  handle.onSilence = isSilent => silences.push(isSilent);
  handle.onData = frame => {
    const message = decodeHostMessage(frame);
    if (message?.kind !== 'output') return;
    text = (text + decoder.decode(message.bytes, { stream: true })).slice(-KEPT_CHARACTERS);
    receivedBytes += message.bytes.length;
    lastSeq = message.seq;
    if (isAcknowledging) acknowledge();
    settle();
  };

  return {
    get text() {
      return text;
    },
    get receivedBytes() {
      return receivedBytes;
    },
    messages,
    losses,
    silences,
    acknowledges(isOn) {
      isAcknowledging = isOn;
      if (isOn) acknowledge();
    },
    send: message => handle.send(message),
    type: typed =>
      handle.send({
        kind: 'data',
        frame: encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode(typed) }),
      }),
    sees: pattern => until(() => pattern.exec(text)?.[0] ?? null),
    hears: kind =>
      until(() => {
        const found = messages.find(message => message.kind === kind);
        // The kind was just compared; `find` cannot carry it into the type.
        return (found as Extract<Control, { kind: typeof kind }> | undefined) ?? null;
      }),
    isLost: () => until(() => losses[0] ?? null),
    hasReceived: bytes => until(() => (receivedBytes >= bytes ? true : null)).then(() => undefined),
  };
}
