import { isDigit, isWordChar } from '../characters.ts';
import type { Sightings } from '../gate/gate.ts';

/** Digits with single separators between them, as telephone numbers are written: `+44 (0)20 7946-0958`. */
export interface DigitRun {
  readonly start: number;
  readonly end: number;
  readonly digits: number;
  readonly separators: number;
}

const MAX_RUN = 32;
const NO_RUNS: readonly DigitRun[] = [];

/**
 * All runs of at least `least` digits, left to right; a run is cut where it would grow past 32 characters. A run begins at one of the
 * line's numbers, or at the `+` and `(` right before it.
 */
export function digitRuns(line: string, sightings: Sightings, least: number): readonly DigitRun[] {
  const { numbers, numberCount } = sightings;
  let runs: DigitRun[] | null = null;
  let at = 0;
  for (let i = 0; i < numberCount; i++) {
    const numberEnd = numbers[2 * i + 1] ?? 0;
    while (at < numberEnd) {
      const numberStart = numbers[2 * i] ?? 0;
      if (numberEnd - numberStart < least && !isSeparator(line.charCodeAt(numberEnd))) {
        at = numberEnd;
        break;
      }
      const start = Math.max(at, openingOf(line, numberStart));
      const run = runFrom(line, start);
      if (
        run.digits >= least &&
        (start === 0 || !isWordChar(line.charCodeAt(start - 1)) || isGluedTo(line, start))
      )
        (runs ??= []).push(run);
      at = run.end;
    }
  }
  return runs ?? NO_RUNS;
}

/** `number is503-555-0178`: a hurried writer's missing blank. */
function isGluedTo(line: string, start: number): boolean {
  return line.startsWith(' is', start - 3);
}

/** `+44`, `(020`, `+(44`: where the signs before a number begin. */
function openingOf(line: string, number: number): number {
  const before = line.charCodeAt(number - 1);
  if (before === 0x2b) return number - 1;
  if (before !== 0x28) return number;
  return line.charCodeAt(number - 2) === 0x2b ? number - 2 : number - 1;
}

function runFrom(line: string, start: number): DigitRun {
  let digits = 0;
  let separators = 0;
  let end = start;
  let gap = 0;
  for (let i = start; i < line.length && i - start < MAX_RUN; i++) {
    const code = line.charCodeAt(i);
    if (isDigit(code)) {
      digits++;
      if (gap > 0) separators++;
      gap = 0;
      end = i + 1;
    } else if (i === start) {
      continue;
    } else {
      if (!isSeparator(code)) break;
      gap++;
      if (gap > 2 || (gap === 2 && !isPair(line.charCodeAt(i - 1), code))) break;
    }
  }
  return { start, end: Math.max(end, start + 1), digits, separators };
}

/** Space, `-`, `.`, `/`, parentheses, no-break space, no-break hyphen, en dash. */
function isSeparator(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x2d && code <= 0x2f) ||
    code === 0x28 ||
    code === 0x29 ||
    code === 0xa0 ||
    code === 0x2011 ||
    code === 0x2013
  );
}

/** `) `, ` (`, ` -`, `- ` and their like. */
function isPair(first: number, second: number): boolean {
  return (
    (second === 0x28 || second === 0x20 || second === 0x2d) &&
    (first === 0x20 || first === 0x29 || first === 0x2d)
  );
}
