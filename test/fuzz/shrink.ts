import type { Cut, FuzzCase } from './fuzz-case.ts';
import { encoder } from './fuzz-case.ts';
import type { CaseRunner, Failure } from './run-case.ts';
import type { FuzzValue, Piece } from './scene.ts';

/** So many smaller cases are tried. */
const MAX_TRIES = 400;

/** A smaller case that fails the same way: fewer cuts, fewer lines or pieces, the usual size of terminal. */
export function shrink(fuzzCase: FuzzCase, failure: Failure, runner: CaseRunner): FuzzCase {
  let best = fuzzCase;
  let tries = 0;
  const place = (where: string): string => where.replaceAll(/\d+|".*/g, '');
  const keepIfFails = (smaller: FuzzCase): boolean => {
    if (tries++ > MAX_TRIES) return false;
    const found = runner.run(smaller);
    const isSame =
      found?.kind === failure.kind &&
      place(found.where) === place(failure.where) &&
      (failure.kind !== 'leak' || found.value?.index === failure.value?.index);
    if (isSame) best = smaller;
    return isSame;
  };
  if (best.arrival !== 'typed' && best.cuts.length > 1) {
    const isWholeEnough =
      failure.kind !== 'split' && keepIfFails({ ...best, arrival: 'whole', cuts: best.cuts.slice(-1) });
    if (!isWholeEnough) dropCuts();
  }
  const isPartOfIt = ({ part }: Piece): boolean => part !== null && part.value.index === failure.value?.index;
  const isKept = (piece: Piece): boolean => {
    if (piece.part === null ? namesIt(piece.text, failure.value) : isPartOfIt(piece)) return true;
    // what stands between two parts of one line moves or changes them
    const at = best.pieces.indexOf(piece);
    const isAmongParts = best.pieces.findIndex(isPartOfIt) < at && at < best.pieces.findLastIndex(isPartOfIt);
    return isAmongParts && unitsOf(best.pieces).length === best.pieces.length;
  };
  for (let length = unitsOf(best.pieces).length >> 1; length >= 1; length >>= 1)
    for (let at = unitsOf(best.pieces).length - length; at >= 0; at -= length) {
      const units = unitsOf(best.pieces).slice(at, at + length);
      const unneeded = units.filter(unit => !unit.some(isKept)).flat();
      if (unneeded.length > 0) keepIfFails(without(best, new Set(unneeded)));
    }
  keepIfFails({ ...best, size: { cols: Math.max(80, best.size.cols), rows: 24 } });
  return best;

  function dropCuts(): void {
    const arrival = best.arrival === 'bytes' ? 'cuts' : best.arrival;
    for (let length = best.cuts.length >> 1; length >= 1; length >>= 1)
      for (let at = best.cuts.length - 1 - length; at >= 0; at -= length)
        keepIfFails({ ...best, arrival, cuts: best.cuts.toSpliced(at, length) });
  }
}

/** What makes a named value one: its key or label, the lines of tables and keys; and what begins a control string. */
function namesIt(text: string, value: FuzzValue | null): boolean {
  const lower = text.toLowerCase().replaceAll('_', '-');
  return (
    (value !== null && lower.includes(value.kind.key.replaceAll('_', '-'))) ||
    (value !== null && lower.includes(value.kind.label.toLowerCase())) ||
    /--|──|RECORD|BEGIN|\*\*\*|\x1b[\]PX^_]/.test(text)
  );
}

/** Lines, so that tables stay tables; the pieces of a single line. */
function unitsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    lines.at(-1)?.push(piece);
    if (piece.text.endsWith('\n')) lines.push([]);
  }
  const filled = lines.filter(line => line.length > 0);
  return filled.length > 1 ? filled : pieces.map(piece => [piece]);
}

/** Without some pieces; the cuts behind them move along. */
function without(fuzzCase: FuzzCase, unneeded: ReadonlySet<Piece>): FuzzCase {
  const removed: { readonly at: number; readonly length: number }[] = [];
  let end = 0;
  for (const piece of fuzzCase.pieces) {
    const { length } = encoder.encode(piece.text);
    if (unneeded.has(piece)) removed.push({ at: end, length });
    end += length;
  }
  const moved = (offset: number): number =>
    removed.reduce((left, gap) => left - Math.min(gap.length, Math.max(0, offset - gap.at)), offset);
  const cuts = new Map<number, Cut>();
  for (const cut of fuzzCase.cuts)
    if (moved(cut.end) > 0 && moved(cut.end) < moved(end))
      cuts.set(moved(cut.end), { ...cut, end: moved(cut.end) });
  const pieces = fuzzCase.pieces.filter(piece => !unneeded.has(piece));
  return { ...fuzzCase, pieces, cuts: [...cuts.values(), { end: moved(end), isPaused: false }] };
}

/** The writes of a case as strings of a program, `<pause>` where the timer fires. */
export function writesOf({ pieces, cuts }: FuzzCase): readonly string[] {
  const stream = encoder.encode(pieces.map(piece => piece.text).join(''));
  let from = 0;
  return cuts.flatMap(({ end, isPaused }) => {
    const text = new TextDecoder().decode(stream.subarray(from, end));
    from = end;
    const quoted = JSON.stringify(text).replaceAll('\\u001b', '\\x1b').replaceAll('\\u0007', '\\x07');
    return isPaused ? [quoted, '<pause>'] : [quoted];
  });
}
