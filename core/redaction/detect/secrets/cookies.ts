/** Attributes of RFC 6265 and its successors: they say how long and where a cookie is sent. */
const ATTRIBUTE = /^(?:path|domain|expires|max-age|samesite|priority|version|comment)$/i;
const MIN_VALUE = 4;
const MAX_HEADER = 8192;

/** Whether what stands behind `cookie:` begins as a cookie does. */
export function beginsAsCookie(rest: string): boolean {
  return /^ ?["']?[\w!#$%&'*+.^`|~-]{1,128}=/.test(rest);
}

/**
 * The values in a `Cookie` or `Set-Cookie` header that begins at `from`: neither their names nor the attributes. Without a name, all of it.
 */
export function cookieValues(line: string, from: number): readonly { start: number; end: number }[] {
  const start = from + (/^[ "'[]*/.exec(line.slice(from, from + 8))?.[0].length ?? 0);
  const header = /^[^"'<>|\t]*/.exec(line.slice(start, start + MAX_HEADER))?.[0].trimEnd() ?? '';
  if (!header.includes('=')) return [{ start, end: start + header.length }];
  const spans: { start: number; end: number }[] = [];
  let at = start;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trimEnd();
    if (equals > 0 && value.length >= MIN_VALUE && !ATTRIBUTE.test(name))
      spans.push({ start: at + equals + 1, end: at + equals + 1 + value.length });
    at += part.length + 1;
  }
  return spans;
}
