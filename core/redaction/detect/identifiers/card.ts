import { luhn } from './checksums.ts';
import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/** Issuer ranges and lengths (ISO/IEC 7812; the public BIN tables of the networks). First match wins. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(30[0-5]|3095|3[689])/, [14, 16, 19]],
  [/^(6011|64[4-9]|65)/, [16, 19]],
  [/^35(2[89]|[3-8])/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(50|5[6-9]|6[0137]|6[4-9])/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
  [/^(60|65|81|82|508)/, [16]],
  [/^9792/, [16]],
];

function isIssued(digits: string): boolean {
  return ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits));
}

const isCard = (digits: string): boolean => isIssued(digits) && luhn(digits) && !/^(\d)\1+$/.test(digits);

/**
 * Payment cards: Luhn, issuer and length. Sixteen bare digits of an issuer pass by chance about once in fifty, so bare numbers of
 * the other lengths need a word; the printed grouping needs none.
 */
export const CARD_RULES: readonly IdRule[] = [
  {
    rule: 'card.grouped',
    entity: 'card',
    shapes: [
      ...spaced(' -.', 'D4', 'D4', 'D4', 'D4'),
      ...spaced(' -.', 'D4', 'D6', 'D5'),
      ...spaced(' -.', 'D4', 'D6', 'D4'),
      ...spaced(' -.', 'D4', 'D4', 'D4', 'D4', 'D3'),
      ...spaced(' -', 'D4', 'D4', 'D4', 'D4', 'D2'),
      ...spaced('-', 'D8', 'D8'),
      ...spaced('-', 'D6', 'D10'),
      ...spaced('-', 'D6', 'D13'),
      ...spaced('-', 'D4', 'D4', 'D5'),
    ],
    check: isCard,
    alone: 0.95,
    named: 0.7,
    near: 0.98,
    context: ['card'],
  },
  {
    // Numbers in columns stand so: free blocks of a disk, sizes.
    rule: 'card.grouped-rarely',
    entity: 'card',
    shapes: ['D8 D8', 'D6 D10', 'D6 D13', 'D4 D4 D5'],
    check: isCard,
    alone: 0.4,
    whole: 0.8,
    named: 0.7,
    near: 0.98,
    context: ['card'],
  },
  {
    // Rows of numbers and parts of paths stand so as well.
    rule: 'card.grouped-otherwise',
    entity: 'card',
    shapes: [...spaced('/:', 'D4', 'D4', 'D4', 'D4'), ...spaced('/:', 'D4', 'D6', 'D5')],
    check: isCard,
    alone: 0.4,
    near: 0.9,
    context: ['card'],
  },
  {
    rule: 'card.bare',
    entity: 'card',
    shapes: ['D16', 'D15', 'D14'],
    check: isCard,
    alone: 0.8,
    named: 0.6,
    near: 0.95,
    context: ['card'],
  },
  {
    rule: 'card.bare-rare-length',
    entity: 'card',
    shapes: ['D12', 'D13', 'D17', 'D18', 'D19'],
    check: isCard,
    alone: 0.4,
    whole: 0.5,
    near: 0.9,
    context: ['card'],
  },
  {
    // UATP: fifteen digits that begin with 1.
    rule: 'card.uatp',
    entity: 'card',
    shapes: ['D15', 'D4 D5 D6', 'D4-D5-D6'],
    check: digits => digits.startsWith('1') && luhn(digits) && !/^(\d)\1+$/.test(digits),
    alone: 0.3,
    whole: 0.5,
    near: 0.9,
    context: ['card'],
  },
  {
    // UATP and the older ranges: an issuer that the table lacks, but the checksum passes and a word names it.
    rule: 'card.luhn-in-context',
    entity: 'card',
    shapes: ['D12', 'D13', 'D14', 'D15', 'D16'],
    check: digits => luhn(digits) && !/^(\d)\1+$/.test(digits),
    alone: 0.35,
    near: 0.85,
    context: ['card'],
  },
];
