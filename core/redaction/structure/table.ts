import { isWordChar } from '../detect/characters.ts';
import { MARK } from '../detect/gate/character-kinds.ts';
import type { Column } from './column.ts';
import type { MarkupTable } from './markup.ts';
import type { RecordSeparator } from './records.ts';

/**
 * What is remembered of the table that is being printed. Transitions, on a complete line:
 * none → aligned (rule line under a header), gapped (rule of dashes and gaps), delimited (header of names), records (record rule),
 * copy (`COPY … FROM stdin`), markup (tags of HTML and XML), insert (`INSERT INTO … (columns)`), voting (the same separators again);
 * any → none at a prompt, a row count or a line that is no row.
 */
export type Table =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'aligned';
      readonly borders: readonly number[];
      readonly isBoxed: boolean;
      readonly columns: readonly Column[];
      readonly isAfterRule: boolean;
      readonly strays: number;
      /** Column of a box that a value with a line feed in it has reached; 0 at a row's beginning. */
      readonly carried: number;
    }
  | MarkupTable
  | { readonly kind: 'gapped'; readonly starts: readonly number[]; readonly columns: readonly Column[] }
  | {
      readonly kind: 'delimited';
      readonly delimiter: string;
      readonly columns: readonly Column[];
      readonly openQuote: number | null;
      /** Column that an unquoted value over two lines has reached; 0 at a row's beginning. */
      readonly carried: number;
    }
  | {
      readonly kind: 'records';
      readonly separator: RecordSeparator;
      readonly border: number | null;
      readonly columns: readonly Column[];
      readonly open: number | null;
    }
  | { readonly kind: 'copy'; readonly columns: readonly Column[] }
  | { readonly kind: 'insert'; readonly columns: readonly Column[]; readonly isOpen: boolean }
  | { readonly kind: 'voting'; readonly delimiter: string; readonly columns: readonly Column[] };

export const NO_TABLE: Table = { kind: 'none' };

/** Footers of psql, mysql and sqlite, and prompts of databases and shells: the table above is over. `marks` as the gate saw them. */
export function endsTable(line: string, marks: number = MARK.prompt): boolean {
  const first = line.charCodeAt(0);
  // an ellipsis, and the arrows of decorated shells, are prompts without a mark
  const mayPrompt = (marks & MARK.prompt) !== 0 || first === 0x2e || first > 0x7f;
  return isFooter(line, first) || (mayPrompt && isPrompt(line));
}

function isFooter(line: string, first: number): boolean {
  if (first >= 0x30 && first <= 0x39) return /^\d+ rows? in set/.test(line);
  // `(`, `E`, `Q`, `T`
  if (first !== 0x28 && first !== 0x45 && first !== 0x51 && first !== 0x54) return false;
  return (
    /^\(\d+ (?:rows?|Zeilen?|lignes?|filas?|строк\p{L}*)\)/u.test(line) ||
    /^(?:Empty set|Query OK|Time: [\d.]+ ms|\(END\))/.test(line)
  );
}

/** `db=>`, `db-#`, `mysql>`, `MariaDB [db]>`, `sqlite>`, `user@host:~$`, `[user@host ~]#`, `$`, `#`, `>>>`. */
export function isPrompt(line: string): boolean {
  if (!mayBePrompt(line)) return false;
  const head = line.slice(0, 120);
  return (
    /^[\w.-]{0,40}[=\-*'"(!^][>#](?: |$)/.test(head) ||
    /^(?:mysql|sqlite|MariaDB \[[^\]]{0,60}\]|redis|mongo|[\w.:-]{1,60}|\w+ \[[^\]]{0,60}\])> ?/.test(head) ||
    /^\(?[\w.+-]{0,40}\)? ?\[?[\w.-]{1,40}@[\w.-]{1,60}[ :][^$#%]{0,80}\]?[$#%](?: |$)/.test(head) ||
    /^(?:[$#%❯➜]|>>>|\.\.\.)(?: |$)/.test(head)
  );
}

/** What all prompts have in common, told by their first word or two: false for nearly every other line. */
function mayBePrompt(line: string): boolean {
  const first = line.charCodeAt(0);
  // `$`, `#`, `%`, `.`, and the arrows of decorated shells
  if ((first >= 0x23 && first <= 0x25) || first === 0x2e || first === 0x3e || first > 0x7f) return true;
  let at = first === 0x28 ? 1 : 0;
  while (isPromptChar(line.charCodeAt(at))) at++;
  const stop = line.charCodeAt(at);
  if (at > 0 && (stop === 0x3e || stop === 0x23 || stop === 0x40)) return true;
  const next = line.charCodeAt(at + 1);
  if (next === 0x3e || next === 0x23) return true;
  // `(venv) user@host`, `[user@host`, ` user@host`, `MariaDB [db]>`
  if (stop === 0x29) at++;
  if (line.charCodeAt(at) === 0x20) at++;
  if (line.charCodeAt(at) === 0x5b) return true;
  const name = at;
  while (isPromptChar(line.charCodeAt(at))) at++;
  return at > name && line.charCodeAt(at) === 0x40;
}

/** Letters, digits, `_`, `.`, `-`, `+`, `:`. */
function isPromptChar(code: number): boolean {
  return isWordChar(code) || code === 0x2d || code === 0x2e || code === 0x2b || code === 0x3a;
}
