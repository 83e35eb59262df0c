import type { Finding } from '../../../contract/redaction.ts';

/** The candidate, grown over the findings that reach into it: they are not final while it is open. */
export function startOf<T extends { start: number; strength: 'weak' | 'strong' }>(
  open: T | null,
  found: readonly Finding[],
): { start: number; strength: 'weak' | 'strong' } | null {
  if (open === null) return null;
  let { start } = open;
  for (const finding of found) if (finding.end > start && finding.start < start) start = finding.start;
  return { start, strength: open.strength };
}

/** No value has a longer part without a blank that is told before its end. */
export const MAX_PART_UNITS = 256;

/** Where the text ends that stands right behind the cursor: it may be a later part of what is open before it. */
export function endOfWord(text: string, cursor: number): number {
  return cursor + (/^\S*/.exec(text.slice(cursor, cursor + MAX_PART_UNITS))?.[0].length ?? 0);
}
