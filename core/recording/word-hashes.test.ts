import { describe, expect, it } from 'vitest';
import { utf8 } from './utf8.ts';
import { createWordReader, soughtWords } from './word-hashes.ts';

function hashesOf(...pieces: string[]): Set<number> {
  const found = new Set<number>();
  const reader = createWordReader(hash => found.add(hash));
  for (const piece of pieces) reader.output(utf8(piece));
  reader.flush();
  return found;
}

const isFound = (query: string, found: ReadonlySet<number>): boolean =>
  soughtWords(query).every(
    ({ hash, prefixHash }) => found.has(hash) || (prefixHash !== null && found.has(prefixHash)),
  );

describe('the words of output', () => {
  it.each([
    ['whatever their case', 'ERROR in Module', 'error in module'],
    ['between marks', 'a=10.0.0.7;path=/var/log', '10.0.0.7'],
    ['with colours inside', 'pass\x1b[1;31mword\x1b[0m is', 'password'],
    ['by the beginning of the last one, from four letters on', 'SELECT * FROM customers', 'from cust'],
    ['of scripts without spaces, character by character', '数据库连接失败', '连接失败'],
    ['with letters beyond ASCII', 'Grüße aus Köln', 'köln'],
    ['not taking the titles of the window for words', '\x1b]0;nothing\x07hello', 'hello'],
    ['beside masks', 'Anna ••••• 12', 'anna 12'],
  ])('are found %s', (_, output, query) => {
    expect(isFound(query, hashesOf(output))).toBe(true);
  });

  it.each([
    ['by a beginning of three letters', 'customers', 'cus'],
    ['by the beginning of a number', '123456', '1234'],
    ['by the beginning of any but the last word', 'permission denied', 'perm denied'],
    ['by what was in a title', '\x1b]0;nothing\x07hello', 'nothing'],
    ['where the cursor moved between the halves', 'pass\x1b[5Cword is', 'password is'],
  ])('are not found %s', (_, output, query) => {
    expect(isFound(query, hashesOf(output))).toBe(false);
  });

  it.each([
    'one \x1b[31mtwo\x1b[0mthree\x1b]0;title\x1b\\ four\r\nfive',
    '\x1b[1;38:5:9mone\x1b[0m \x1b[32mtwo\x1b[m\x1b[1mthree\x1b[m, four\x1b[2Cfive\x1b[0m\x07six\x1b[0m',
  ])('are the same however the output is cut: %j', output => {
    const whole = hashesOf(output);
    for (let at = 1; at < output.length; at += 1)
      expect(hashesOf(output.slice(0, at), output.slice(at))).toEqual(whole);
    expect(hashesOf(...output)).toEqual(whole);
  });
});
