import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

/** One end of a pipe between processes: messages wait until it is started, are copied, and come in order. */
export class PipeEnd {
  /** set where this end lives in the main process, whose deserialiser knows no transferred buffers (electron/electron#34905) */
  isInMain = false;
  onMessage: (data: unknown, ports: readonly PipeEnd[]) => void = () => undefined;
  onClose: () => void = () => undefined;
  isClosed = false;
  #peer: PipeEnd | null = null;
  #isStarted = false;
  readonly #waiting: (() => void)[] = [];

  static pair(): readonly [PipeEnd, PipeEnd] {
    const first = new PipeEnd();
    const second = new PipeEnd();
    first.#peer = second;
    second.#peer = first;
    return [first, second];
  }

  post(data: unknown, ports: readonly PipeEnd[] = [], buffers: readonly ArrayBuffer[] = []): void {
    const copy: unknown = structuredClone(data, { transfer: [...buffers] });
    const peer = this.#peer;
    if (this.isClosed || peer === null) return;
    const arrived = peer.isInMain && buffers.length > 0 ? null : copy;
    peer.#receive(() => peer.onMessage(arrived, ports));
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const deliver of this.#waiting.splice(0)) queueMicrotask(deliver);
  }

  /** Returns false where it was closed already. */
  close(): boolean {
    if (this.isClosed) return false;
    this.isClosed = true;
    const peer = this.#peer;
    // What was sent before arrives before.
    queueMicrotask(() => {
      if (peer?.close() === true) peer.onClose();
    });
    return true;
  }

  #receive(deliver: () => void): void {
    const unlessClosed = () => {
      if (!this.isClosed) deliver();
    };
    if (this.#isStarted) queueMicrotask(unlessClosed);
    else this.#waiting.push(unlessClosed);
  }
}

/** A port in the main process: an EventEmitter; only ports can be transferred; closing tells this end too. */
export class MessagePortMainDouble extends EventEmitter {
  #end: PipeEnd | null;

  constructor(end: PipeEnd) {
    super();
    this.#end = end;
    end.isInMain = true;
    end.onMessage = (data, ports) =>
      this.emit('message', { data, ports: ports.map(port => new MessagePortMainDouble(port)) });
    end.onClose = () => this.emit('close');
  }

  postMessage(message: unknown, transfer?: readonly MessagePortMain[]): void {
    this.#end?.post(message, (transfer ?? []).map(takeEnd));
  }

  start(): void {
    this.#end?.start();
  }

  close(): void {
    if (this.#end?.close() === true) this.emit('close');
  }

  /** Transfers it: nothing comes to this object any more. */
  take(): PipeEnd {
    if (this.#end === null) throw new Error('Port at index 0 is already neutered.');
    const end = this.#end;
    this.#end = null;
    end.isInMain = false;
    return end;
  }
}

/** The end behind a port of the main process, which is thereby transferred. */
export function takeEnd(port: unknown, index: number): PipeEnd {
  if (!(port instanceof MessagePortMainDouble))
    throw new TypeError(`Port at index ${index} is not a valid port`);
  return port.take();
}

export class MessageChannelMainDouble {
  readonly port1: MessagePortMainDouble;
  readonly port2: MessagePortMainDouble;
  constructor() {
    const [first, second] = PipeEnd.pair();
    this.port1 = new MessagePortMainDouble(first);
    this.port2 = new MessagePortMainDouble(second);
  }
}

class PortEvent extends Event {
  readonly data: unknown;
  constructor(type: string, data?: unknown) {
    super(type);
    this.data = data;
  }
}

/** A port in a page: an EventTarget; `close` is told to the other end only. */
export class PagePort extends EventTarget {
  readonly #end: PipeEnd;

  constructor(end: PipeEnd) {
    super();
    this.#end = end;
    end.onMessage = data => this.dispatchEvent(new PortEvent('message', data));
    end.onClose = () => this.dispatchEvent(new PortEvent('close'));
  }

  postMessage(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    this.#end.post(message, [], transfer);
  }

  start(): void {
    this.#end.start();
  }

  close(): void {
    this.#end.close();
  }
}
