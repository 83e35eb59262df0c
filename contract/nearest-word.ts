/** Longer words are no typing mistakes of a name. */
const MAX_LENGTH = 64;

/**
 * The one of `choices` that was probably meant by `word`, for "did you mean …?": at most a third of its characters (and at least one)
 * changed, added, left out or swapped with the neighbour (optimal string alignment distance). Null where nothing is near.
 */
export function nearestWord(word: string, choices: readonly string[]): string | null {
  if (word.length === 0 || word.length > MAX_LENGTH) return null;
  const plain = word.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const choice of choices) {
    const distance = distanceOf(plain, choice.toLowerCase());
    if (distance >= least) continue;
    best = choice;
    least = distance;
  }
  return best;
}

/** `; did you mean "email"?`, or nothing. */
export function suggestion(word: string, choices: readonly string[]): string {
  const nearest = nearestWord(word, choices);
  return nearest === null ? '' : `; did you mean "${nearest}"?`;
}

function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
