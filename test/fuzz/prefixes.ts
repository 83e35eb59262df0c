import { fragmentsOf } from './leaks.ts';
import type { FuzzValue, Piece } from './scene.ts';
import { encoder } from './fuzz-case.ts';

/**
 * "What was there before it was a value": what is let out of a value of which only a part has come, where that part does not speak for
 * itself. It may be in the bytes for ever, and on the screen until the value is whole. A pause lets out everything; without one, a
 * growing head at the end of the output is still held back.
 */
export interface Prefixes {
  /** The stream was written up to here; with a pause the timer fired. */
  cutAt(offset: number, isPaused: boolean): void;
  /** Parts that were let out so far. */
  readonly released: ReadonlySet<string>;
  /** Parts that may be on the screen now. */
  readonly onScreen: ReadonlySet<string>;
}

interface Seen {
  readonly has: boolean[];
  isNamed: boolean;
  isBroken: boolean;
}

export function createPrefixes(pieces: readonly Piece[]): Prefixes {
  const seen = new Map<FuzzValue, Seen>();
  const released = new Set<string>();
  let onScreen = new Set<string>();
  let next = 0;
  let start = 0;
  /** whose text stands last in the output; null for other text */
  let lastVisible: FuzzValue | null = null;
  /** of the piece at `next`: what an earlier pause has read of it */
  const read = (piece: Piece, characters: number): void => {
    if (piece.part === null) return;
    const { value, from, to, isNamed, isBroken } = piece.part;
    let state = seen.get(value);
    if (state === undefined || (from === 0 && isWhole(value, state))) {
      state = { has: [], isNamed, isBroken };
      seen.set(value, state);
    }
    state.isNamed ||= isNamed;
    state.isBroken = isBroken || (state.isBroken && characters !== Infinity);
    for (let at = from; at < Math.min(to, from + characters); at++) state.has[at] = true;
  };
  return {
    cutAt(offset, isPaused) {
      for (let piece = pieces[next]; piece !== undefined; piece = pieces[next]) {
        const length = encoder.encode(piece.text).length;
        if (start + length > offset) {
          if (start < offset) {
            read(piece, charactersOfPart(piece, offset - start));
            if (isVisible(piece)) lastVisible = piece.part?.value ?? null;
          }
          break;
        }
        read(piece, Infinity);
        if (isVisible(piece)) lastVisible = piece.part?.value ?? null;
        start += length;
        next++;
      }
      onScreen = new Set();
      for (const [value, state] of seen) {
        if (state.isNamed || isWhole(value, state)) continue;
        const runs = runsOf(state.has);
        const isGrowingHead = runs.length === 1 && runs[0]?.[0] === 0 && lastVisible === value;
        if (!isPaused && isGrowingHead) continue;
        const [only] = runs;
        const isTelling =
          runs.length === 1 &&
          only !== undefined &&
          lastVisible === value &&
          !state.isBroken &&
          value.kind.isTelling(value.text.slice(...only), only[0] === 0);
        if (isTelling) continue;
        // parts may stand side by side, with what is missing between them
        const parts = runs.map(run => value.text.slice(...run));
        for (const fragment of [...parts, parts.join('')].flatMap(fragmentsOf)) {
          released.add(fragment);
          onScreen.add(fragment);
        }
      }
    },
    released,
    get onScreen() {
      return onScreen;
    },
  };
}

/** Escape sequences and control characters alone move nothing that was printed. */
const isVisible = ({ text }: Piece): boolean =>
  text.replaceAll(/\x1b(?:\[[0-?]*[ -/]*[@-~]|.)|[\x00-\x20]/g, '') !== '';

const isWhole = ({ text }: FuzzValue, { has, isBroken }: Seen): boolean =>
  !isBroken && Array.from({ length: text.length }, (_, at) => has[at] === true).every(Boolean);

function runsOf(has: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (let at = 0; at < has.length; at++) {
    if (has[at] !== true) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  }
  return runs;
}

/** Characters of a value in the first bytes of its piece; where it is written down another way, those before the first that differs. */
function charactersOfPart({ text, part }: Piece, bytes: number): number {
  if (part === null) return 0;
  const shown = part.value.text.slice(part.from, part.to);
  let same = shown.length;
  while (same > 1 && !text.includes(shown.slice(0, same))) same--;
  const before = text.indexOf(shown.slice(0, same));
  return before < 0 ? 0 : Math.min(same, charactersIn(text, bytes) - before);
}

/** Whole characters in the first bytes of a text. */
function charactersIn(text: string, bytes: number): number {
  let used = 0;
  let count = 0;
  for (const character of text) {
    used += encoder.encode(character).length;
    if (used > bytes) break;
    count += character.length;
  }
  return count;
}
