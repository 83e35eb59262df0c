/** Check digits computed by the published schemes, apart from the product's own code, which they test. */

/** Sum of digit × weight from the left. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits.charAt(i)), 0);
}

/** ISO/IEC 7812-1: the digit that makes the whole number pass. */
export function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** ISO 7064 MOD 11,10. */
export function mod1110Digit(body: string): string {
  let product = 10;
  for (const digit of body) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Verhoeff 1969, with the dihedral group computed, not tabled. */
export function verhoeffDigit(body: string): string {
  const times = (a: number, b: number): number =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
  const turn = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const turned = (digit: number, count: number): number =>
    Array.from({ length: count }).reduce<number>(value => turn[value] ?? 0, digit);
  const state = [...body]
    .reverse()
    .reduce((product, digit, i) => times(product, turned(Number(digit), (i + 1) % 8)), 0);
  return String(
    Array.from({ length: 10 }, (_, digit) => digit).find(digit => times(state, digit) === 0) ?? 0,
  );
}
