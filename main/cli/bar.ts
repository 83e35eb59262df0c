const CELLS = 20;

/** A bar and its figure, `████░░░░  42%`; `share` from 0 to 1. */
export function barOf(share: number): string {
  const part = Math.min(1, Math.max(0, share));
  const full = Math.round(part * CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${String(Math.floor(part * 100)).padStart(3)}%`;
}

/** NO_COLOR, set and not empty: no colour and no reverse video (no-color.org). */
export function isPlain(environment: Readonly<Record<string, string | undefined>>): boolean {
  return (environment['NO_COLOR'] ?? '') !== '';
}
