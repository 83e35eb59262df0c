import type { Entity } from '../../../../contract/redaction.ts';
import type { ContextClass } from '../context/lexicon.ts';

/**
 * An identifier of a fixed shape. A shape is a row of groups, `D3-D2-D4` or `A2D6A1`: `A` letters, `D` digits, each with its count,
 * and the one character that stands between two groups.
 */
export interface IdRule {
  readonly rule: string;
  readonly entity: Entity;
  readonly shapes: readonly string[];
  /** Structure and checksum over the value in upper case without separators; `raw` is how it was written. */
  readonly check: (value: string, raw: string) => boolean;
  /** Score when the check passes and no word speaks for it. How often chance passes decides: 1 in 1,000 or rarer may stand alone. */
  readonly alone: number;
  /**
   * Score when the check passes and the line is nothing but such values, or a sentence; `alone` where absent. A number on a line of its
   * own is more often somebody's than one among the fields of a log, so one check digit (1 in 10) may do here: 0.5. What chance passes
   * once in 100 or less has 0.6 or more; that also counts under a table's header, and beside a loose word.
   */
  readonly whole?: number;
  /** Score when the check passes and a word of `context` stands near; 0.9 where absent. */
  readonly near?: number;
  /** Score when the check fails and a word of `context` stands near: a checksum never acquits what is named; 0 where absent. */
  readonly named?: number;
  readonly context: readonly ContextClass[];
}

/** The same groups joined by each of the separators: `spaced(' -', 'D3', 'D2', 'D4')`. */
export function spaced(separators: string, ...groups: readonly string[]): readonly string[] {
  return [...separators].map(separator => groups.join(separator));
}
