import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { Layout } from './layouts/layout.ts';
import { LAYOUTS } from './layouts/layouts.ts';
import type { FuzzValue, Piece, TerminalSize } from './scene.ts';
import { createScene } from './scene.ts';

/**
 * How a stream arrives: in one write, a byte a write, cut anywhere, cut anywhere with the hold-back timer firing now and then, or as the
 * echo of keys.
 */
export type Arrival = 'whole' | 'bytes' | 'cuts' | 'pauses' | 'typed';

/** Ends of a write, as a byte offset of the stream. */
export interface Cut {
  readonly end: number;
  /** the timer fires before the next write */
  readonly isPaused: boolean;
}

export interface FuzzCase {
  readonly layout: string;
  readonly size: TerminalSize;
  readonly pieces: readonly Piece[];
  readonly values: readonly FuzzValue[];
  readonly arrival: Arrival;
  /** The last one is the stream's end. */
  readonly cuts: readonly Cut[];
  /** the same case with placeholders for the values: what is readable in it is no leak */
  readonly hollow: readonly Piece[];
}

export const encoder = new TextEncoder();
export const bytesOfPieces = (pieces: readonly Piece[]): Uint8Array =>
  encoder.encode(pieces.map(piece => piece.text).join(''));

/** The case of this number: the same for the same seed, whatever ran before it. */
export function makeCase(seed: number, index: number, only: Layout | null = null): FuzzCase {
  const random = createRandom(seed, index);
  const chosen = random.pick(LAYOUTS);
  const layout = only ?? chosen;
  const scene = (isHollow: boolean) => {
    const made = createScene({
      random: createRandom(seed ^ 0x5bd1e995, index),
      valueRandom: createRandom(seed ^ 0x27d4eb2f, index),
      isHollow,
    });
    layout.write(made);
    return made;
  };
  const { pieces, values, size } = scene(false);
  const stream = bytesOfPieces(pieces);
  const arrival = arrivalOf(random, layout);
  const cuts = cutsOf(random, arrival, stream);
  return { layout: layout.name, size, pieces, values, arrival, cuts, hollow: scene(true).pieces };
}

function arrivalOf(random: Random, layout: Layout): Arrival {
  if (layout.isTypable === true && random.chance(0.3)) return 'typed';
  return random.pick<Arrival>(['whole', 'whole', 'bytes', 'cuts', 'cuts', 'pauses', 'pauses']);
}

const MAX_CUTS = 8;
/** A paused stream is looked at after each pause. */
const MAX_PAUSES = 4;

function cutsOf(random: Random, arrival: Arrival, stream: Uint8Array): Cut[] {
  const last = { end: stream.length, isPaused: false };
  if (arrival === 'whole') return [last];
  if (arrival === 'bytes' || arrival === 'typed') {
    // a key is a character: the bytes that continue one belong to it, and a line feed to its return
    const isInside = (end: number): boolean =>
      arrival === 'typed' && (((stream[end] ?? 0) & 0xc0) === 0x80 || stream[end] === 0x0a);
    return Array.from(stream, (_, i) => ({ end: i + 1, isPaused: false })).filter(
      ({ end }) => !isInside(end),
    );
  }
  const ends = new Set<number>();
  const count = random.int(1, arrival === 'pauses' ? MAX_PAUSES : MAX_CUTS);
  for (let i = 0; i < count; i++) ends.add(random.int(1, Math.max(1, stream.length - 1)));
  ends.delete(stream.length);
  const cuts = [...ends].sort((a, b) => a - b).map(end => ({ end, isPaused: arrival === 'pauses' }));
  return [...cuts, last];
}
