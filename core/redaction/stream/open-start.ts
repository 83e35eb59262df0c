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
