import type { FuzzCase } from './fuzz-case.ts';

/** Cases that are out of reach, by name, each with the reason; documented in docs/redaction.md under "What is missed". */
export interface Exclusion {
  readonly name: string;
  readonly reason: string;
  readonly applies: (fuzzCase: FuzzCase) => boolean;
}

/** Digits and letters that only a word would tell from an order number. */
const NUMBERS_IN_A_PATH: ReadonlySet<string> = new Set(
  'card,card-grouped,ssn,br-cpf,cn-resident,it-codice-fiscale,ch-ahv,ipv4,ipv6,mac,phone-international,phone-e164,iban,iban-grouped'.split(
    ',',
  ),
);

export const EXCLUDED: readonly Exclusion[] = [
  {
    name: 'a number as a part of a path',
    reason: 'nothing tells it from an order number where no word such as "cards" stands before it',
    applies: ({ layout, values }) =>
      layout === 'directory' && values.some(value => NUMBERS_IN_A_PATH.has(value.kind.name)),
  },
];
