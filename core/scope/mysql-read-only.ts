/**
 * What could end a session's `SET SESSION TRANSACTION READ ONLY`, found anywhere in the text, comments and strings included, since some comments
 * run: too much is refused rather than too little. Each entry: words in this order, whatever stands between.
 */
const LIFTING: readonly (readonly RegExp[])[] = [
  [/(?:transaction|tx)_read_only/gi],
  // `SET TRANSACTION READ WRITE`, `START TRANSACTION READ WRITE`
  [/\btransaction\b/gi, /\bread\b/gi, /\bwrite\b/gi],
  // What runs a text that is put together only then
  [/\bprepare\b/gi, /\bfrom\b/gi],
  [/\bexecute\s+immediate\b/gi],
  // Procedures of the server run texts too (`sys.execute_prepared_stmt`).
  [/(?:^|[;\n)!\d]|\*\/)\s{0,100}call\b/gi],
];

/** Whether a statement could let a read-only session of MySQL or MariaDB write; everything else that writes the server refuses itself. */
export function liftsMysqlReadOnly(sql: string): boolean {
  return LIFTING.some(words => holdsInOrder(sql, words));
}

/** One pass: the first of each word behind the first of the one before. */
function holdsInOrder(sql: string, words: readonly RegExp[]): boolean {
  let from = 0;
  for (const word of words) {
    word.lastIndex = from;
    if (!word.test(sql)) return false;
    from = word.lastIndex;
  }
  return true;
}
