/** Counts wrong enrolment codes by the address that they came from. */
export interface WrongCodes {
  /** Whether codes from there are not even looked at for a while. */
  isBlocked(address: string): boolean;
  note(address: string): void;
}

const WINDOW_MS = 10 * 60_000;
/** Beyond so many addresses the oldest are forgotten: memory is bounded, and who has that many guesses 160 random bits in vain. */
const MAX_ADDRESSES = 10_000;

/** `max` wrong codes within ten minutes of the first block an address until these are over. In memory: of this instance alone. */
export function createWrongCodes(max: number, nowMs: () => number): WrongCodes {
  const counts = new Map<string, { count: number; readonly sinceMs: number }>();
  const current = (address: string) => {
    const found = counts.get(address);
    if (found === undefined || nowMs() - found.sinceMs < WINDOW_MS) return found;
    counts.delete(address);
    return undefined;
  };
  return {
    isBlocked: address => (current(address)?.count ?? 0) >= max,
    note(address) {
      const found = current(address) ?? { count: 0, sinceMs: nowMs() };
      found.count += 1;
      counts.set(address, found);
      const [oldest] = counts.keys();
      if (counts.size > MAX_ADDRESSES && oldest !== undefined) counts.delete(oldest);
    },
  };
}
