import { DEFAULT_POLICY } from '../../core/redaction/policy.ts';
import { systemTimers } from '../timers.ts';
import { rehearseSealing } from './recorder/sealer.ts';
import { createSegmentCutter } from './recorder/segment-cutter.ts';
import { systemParts } from './system-parts.ts';

const COLS = 80;
const ROWS = 24;
/** A prompt, a command, what it prints, a value among it: what the first seconds of a session are made of. */
const OUTPUT = [
  '\x1b[1;32moperator@host\x1b[0m:\x1b[34m~\x1b[0m$ ',
  'ls -l\r\n-rw-r--r-- 1 root root 4096 Mar  4 10:07 notes.txt\r\n',
  '{"level":"info","email":"somebody@example.com","took":12}\r\n',
  '$ ',
];

/**
 * Does once, with nobody's data, what a session does first: the tables of the detectors are made, the kernel is compiled, age has sealed.
 * It takes 300 ms of processor time, which a session that finds its process waiting does not spend between the click and the prompt.
 * Holds no grant, key or file, and leaves nothing but compiled code. Steps; whoever runs them may stop after any.
 */
export const rehearsal: readonly (() => void | Promise<void>)[] = [redact, record, seal];

function redact(): void {
  const detector = systemParts.createLineDetector(DEFAULT_POLICY);
  const redactor = systemParts.createRedactor({
    cols: COLS,
    rows: ROWS,
    policy: DEFAULT_POLICY,
    detector,
    tokenOf: null,
    onMask: () => undefined,
    onBlock: () => undefined,
    onLateMask: () => undefined,
  });
  for (const text of OUTPUT) redactor.write(Buffer.from(text));
  redactor.flush();
  redactor.end();
}

function record(): void {
  const cutter = createSegmentCutter({
    cols: COLS,
    rows: ROWS,
    timers: systemTimers,
    marginMs: () => 0,
    onCut: () => undefined,
    onFault: () => undefined,
  });
  for (const [index, text] of OUTPUT.entries())
    cutter.add({ kind: 'output', atMs: index, seq: index + 1, bytes: Buffer.from(text) });
  cutter.cut();
  cutter.cutIndex();
  cutter.cutDirectory();
  cutter.dispose();
}

function seal(): Promise<void> {
  return rehearseSealing(Buffer.from(OUTPUT.join('')));
}
