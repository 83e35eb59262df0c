import { SallyportError } from '../../contract/errors.ts';
import type { RecordedEvent } from '../../contract/recording.ts';
import type { MaskMark } from '../../contract/redaction.ts';
import type { LineDetector } from '../../core/redaction/line-detector.ts';
import type { Redactor, RedactorOptions } from '../../core/redaction/redactor.ts';
import type { Recorder, SealInput } from '../../main/session-host/recorder/recorder.ts';
import type { EndProof, Transport, TransportEnd } from '../../main/session-host/transports/transport.ts';

/** A recorder that keeps what it was given; a test says how full it is and when it refuses. */
export interface FakeRecorder extends Recorder {
  readonly events: readonly RecordedEvent[];
  readonly sealed: SealInput | null;
  queuedBytes: number;
  /** from now on `accept` throws */
  refuse(): void;
  acknowledgeUpload(): void;
}

export function fakeRecorder(): FakeRecorder {
  const events: RecordedEvent[] = [];
  const upload = Promise.withResolvers<void>();
  let sealed: SealInput | null = null;
  let refuses = false;
  return {
    events,
    get sealed() {
      return sealed;
    },
    queuedBytes: 0,
    onDrain: () => undefined,
    onFailed: () => undefined,
    onHealth: () => undefined,
    refuse() {
      refuses = true;
    },
    accept(event) {
      if (refuses) throw new SallyportError('spool-full', 'the spool is full');
      events.push(event);
    },
    seal(input) {
      if (refuses) return Promise.reject(new SallyportError('spool-full', 'the spool is full'));
      sealed = input;
      return Promise.resolve({ path: '/spool/fake.sprec', segments: 1, bytes: 100 });
    },
    noteKey: () => undefined,
    holdFrom: () => undefined,
    hide: () => undefined,
    uploaded(signal) {
      signal.addEventListener('abort', () => upload.reject(new Error('aborted')));
      return upload.promise;
    },
    acknowledgeUpload: () => upload.resolve(),
  };
}

/** A transport that a test plays by hand. */
export interface FakeTransport extends Transport {
  readonly isPaused: boolean;
  readonly written: readonly Uint8Array[];
  readonly sizes: readonly (readonly [number, number])[];
  readonly endDeadlines: readonly number[];
  open(): void;
  refuse(error: Error): void;
  exit(end: TransportEnd): void;
  takesInput: boolean;
}

export function fakeTransport(proof: EndProof = { processesLeft: 0, isChannelClosed: null }): FakeTransport {
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<TransportEnd>();
  opened.promise.catch(() => undefined);
  const written: Uint8Array[] = [];
  const sizes: [number, number][] = [];
  const endDeadlines: number[] = [];
  let isPaused = false;
  return {
    opened: opened.promise,
    ended: ended.promise,
    written,
    sizes,
    endDeadlines,
    takesInput: true,
    get isPaused() {
      return isPaused;
    },
    onOutput: () => undefined,
    write(bytes) {
      if (!this.takesInput) return false;
      written.push(bytes.slice());
      return true;
    },
    resize: (cols, rows) => void sizes.push([cols, rows]),
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
    },
    end(deadlineMs) {
      endDeadlines.push(deadlineMs);
      ended.resolve({ exitStatus: null, signal: 'SIGHUP', message: null });
      return Promise.resolve(proof);
    },
    open: () => opened.resolve(),
    refuse: error => opened.reject(error),
    exit: end => ended.resolve(end),
  };
}

const SECRET = 0x53;
const BLOCKED = 0x42;
const OPEN = 0x3f;
const MASK = 0x2a;

/**
 * A redactor with a rule that fits a test: each `S` becomes `*` (a mask), each `B` too (a mask that blocks). `?` at the end are held
 * back, with those of the next write when that holds nothing else, and released as `*` after 50 ms of quiet.
 */
export function fakeRedactor(options: Pick<RedactorOptions, 'onMask' | 'onBlock'>): Redactor {
  const mark: MaskMark = { entity: 'password', rule: 'fake', action: 'mask', score: 1, cells: 1 };
  let held = 0;
  const release = (): number[] => {
    const released = new Array<number>(held).fill(MASK);
    held = 0;
    return released;
  };
  return {
    undecidedFrom: null,
    get holdMs() {
      return held > 0 ? 50 : null;
    },
    write(bytes) {
      const end = bytes.findLastIndex(byte => byte !== OPEN) + 1;
      const out = end > 0 ? release() : [];
      held += bytes.length - end;
      for (const byte of bytes.subarray(0, end)) {
        const isMasked = byte === SECRET || byte === BLOCKED;
        out.push(isMasked ? MASK : byte);
        if (isMasked) options.onMask(mark, null);
        if (byte === BLOCKED) options.onBlock({ ...mark, action: 'block' });
      }
      return Uint8Array.from(out);
    },
    flush: () => Uint8Array.from(release()),
    end: () => Uint8Array.from(release()),
    resize: () => Uint8Array.from(release()),
    noteInput: () => undefined,
  };
}

/** Finds nothing: the fake redactor has a rule of its own. */
export const fakeDetector: LineDetector = {
  findings: () => [],
  openCandidate: () => null,
  commit: () => undefined,
  fork: () => fakeDetector,
};
