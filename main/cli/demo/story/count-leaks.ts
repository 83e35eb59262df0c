/** A value that must not be readable, and how much of it the demo's policy leaves visible. */
export interface HiddenValue {
  readonly value: string;
  /** what `partial` may show: the last characters of a number, the domain and first letter of a mail address */
  readonly kind: 'whole' | 'number' | 'email';
}

/** Four significant characters in a row are a leak (docs/redaction.md). */
const WINDOW = 4;
const SHOWN_AT_END = 4;

/**
 * How many of the values have four or more of their hidden significant characters in a row in `text`. Only letters and digits are
 * significant; separators are left out on both sides, so that a value does not hide behind spaces or line ends of its own.
 * `text`: what belongs to these values alone (their row), else chance makes matches.
 */
export function countLeaks(text: string, values: readonly HiddenValue[]): number {
  const seen = significant(text);
  return values.filter(value => hiddenPart(value).some(part => hasWindowOf(part, seen))).length;
}

function hasWindowOf(part: string, seen: string): boolean {
  for (let at = 0; at + WINDOW <= part.length; at += 1) {
    if (seen.includes(part.slice(at, at + WINDOW))) return true;
  }
  return false;
}

function hiddenPart({ value, kind }: HiddenValue): string[] {
  switch (kind) {
    case 'whole':
      return [significant(value)];
    case 'number':
      return [significant(value).slice(0, -SHOWN_AT_END)];
    case 'email':
      return [significant((value.split('@')[0] ?? '').slice(1))];
  }
}

function significant(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
