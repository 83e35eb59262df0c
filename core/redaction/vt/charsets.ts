/**
 * A designated character set: what an ASCII code from 0x20 to 0x7e stands for, by code; 0 where it stands for itself.
 * Sources: VT100 user guide table 5-13 (line drawing), VT220 reference tables 2-5 to 2-15 (national sets).
 */
export type Charset = Uint16Array;

function charset(from: string, to: string): Charset {
  const table = new Uint16Array(128);
  const target = [...to];
  [...from].forEach((letter, i) => {
    table[letter.charCodeAt(0)] = target[i]?.codePointAt(0) ?? 0;
  });
  return table;
}

const finnish = charset('[\\]^`{|}~', 'ÄÖÅÜéäöåü');
const norwegian = charset('@[\\]^`{|}~', 'ÄÆØÅÜäæøåü');
const swedish = charset('@[\\]^`{|}~', 'ÉÄÖÅÜéäöåü');

/** By the final byte of `ESC ( x` and its kin; null is US ASCII. Bytes that are not here leave the set as it was. */
export const CHARSETS: ReadonlyMap<string, Charset | null> = new Map<string, Charset | null>([
  ['0', charset('`abcdefghijklmnopqrstuvwxyz{|}~', '◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·')],
  ['A', charset('#', '£')],
  ['B', null],
  ['4', charset('#@[\\]{|}~', '£¾i½|¨f¼´')],
  ['C', finnish],
  ['5', finnish],
  ['R', charset('#@[\\]{|}~', '£à°ç§éùè¨')],
  ['Q', charset('@[\\]^`{|}~', 'àâçêîôéùèû')],
  ['K', charset('@[\\]{|}~', '§ÄÖÜäöüß')],
  ['Y', charset('#@[\\]`{|}~', '£§°çéùàòèì')],
  ['E', norwegian],
  ['6', norwegian],
  ['Z', charset('#@[\\]{|}', '£§¡Ñ¿°ñç')],
  ['H', swedish],
  ['7', swedish],
  ['=', charset('#@[\\]^_`{|}~', 'ùàéçêîèôäöüû')],
]);
