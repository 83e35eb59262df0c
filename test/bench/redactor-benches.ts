import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import type { Redactor } from '../../core/redaction/redactor.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import type { Bench } from './bench-definition.ts';
import { adversarialStream, cleanStream, mixedStream, SCREEN_SIZE, screenStream } from './streams.ts';

const MEGABYTE = 1_000_000;
/** What a pty gives in one read. */
const READ_BYTES = 4095;
const CHUNK_BYTES = 16 * 1024;
const KEYS = 2_000;

const LINES_SIZE = { cols: 120, rows: 40 };

function freshRedactor(size: { cols: number; rows: number } = LINES_SIZE): Redactor {
  const policy = RedactionPolicy.parse({});
  const quiet = () => undefined;
  return createRedactor({
    ...size,
    policy,
    detector: createLineDetector(policy),
    tokenOf: null,
    onMask: quiet,
    onBlock: quiet,
  });
}

/**
 * Megabytes of input a second of processor time, VT parsing and detection included: that of all threads, so that the collector of garbage
 * counts, and other programs on the machine do not.
 */
function throughput(stream: Uint8Array, size = LINES_SIZE): number {
  const redactor = freshRedactor(size);
  const before = process.cpuUsage();
  for (let at = 0; at < stream.length; at += READ_BYTES) {
    redactor.write(stream.subarray(at, at + READ_BYTES));
    if (redactor.holdMs !== null && at % (READ_BYTES * 64) === 0) redactor.flush();
  }
  redactor.end();
  const { user, system } = process.cpuUsage(before);
  return stream.length / MEGABYTE / ((user + system) / 1_000_000);
}

/** The 99th percentile of the time that `write` takes for each piece, in milliseconds. */
function p99(
  pieces: readonly Uint8Array[],
  prepare: (redactor: Redactor, piece: Uint8Array) => void,
): number {
  const redactor = freshRedactor();
  const times = pieces.map(piece => {
    prepare(redactor, piece);
    const startedMs = performance.now();
    redactor.write(piece);
    return performance.now() - startedMs;
  });
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)] ?? 0;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};
const clean = once(() => cleanStream(8 * MEGABYTE));
const mixed = once(() => mixedStream(8 * MEGABYTE));
const screens = once(() => screenStream(2 * MEGABYTE));
const adversarial = once(() => adversarialStream(2 * MEGABYTE));
const chunks = once(() => {
  const stream = mixed();
  return Array.from({ length: Math.floor(stream.length / CHUNK_BYTES) }, (_, i) =>
    stream.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES),
  );
});
const keys = once(() => {
  const typed = "select name from orders where id = 42 and state = 'open'; "
    .repeat(Math.ceil(KEYS / 58))
    .slice(0, KEYS);
  return [...typed].map(key => new TextEncoder().encode(key));
});

/** Names and goals of docs/redaction.md. */
export const redactorBenches: readonly Bench[] = [
  { name: 'redact-clean', unit: 'MB/s', goal: 100, measure: () => throughput(clean()) },
  { name: 'redact-mixed', unit: 'MB/s', goal: 60, measure: () => throughput(mixed()) },
  { name: 'redact-screen', unit: 'MB/s', goal: 20, measure: () => throughput(screens(), SCREEN_SIZE) },
  { name: 'redact-adversarial', unit: 'MB/s', goal: 5, measure: () => throughput(adversarial()) },
  {
    name: 'echo-added-p99',
    unit: 'ms',
    goal: 1,
    measure: () => p99(keys(), (redactor, key) => redactor.noteInput(key)),
  },
  { name: 'chunk-p99', unit: 'ms', goal: 4, measure: () => p99(chunks(), () => undefined) },
];
