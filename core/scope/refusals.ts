const ASK = 'Ask for access that includes it.';

/** Why a statement is not sent, in words for the person at the terminal. */
export const REFUSED = {
  table: (name: string) => `this grant does not include the table "${name}". ${ASK}`,
  column: (name: string) => `this grant does not include the column "${name}". ${ASK}`,
  everyColumn: (name: string) =>
    `it reads every column, and this grant does not include "${name}". Name the columns that you need.`,
  renamedColumns:
    'it gives columns of a table other names, and this grant does not include every column. Leave the names as they are.',
  statement: (what: string) =>
    `${what} is not among the statements that can be checked against this grant's scope. ${ASK}`,
  function: (name: string) =>
    `what the function "${name}" reads cannot be checked against this grant's scope. Use a plain query.`,
  setting: (name: string) => `the setting "${name}" stays as it is under this grant's scope.`,
  command: (name: string) => `this grant does not allow "${name}". ${ASK}`,
  writes: 'this grant is read-only.',
  lifts:
    'it holds words that could let this session write, and this grant is read-only. Write it without them, or as plain queries.',
  unreadable: (why: string) =>
    `it cannot be read (${why}), so it cannot be checked against this grant's scope. Write it more simply.`,
} as const;

/** The whole message. */
export function notSent(why: string): string {
  return `Sallyport did not send this: ${why}`;
}
