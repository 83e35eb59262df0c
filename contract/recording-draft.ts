import { z } from 'zod';
import { Marker } from './recording.ts';
import { RedactionPolicy } from './redaction.ts';

/** What is accepted and not in the recording yet, as the draft keeps it (docs/adr/0008). Times: milliseconds since the recording's start. */
const AtMs = z.number().nonnegative();
const Number = z.int().positive();
const Offset = z.int().nonnegative();

export const DraftedEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('output'), atMs: AtMs, seq: z.int(), base64: z.base64() }),
  z.strictObject({ kind: z.literal('resize'), atMs: AtMs, cols: z.int(), rows: z.int() }),
  z.strictObject({ kind: z.literal('marker'), atMs: AtMs, marker: Marker }),
  z.strictObject({ kind: z.literal('exit'), atMs: AtMs, status: z.int() }),
]);
export type DraftedEvent = z.infer<typeof DraftedEvent>;

export const DraftEntry = z.discriminatedUnion('kind', [
  /** first of all: the screen behind number `after`, and by which policy what follows is redacted again */
  z.strictObject({
    kind: z.literal('begin'),
    cols: z.int(),
    rows: z.int(),
    screen: z.string(),
    after: Offset,
    policy: RedactionPolicy,
  }),
  /** numbered from 1 through the whole session; `offset`: of its first byte in all output */
  z.strictObject({ kind: z.literal('held'), number: Number, offset: Offset, event: DraftedEvent }),
  /** the character at this offset of all output is part of a value */
  z.strictObject({ kind: z.literal('hide'), offset: Offset }),
  /** where the recording has this many segments, what is held up to this number stands in them */
  z.strictObject({ kind: z.literal('stored'), segments: z.int(), number: Number }),
]);
export type DraftEntry = z.infer<typeof DraftEntry>;
