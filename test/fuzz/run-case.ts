import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import type { LineDetector } from '../../core/redaction/line-detector.ts';
import type { Redactor } from '../../core/redaction/redactor.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import type { Emulator, Picture } from './emulator.ts';
import { createEmulator } from './emulator.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { bytesOfPieces } from './fuzz-case.ts';
import { readableIn, readableOn, shownFragments } from './leaks.ts';
import { createPrefixes } from './prefixes.ts';
import type { FuzzValue, TerminalSize } from './scene.ts';

/**
 * `leak`: a value can be read. `layout`: a cell that is not masked, the cursor or a wrap is not what it is without redaction.
 * `split`: the same stream in one write gives another picture.
 */
export interface Failure {
  readonly kind: 'leak' | 'layout' | 'split';
  /** of the leaked value; of the first one for other kinds */
  readonly entity: string;
  readonly value: FuzzValue | null;
  /** where it was read, or what differs */
  readonly where: string;
}

/** Runs cases with the product's detector against one pair of terminals. */
export interface CaseRunner {
  readonly detector: LineDetector;
  /** What went wrong; null when nothing did. */
  run(fuzzCase: FuzzCase): Failure | null;
}

const NOTHING: ReadonlySet<string> = new Set();
/** More than a redactor ever needs to let go of everything. */
const MAX_FLUSHES = 3;

export function createCaseRunner(): CaseRunner {
  const policy = RedactionPolicy.parse({});
  const detector = createLineDetector(policy);
  const redacted = createEmulator();
  const plain = createEmulator();
  const freshRedactor = (size: TerminalSize): Redactor =>
    createRedactor({
      ...size,
      policy,
      detector: detector.fork(),
      tokenOf: null,
      onMask: () => undefined,
      onBlock: () => undefined,
    });
  return {
    detector,
    run(fuzzCase) {
      const stream = bytesOfPieces(fuzzCase.pieces);
      const hollow = once(() => readableInHollow(fuzzCase, plain));
      const isLeak = (value: FuzzValue, texts: readonly string[], allowed: ReadonlySet<string>): boolean => {
        const shown = shownFragments(value, texts, allowed);
        return (
          shown.length > 0 &&
          shownFragments(value, texts, allowed).some(each => !hollow().some(text => text.includes(each)))
        );
      };
      redacted.reset(fuzzCase.size);
      const output = writeCase(fuzzCase, stream, {
        redactor: freshRedactor(fuzzCase.size),
        emulator: redacted,
        isLeak,
      });
      if (output.failure !== null) return output.failure;
      const picture = redacted.picture();

      plain.reset(fuzzCase.size);
      plain.write(stream);
      const difference = differenceFrom(plain.picture(), picture);
      const first = fuzzCase.values[0] ?? null;
      const entity = first?.kind.name ?? '';
      if (difference !== null) return { kind: 'layout', entity, value: first, where: difference };

      if (fuzzCase.arrival !== 'bytes' && fuzzCase.arrival !== 'cuts') return null;
      plain.reset(fuzzCase.size);
      const redactor = freshRedactor(fuzzCase.size);
      plain.write(redactor.write(stream));
      plain.write(redactor.end());
      const split = firstDifference(plain.picture(), picture, (a, b) => a === b);
      return split === null ? null : { kind: 'split', entity, value: first, where: split };
    },
  };
}

interface Rig {
  readonly redactor: Redactor;
  readonly emulator: Emulator;
  readonly isLeak: (value: FuzzValue, texts: readonly string[], allowed: ReadonlySet<string>) => boolean;
}

/** Writes the case, looking at the screen after each pause, at the screen and at all bytes in the end. */
function writeCase(fuzzCase: FuzzCase, stream: Uint8Array, rig: Rig): { readonly failure: Failure | null } {
  const { redactor, emulator, isLeak } = rig;
  const isTyped = fuzzCase.arrival === 'typed';
  const prefixes = createPrefixes(fuzzCase.pieces);
  const sent: Uint8Array[] = [];
  const show = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    sent.push(bytes);
    emulator.write(bytes);
  };
  const leakIn = (where: string, texts: readonly string[], allowed: ReadonlySet<string>): Failure | null => {
    const value = fuzzCase.values.find(each => isLeak(each, texts, allowed));
    if (value === undefined) return null;
    const fragments = shownFragments(value, texts, allowed).join(' ');
    return { kind: 'leak', entity: value.kind.name, value, where: `${where} "${fragments}"` };
  };
  let from = 0;
  for (const { end, isPaused } of fuzzCase.cuts) {
    const bytes = stream.subarray(from, end);
    if (isTyped)
      redactor.noteInput(bytes.subarray(0, bytes.length === 2 && bytes[0] === 0x0d ? 1 : bytes.length));
    show(redactor.write(bytes));
    from = end;
    for (let i = 0; isPaused && redactor.holdMs !== null && i < MAX_FLUSHES; i++) show(redactor.flush());
    prefixes.cutAt(end, isPaused);
    if (!isPaused) continue;
    const failure = leakIn(`the screen after byte ${end}`, readableOn(emulator.picture()), prefixes.onScreen);
    if (failure !== null) return { failure };
  }
  show(redactor.end());
  const onScreen = leakIn('the screen at the end', readableOn(emulator.picture()), NOTHING);
  if (onScreen !== null || isTyped) return { failure: onScreen };
  return { failure: leakIn('the bytes', readableIn(concat(sent)), prefixes.released) };
}

function readableInHollow({ hollow, size }: FuzzCase, emulator: Emulator): string[] {
  const bytes = bytesOfPieces(hollow);
  emulator.reset(size);
  emulator.write(bytes);
  return [...readableIn(bytes), ...readableOn(emulator.picture())];
}

/** Cells that are masked may differ, and so may nothing else. */
function differenceFrom(plain: Picture, masked: Picture): string | null {
  const isMask = (character: string | undefined): boolean =>
    character === '•' || character === '*' || character === '＊';
  return firstDifference(plain, masked, (before, after) => {
    if (before === after) return true;
    const shown = [...after];
    return (
      [...before].length === shown.length &&
      [...before].every((character, i) => shown[i] === character || isMask(shown[i]))
    );
  });
}

function firstDifference(a: Picture, b: Picture, isSame: (a: string, b: string) => boolean): string | null {
  if (a.rows.length !== b.rows.length) return `${a.rows.length} rows became ${b.rows.length}`;
  const y = a.rows.findIndex((row, i) => !isSame(row.trimEnd(), (b.rows[i] ?? '').trimEnd()));
  if (y >= 0) return `row ${y}: ${JSON.stringify(a.rows[y])} became ${JSON.stringify(b.rows[y])}`;
  const wrap = a.wraps.findIndex((wraps, i) => wraps !== b.wraps[i]);
  if (wrap >= 0) return `row ${wrap} wraps otherwise`;
  if (a.cursor[0] !== b.cursor[0] || a.cursor[1] !== b.cursor[1])
    return `the cursor ${a.cursor.join()} became ${b.cursor.join()}`;
  return null;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
