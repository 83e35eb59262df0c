import type { Entity, RedactionAction } from '../../contract/redaction.ts';
import { widthOf } from './vt/width.ts';

/** A letter's mask, a digit's, and that of a character two columns wide. None of them is changed by a DEC character set. */
export const LETTER_MASK = 0x2022;
export const DIGIT_MASK = 0x2a;
export const WIDE_MASK = 0xff0a;

/** A pseudonym shorter than this collides too often to compare rows by. */
const MIN_TOKEN_CELLS = 4;
/** Under this many letters and digits, a shown rest would be most of the value. */
const MIN_PARTIAL_CHARACTERS = 8;
const SHOWN_AT_END = 4;

/** Secrets: their punctuation is part of the value. */
const SECRETS: ReadonlySet<Entity> = new Set(['private-key', 'api-key', 'password', 'jwt']);
/** Numbers that people know by their end. */
const KNOWN_BY_END: ReadonlySet<Entity> = new Set([
  'phone',
  'card',
  'iban',
  'ssn',
  'bank-account',
  'national-id',
]);
const SEPARATORS = new Set([...' \t-.@/:_,()+'].map(c => c.charCodeAt(0)));

export interface MaskRequest {
  readonly entity: Entity;
  readonly action: RedactionAction;
  /** The value, one code point each, without accents that take no column. */
  readonly codePoints: readonly number[];
  readonly tokenOf: ((value: string) => string) | null;
}

/** `glyphs`: what to show for each code point, of the same width; 0 shows it as it is. `token`: only where a token is shown. */
export interface Mask {
  readonly glyphs: readonly number[];
  readonly token: string | null;
}

/** What a value is replaced by: the same columns, so that tables stay aligned. */
export function maskOf(request: MaskRequest): Mask {
  const { entity, action, codePoints } = request;
  if (action === 'token') {
    const masked = tokenMask(request);
    if (masked !== null) return masked;
  }
  const full = codePoints.map(cp => maskGlyph(cp, SECRETS.has(entity)));
  if (action !== 'partial') return { glyphs: full, token: null };
  const isShown = shownPart(entity, codePoints);
  return { glyphs: full.map((glyph, i) => (isShown(i) ? 0 : glyph)), token: null };
}

/** The mask of one character; 0 for what may stay: blanks, and outside secrets the punctuation that every such value has. */
export function maskGlyph(cp: number, isSecret = false): number {
  const width = widthOf(cp);
  if (cp === 0 || cp === 0x20 || cp === 9) return 0;
  if (width === 2) return WIDE_MASK;
  if (isDigit(cp)) return DIGIT_MASK;
  if (!isSecret && SEPARATORS.has(cp)) return 0;
  return LETTER_MASK;
}

function shownPart(entity: Entity, codePoints: readonly number[]): (i: number) => boolean {
  if (KNOWN_BY_END.has(entity)) {
    const significant = codePoints.flatMap((cp, i) => (isLetterOrDigit(cp) ? [i] : []));
    const from = significant.length < MIN_PARTIAL_CHARACTERS ? undefined : significant.at(-SHOWN_AT_END);
    return i => from !== undefined && i >= from;
  }
  if (entity === 'email') {
    const at = codePoints.lastIndexOf(0x40);
    return i => at > 1 && (i === 0 || i >= at);
  }
  if (entity === 'person')
    return i => isLetterOrDigit(codePoints[i] ?? 0) && (i === 0 || !isLetterOrDigit(codePoints[i - 1] ?? 0));
  return () => false;
}

function tokenMask({ entity, codePoints, tokenOf }: MaskRequest): Mask | null {
  if (tokenOf === null || codePoints.length < MIN_TOKEN_CELLS) return null;
  if (codePoints.some(cp => widthOf(cp) !== 1)) return null;
  const value = String.fromCodePoint(...codePoints.slice(0, 4096));
  const token = tokenOf(comparableValue(entity, value));
  // upper case and digits look the same under every character set
  const shown = [...token.toUpperCase()].filter(c => /[\dA-Z_-]/.test(c)).join('');
  if (shown.length === 0) return null;
  const glyphs = codePoints.map((_, i) => (i < shown.length ? shown.charCodeAt(i) : LETTER_MASK));
  return { glyphs, token };
}

/** The same value written in two ways is one: it has one pseudonym, and one place on an allow list. */
export function comparableValue(entity: Entity, value: string): string {
  const trimmed = value.trim();
  if (entity === 'email' || entity === 'person') return trimmed.toLowerCase().replaceAll(/\s+/g, ' ');
  return SECRETS.has(entity) ? trimmed : trimmed.toUpperCase().replaceAll(/[\s./-]/g, '');
}

const isDigit = (cp: number) => cp >= 0x30 && cp <= 0x39;

function isLetterOrDigit(cp: number): boolean {
  return isDigit(cp) || ((cp | 0x20) - 0x61 < 26 && (cp | 0x20) >= 0x61) || cp >= 0xc0;
}
