import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/**
 * Passports, vehicle plates and post codes whose form is their own: it stands alone on a line or in a sentence, hardly ever in a log.
 * Sources: DVLA INF104 (age identifiers 02 to 29 and 51 to 79, no I, Q, Z; regions), Royal Mail PAF programmers' guide (areas, letters
 * of the inward code), Turkish Highway Traffic Regulation annex (81 provinces), Ministry of Road Transport of India (state codes),
 * Federal Road Safety Corps of Nigeria, Korean Ministry of Foreign Affairs (passports since 2020: letter, three digits, letter, four).
 */
const INDIAN_STATE =
  /^(AN|AP|AR|AS|BH|BR|CG|CH|DD|DL|DN|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|RJ|SK|TN|TR|TS|UK|UP|WB)/;
const MONTH_OR_UNIT =
  /^\d+(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|[KMGTP]I?B|HZ|[KMG]HZ|AM|PM|MS|US|NS|S|H|M|D)/;

export const DOCUMENT_ID_RULES: readonly IdRule[] = [
  {
    rule: 'passport.kr',
    entity: 'passport',
    shapes: ['A1D3A1D4'],
    check: v => /^[DGMORS]/.test(v),
    alone: 0.3,
    whole: 0.5,
    near: 0.8,
    context: ['passport'],
  },
  {
    rule: 'passport.kr-old',
    entity: 'passport',
    shapes: ['A1D8'],
    check: v => /^[DGMORS]/.test(v),
    alone: 0.2,
    whole: 0.5,
    near: 0.8,
    context: ['passport'],
  },
  {
    rule: 'address.uk-postcode',
    entity: 'address',
    shapes: [
      'A1D1 D1A2',
      'A1D2 D1A2',
      'A2D1 D1A2',
      'A2D2 D1A2',
      'A1D1A1 D1A2',
      'A2D1A1 D1A2',
      'A2D2D1A2',
      'A2D2A2',
      'A2D1A1D1A2',
      'A1D3A2',
      'A3 D1A2',
      'A3D1A2',
    ],
    check: isUkPostcode,
    alone: 0.3,
    whole: 0.5,
    near: 0.8,
    context: ['postcode'],
  },
  {
    rule: 'vehicle-plate.in',
    entity: 'vehicle-plate',
    shapes: [
      'A2D2A2D4',
      'A2D2A1D4',
      'A2D2A3D4',
      'A2D1A1D4',
      'A2D1A2D4',
      'A2D1A3D4',
      'A2 D2 A2 D4',
      'A2-D2-A2-D4',
      'A2 D2 A1 D4',
    ],
    check: v => INDIAN_STATE.test(v),
    alone: 0.5,
    context: ['plate'],
  },
  {
    rule: 'vehicle-plate.uk',
    entity: 'vehicle-plate',
    shapes: ['A2D2A3', 'A2D2 A3', 'A2D2-A3'],
    check: v =>
      /^[A-HJ-PR-Y]{2}(0[2-9]|[12]\d|5[1-9]|[67]\d)[A-HJ-PR-Z]{3}$/.test(v) && !/^(I[A-Z]|AQ)/.test(v),
    alone: 0.35,
    whole: 0.6,
    near: 0.75,
    context: ['plate'],
  },
  {
    // Prefix and suffix forms of 1963 to 2001.
    rule: 'vehicle-plate.uk-old',
    entity: 'vehicle-plate',
    shapes: ['A1D3 A3', 'A1D2 A3', 'A1D3A3', 'A3 D3A1', 'A3D3A1', 'A3 D2A1', 'A3 D1A1'],
    check: (v, raw) =>
      !/[a-z]/.test(raw) &&
      !/^[A-F\d]+$/.test(raw) &&
      (/^[A-HJ-NPR-Y]\d{1,3}[A-HJ-PR-Y]{3}$/.test(v) || /^[A-HJ-PR-Y]{3}\d{1,3}[A-HJ-NPR-Y]$/.test(v)),
    alone: 0.2,
    whole: 0.5,
    near: 0.7,
    context: ['plate'],
  },
  {
    rule: 'vehicle-plate.tr',
    entity: 'vehicle-plate',
    shapes: [
      'D2 A1 D2',
      'D2 A1 D3',
      'D2 A1 D4',
      'D2 A1 D5',
      'D2 A2 D2',
      'D2 A2 D3',
      'D2 A2 D4',
      'D2 A3 D2',
      'D2 A3 D3',
      'D2 A3 D4',
    ],
    check: (v, raw) => /^(0[1-9]|[1-7]\d|8[01])/.test(v) && !/[a-z]/.test(raw) && !MONTH_OR_UNIT.test(v),
    alone: 0.2,
    whole: 0.5,
    near: 0.7,
    context: ['plate'],
  },
  {
    rule: 'vehicle-plate.ng',
    entity: 'vehicle-plate',
    shapes: ['A3-D3A2', 'A3 D3A2'],
    check: (_, raw) => !/[a-z]/.test(raw),
    alone: 0.4,
    whole: 0.5,
    near: 0.7,
    context: ['plate'],
  },
  {
    // District of one to three letters, one or two letters, up to four digits (FZV annex 1).
    rule: 'vehicle-plate.de',
    entity: 'vehicle-plate',
    shapes: [
      'A1-A1-D3',
      'A1-A1-D4',
      'A1-A2-D2',
      'A1-A2-D3',
      'A1-A2-D4',
      'A2-A1-D3',
      'A2-A1-D4',
      'A2-A2-D2',
      'A2-A2-D3',
      'A2-A2-D4',
      'A3-A1-D3',
      'A3-A2-D3',
      'A1 A2 D3',
      'A1 A2 D4',
      'A2 A1 D3',
      'A2 A2 D3',
      'A2 A2 D4',
      'A3 A2 D3',
    ],
    check: (v, raw) => !/[a-z]/.test(raw) && !MONTH_OR_UNIT.test(v),
    alone: 0.2,
    whole: 0.5,
    near: 0.7,
    context: ['plate'],
  },
  {
    rule: 'vehicle-plate.groups',
    entity: 'vehicle-plate',
    shapes: [
      ...spaced(' -', 'A1', 'A1', 'D4'),
      ...spaced(' -', 'A1', 'A2', 'D4'),
      ...spaced(' -', 'A2', 'A2', 'D4'),
      ...spaced(' -', 'A1', 'A2', 'D3'),
      ...spaced(' -', 'A2', 'A2', 'D3'),
      'D2 A1 D3',
      'D2 A1 D4',
      'D2 A2 D2',
      'D2 A2 D3',
      'D2 A3 D2',
      'D2 A3 D3',
      'D2 A3 D4',
      'D2 A1 D2',
      'A3-D3A2',
      'A3 D3A2',
      'A2-D3-A2',
      'A3 D3',
      'A3-D3',
      'A3D4',
      'A3 D4',
      'A3-D4',
      'D4 A3',
      'D1A3D3',
    ],
    check: v => v.length >= 5 && !MONTH_OR_UNIT.test(v),
    alone: 0.2,
    near: 0.6,
    context: ['plate'],
  },
];

const UK_AREAS = new Set(
  `AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS
  HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM
  SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE`.split(/\s+/),
);

/** `EC1A 1BB`: area, district, and the inward code without C I K M O V; in capitals. */
function isUkPostcode(v: string, raw: string): boolean {
  if (/[a-z]/.test(raw)) return false;
  if (v === 'GIR0AA') return true;
  const area = /^([A-Z]{1,2})\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}$/.exec(v)?.[1];
  return area !== undefined && UK_AREAS.has(area);
}
