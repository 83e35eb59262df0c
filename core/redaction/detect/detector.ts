import type { Entity } from '../../../contract/redaction.ts';
import type { Sightings } from './gate/gate.ts';

/** What one detector claims about one line; `resolve` turns overlapping claims into findings. UTF-16 offsets, end exclusive. */
export interface Hit {
  readonly entity: Entity;
  readonly start: number;
  readonly end: number;
  /** 0..1; what stays under the threshold of the line detector is dropped. */
  readonly score: number;
  readonly rule: string;
  /** Why, in words; never the value. */
  readonly evidence: readonly string[];
}

/** One logical line as the detectors read it. */
export interface LineText {
  readonly line: string;
  /** False while more text may follow on this line. */
  readonly isComplete: boolean;
  /** What the gate's single pass saw. */
  readonly sightings: Sightings;
  readonly hidesPrivateIps: boolean;
  /** The line is a row under a header that did not name its column, or a number under another line. */
  readonly isInTable?: boolean;
}

export type Emit = (hit: Hit) => void;

/**
 * A family of entities. `find` looks only at the places that the sightings point to, in time linear in the line, and keeps no
 * memory between lines. A growing line is fine: a value that is cut at the line's end is claimed as far as it goes where its
 * beginning is evidence enough (a key, a prefix), and otherwise left to the open candidate.
 */
export interface Detector {
  readonly name: string;
  /** The sightings that make the detector worth calling; see `SIGHT`. */
  readonly needs: number;
  find(text: LineText, emit: Emit): void;
}
