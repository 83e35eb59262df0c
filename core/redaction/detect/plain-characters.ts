/** Figure, thin and narrow blanks stand between groups of digits, as typesetters have them: to all rules they are blanks. */
const NARROW = /[\u2007-\u200a\u202f]/g;
/** Hyphens, dashes and the minus sign between digits or letters and digits: an editor puts them for `-`. */
const DASHES = /(?<=[\dA-Za-z])[\u2010-\u2013\u2212](?=\d|$)/g;
/** Anything of the above. */
const TYPESET = /[\u2007-\u200a\u2010-\u2013\u202f\u2212]/;

/** Blocks that digits of other scripts, and letters and signs in full width, stand in. */
const FOREIGN =
  /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u0fff\u1040-\u1099\u17e0-\u1c59\ua620-\uabf9\uff01-\uff5e]/;
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u07c0-\u0fff\u1040-\u1099\u17e0-\u1c59\ua620-\uabf9]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
/** What stands between cells is left where it is. */
const FULL_WIDTH_BAR = '\uff5c';

/** The line with plain blanks and hyphens, unit for unit, each as wide as it was. */
export function withPlainBlanks(line: string): string {
  return TYPESET.test(line) ? line.replaceAll(NARROW, ' ').replaceAll(DASHES, '-') : line;
}

/**
 * The line with its digits (Unicode category Nd) and its full-width letters in ASCII, unit for unit. Cells are not as wide as they were: not for
 * what reads columns.
 */
export function withAsciiDigits(line: string): string {
  if (!FOREIGN.test(line)) return line;
  return line
    .replaceAll(FOREIGN_DIGIT, valueOf)
    .replaceAll(FULL_WIDTH, wide =>
      wide === FULL_WIDTH_BAR ? wide : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    );
}

/** A script's digits stand in a row from its zero on, in the first ten or the last ten of sixteen places. */
function valueOf(character: string): string {
  const code = character.charCodeAt(0);
  if (!isDigit(code)) return character;
  const place = code & 0xf;
  return String(isDigit(code | 0xf) ? place - 6 : place);
}

function isDigit(code: number): boolean {
  return /\p{Nd}/u.test(String.fromCharCode(code));
}
