import { compact } from '../characters.ts';
import type { IdRule } from '../identifiers/id-rule.ts';

/** What a character is to a shape: the end of all shapes, a digit, a letter, or one of the separators. */
const CLASSES = 9;
const SEPARATORS = ' -./:+';
export const SHAPE_CLASS_OF: Uint8Array = classesOfCharacters();

/** Longer numbers begin no shape. */
const MAX_DIGITS = 24;

/**
 * Shapes of all rules as one automaton over characters, so that a place is tried against every rule at once and given up at the first
 * mismatch.
 */
export interface ShapeTrie {
  /** Whether a shape may begin with so many digits and this character behind them: one look, for most numbers the last. */
  mayBegin(digits: number, next: number): boolean;
  /** Calls `visit` for each shape that begins at `start` and ends with a whole group, the shortest first. */
  match(line: string, start: number, visit: (rules: readonly IdRule[], end: number) => void): void;
  /** What it is looked up in, by state and class, by state, by count of digits and class; the kernel has the same tables. */
  readonly tables: { readonly next: Uint16Array; readonly isShape: Uint8Array; readonly begins: Uint8Array };
  /** Whether `match` would call `visit` on the line that has these codes. */
  matches(codes: Uint16Array, length: number, start: number): boolean;
  /** Whether a rule takes what the text begins with; of a line, `reach` characters are enough. */
  isTaken(text: string): boolean;
  /** One character more than the longest shape. */
  readonly reach: number;
}

/** `isNamed`: a word may name what is found, and a rule that then takes it whatever its checksum says does so. */
export function createShapeTrie(rules: readonly IdRule[], isNamed = false): ShapeTrie {
  const moves: number[][] = [emptyRow()];
  const rulesAt: IdRule[][] = [[]];
  for (const rule of rules) {
    for (const shape of rule.shapes) {
      let state = 0;
      for (const cls of charactersOf(shape)) {
        let to = moves[state]?.[cls] ?? 0;
        if (to === 0) {
          to = moves.length;
          moves.push(emptyRow());
          rulesAt.push([]);
          const row = moves[state];
          if (row !== undefined) row[cls] = to;
        }
        state = to;
      }
      rulesAt[state]?.push(rule);
    }
  }
  const next = Uint16Array.from(moves.flat());
  const begins = beginnings(next, rulesAt);
  const isShape = Uint8Array.from(rulesAt, each => (each.length > 0 ? 1 : 0));
  const match: ShapeTrie['match'] = (line, start, visit) => {
    let state = 0;
    for (let i = start; ; i++) {
      const cls = i < line.length ? (SHAPE_CLASS_OF[line.charCodeAt(i)] ?? 0) : 0;
      if (cls === 0 || cls > 2) {
        const ending = rulesAt[state];
        if (ending !== undefined && ending.length > 0) visit(ending, i);
      }
      if (cls === 0) return;
      state = next[state * CLASSES + cls] ?? 0;
      if (state === 0) return;
    }
  };
  return {
    tables: { next, isShape, begins },
    mayBegin: (digits, after) =>
      digits <= MAX_DIGITS && begins[digits * CLASSES + (SHAPE_CLASS_OF[after] ?? 0)] === 1,
    match,
    isTaken(text) {
      let isTaken = false;
      match(text, 0, (ending, end) => {
        const raw = text.slice(0, end);
        const value = compact(raw);
        isTaken ||= ending.some(rule => (isNamed && rule.named !== undefined) || rule.check(value, raw));
      });
      return isTaken;
    },
    reach: Math.max(0, ...rules.flatMap(({ shapes }) => shapes.map(each => charactersOf(each).length))) + 1,
    matches(codes, length, start) {
      let state = 0;
      for (let i = start; ; i++) {
        const cls = i < length ? (SHAPE_CLASS_OF[codes[i] ?? 0] ?? 0) : 0;
        if ((cls === 0 || cls > 2) && isShape[state] === 1) return true;
        if (cls === 0) return false;
        state = next[state * CLASSES + cls] ?? 0;
        if (state === 0) return false;
      }
    },
  };
}

/** `A2 D3` as two letters, a space and three digits. */
function charactersOf(shape: string): readonly number[] {
  const classes: number[] = [];
  for (const [part, kind, count] of shape.matchAll(/([AD])(\d+)|[^AD\d]/g)) {
    const cls = kind === undefined ? (SHAPE_CLASS_OF[part.charCodeAt(0)] ?? 0) : kind === 'D' ? 1 : 2;
    if (cls === 0) throw new RangeError(`the shape ${shape} has a separator that no shape may have`);
    for (let i = 0; i < Number(count ?? 1); i++) classes.push(cls);
  }
  return classes;
}

/** By count of digits and class of the next character: whether a shape ends there or goes on. */
function beginnings(next: Uint16Array, rulesAt: readonly (readonly IdRule[])[]): Uint8Array {
  const begins = new Uint8Array((MAX_DIGITS + 1) * CLASSES);
  let state = 0;
  for (let digits = 1; digits <= MAX_DIGITS; digits++) {
    state = next[state * CLASSES + 1] ?? 0;
    if (state === 0) break;
    const isShape = (rulesAt[state]?.length ?? 0) > 0;
    for (let cls = 0; cls < CLASSES; cls++)
      if ((isShape && cls !== 1 && cls !== 2) || (next[state * CLASSES + cls] ?? 0) !== 0)
        begins[digits * CLASSES + cls] = 1;
  }
  return begins;
}

const emptyRow = (): number[] => Array.from({ length: CLASSES }, () => 0);

function classesOfCharacters(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  for (let code = 0x30; code <= 0x39; code++) classes[code] = 1;
  for (let code = 0x41; code <= 0x5a; code++) classes[code] = classes[code + 0x20] = 2;
  [...SEPARATORS].forEach((char, i) => {
    classes[char.charCodeAt(0)] = 3 + i;
  });
  classes[0xa0] = classes[0x20] ?? 0;
  return classes;
}
