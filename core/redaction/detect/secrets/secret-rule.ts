import type { Entity } from '../../../../contract/redaction.ts';
import type { Alphabet } from './secret-alphabets.ts';
import { isIn } from './secret-alphabets.ts';

const ENTITY: Entity = 'api-key';

/** What a token has in front of its literal: `12345678` of `12345678:AA…`, the name of a team in `….atlasv1.…`. */
export interface SecretHead {
  readonly body: Alphabet;
  readonly min: number;
  readonly max: number;
  readonly shape?: RegExp;
}

/** What a rule says beyond prefixes, alphabet and length. */
export interface SecretOptions {
  /** Bits a character under which a body is a placeholder (`ghp_xxxxxxxx`); 3, or 2.5 for hexadecimal and digits. */
  readonly entropy?: number;
  /** Of the whole body. */
  readonly shape?: RegExp;
  readonly head?: SecretHead;
  /** A range of lengths, but nothing longer. */
  readonly isExact?: boolean;
  /** Whether a checksum inside the body is right. Evidence only: a wrong one acquits nothing. */
  readonly checksum?: (body: string) => boolean;
}

/** Prefixes by blanks; then `min` to `max` characters of the alphabet. */
export type SecretRow = readonly [
  rule: string,
  prefixes: string,
  body: Alphabet,
  min: number,
  max: number,
  options?: SecretOptions,
];

/** The tokens of one issuer and where their form is told. */
export interface SecretFamily {
  readonly source: string;
  readonly rules: readonly SecretRow[];
}

/**
 * A secret that announces itself by a literal. A literal that nobody writes by chance is `telling`: what follows is hidden to its end even
 * where it goes on in another alphabet or is longer than its issuer says today. Any other rule wants the exact length.
 */
export interface SecretRule {
  readonly rule: string;
  readonly entity: Entity;
  readonly source: string;
  readonly prefixes: readonly string[];
  readonly body: Alphabet;
  readonly min: number;
  readonly max: number;
  readonly entropy: number;
  readonly isTelling: boolean;
  readonly shape: RegExp | null;
  readonly head: SecretHead | null;
  readonly checksum: ((body: string) => boolean) | null;
}

export function secretRules(families: readonly SecretFamily[]): readonly SecretRule[] {
  return families.flatMap(({ source, rules }) =>
    rules.map(([rule, prefixes, body, min, max, options = {}]) => ({
      rule: `${ENTITY}.${rule}`,
      entity: ENTITY,
      source,
      prefixes: prefixes.split(' '),
      body,
      min,
      max,
      entropy: options.entropy ?? (isIn(body, 0x7a) || isIn(body, 0x5a) ? 3 : 2.5),
      isTelling: max > min && options.isExact !== true,
      shape: options.shape ?? null,
      head: options.head ?? null,
      checksum: options.checksum ?? null,
    })),
  );
}
