/** Steps of an axis that people read at a glance: 1, 2 or 5 times a power of ten. */
const STEPS = [1, 2, 5, 10] as const;

/**
 * Values of an axis from 0 up to at least `most`, at most `wanted` steps; the last is where the axis ends. For counts the steps are
 * whole numbers. `most` 0 or less gives an axis to 1.
 */
export function axisTicks(most: number, wanted = 4): readonly number[] {
  const top = most > 0 ? most : 1;
  const rough = top / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, (STEPS.find(each => each * power >= rough * 0.999_999) ?? 10) * power);
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** Which of so many things on an axis get a label: evenly spaced, the last one always. */
export function labelledIndexes(count: number, most: number): readonly number[] {
  if (count === 0) return [];
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => count - 1 - index * every).reverse();
}
