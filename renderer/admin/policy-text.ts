/** What a new policy begins with: valid, and about as much as the usual terms of targets allow. */
// eslint-disable-next-line no-restricted-syntax -- a file of the server, which speaks one language
export const NEW_POLICY = `version: 1

rules:
  - name: everything for operators
    who: { roles: [operator] }
    targets: ["*"]
    maxMinutes: 60
`;

/** Where a line of a text begins and ends, for a selection; the last line where there are fewer. */
export function lineStart(source: string, line: number): { readonly from: number; readonly to: number } {
  const lines = source.split('\n');
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const from = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  return { from, to: from + (lines[index]?.length ?? 0) };
}
