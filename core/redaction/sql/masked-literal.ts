import type { Finding, RedactionPolicy } from '../../../contract/redaction.ts';
import { maskOf } from '../mask.ts';
import { effectiveAction } from '../policy.ts';
import type { LiteralText } from './literal-text.ts';

interface Masking {
  readonly policy: RedactionPolicy;
  readonly tokenOf: ((value: string) => string) | null;
}

/** A literal as it is written afterwards: masked characters replaced, the others in the spelling that they had. */
export function maskedLiteral(
  { policy, tokenOf }: Masking,
  { text, spellings }: LiteralText,
  findings: readonly Finding[],
): string {
  const characters = Array.from(text);
  const glyphs = new Array<number>(characters.length).fill(0);
  /** Of each code point, and of the end: where it stands in `text`. */
  const indexAt = new Map<number, number>();
  let unit = 0;
  characters.forEach((character, i) => {
    indexAt.set(unit, i);
    unit += character.length;
  });
  for (const { entity, start, end } of findings) {
    const from = indexAt.get(start) ?? 0;
    const to = indexAt.get(end) ?? characters.length;
    const codePoints = characters.slice(from, to).map(character => character.codePointAt(0) ?? 0);
    const mask = maskOf({ entity, action: effectiveAction(policy, entity), codePoints, tokenOf });
    mask.glyphs.forEach((glyph, i) => {
      glyphs[from + i] = glyph;
    });
  }
  return spellings.map((spelling, i) => (glyphs[i] ? String.fromCodePoint(glyphs[i]) : spelling)).join('');
}

/** The same for a text that is written as it is meant. */
export function maskedPlain(masking: Masking, text: string, findings: readonly Finding[]): string {
  return maskedLiteral(masking, { text, spellings: Array.from(text) }, findings);
}
