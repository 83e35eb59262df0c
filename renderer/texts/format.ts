/**
 * The one place where numbers, dates and plurals become text, by Intl with the locale of the window's language. A page has one
 * language, as its `<html lang>` has: it is set by `setLocale` and read when something is drawn.
 */
export type PluralForms = { readonly [rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

let locale = 'en-GB';
const kept = new Map<string, unknown>();

/** BCP 47, e.g. `de-DE`. */
export function setLocale(next: string): void {
  locale = next;
  kept.clear();
}

/** `12,345`; `12.345` in German. */
export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  return keep('number', options, () => new Intl.NumberFormat(locale, options)).format(value);
}

/** `1.2`, `3.0`: with one digit after the point. */
export function tenths(value: number): string {
  return number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** The form for a count, `#` in it being the count: `plural(2, { one: '# key', other: '# keys' })`. */
export function plural(count: number, forms: PluralForms): string {
  const rules = keep('plural', {}, () => new Intl.PluralRules(locale));
  return (forms[rules.select(count)] ?? forms.other).replace('#', () => number(count));
}

/** `5 minutes`, `1 hour`. */
export function unit(value: number, of: 'second' | 'minute' | 'hour' | 'day'): string {
  return number(value, { style: 'unit', unit: of, unitDisplay: 'long' });
}

/** `5 minutes ago` of -5 minutes. */
export function relative(value: number, of: 'minute' | 'hour' | 'day'): string {
  return keep('relative', {}, () => new Intl.RelativeTimeFormat(locale)).format(value, of);
}

/** Wall-clock time here of a moment in milliseconds since 1970, as `Intl.DateTimeFormat` takes it. */
export function date(atMs: number, options: Intl.DateTimeFormatOptions): string {
  return keep('date', options, () => new Intl.DateTimeFormat(locale, options)).format(atMs);
}

/** `2026-03-12 14:03:22`, the same in every language: for logs, which are put beside other logs. */
export function logTime(atMs: number): string {
  return keep(
    'log',
    {},
    () => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }),
  ).format(atMs);
}

/** `a, b and c`; with `disjunction`: `a, b or c`. */
export function list(parts: readonly string[], type: Intl.ListFormatType = 'conjunction'): string {
  return keep('list', { type }, () => new Intl.ListFormat(locale, { type })).format(parts);
}

/** Intl's formatters are dear to make and are asked for at every drawing. */
function keep<T>(kind: string, options: object, make: () => T): T {
  const key = kind + JSON.stringify(options);
  const known = kept.get(key);
  // safe: whatever is kept under a kind was made for that kind
  if (known !== undefined) return known as T;
  const made = make();
  kept.set(key, made);
  return made;
}
