/** Whether a text is what a pattern says, in which `*` stands for any characters. Letters count as they are. */
export function matchesPattern(pattern: string, text: string): boolean {
  // Piece by piece instead of as an expression: a pattern of many stars takes no more than a glance.
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return text === first;
  const last = pieces.at(-1) ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}
