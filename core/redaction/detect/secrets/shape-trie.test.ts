import { describe, expect, it } from 'vitest';
import type { IdRule } from '../identifiers/id-rule.ts';
import { createShapeTrie } from './shape-trie.ts';

const ruleOf = (rule: string, ...shapes: readonly string[]): IdRule => ({
  rule,
  entity: 'national-id',
  shapes,
  check: () => true,
  alone: 1,
  context: [],
});
const trie = createShapeTrie([ruleOf('long', 'D3-D2-D4'), ruleOf('short', 'D3', 'A2 D6 A1')]);

function matches(line: string, start = 0): readonly (readonly [string, number])[] {
  const found: [string, number][] = [];
  trie.match(line, start, (rules, end) => {
    for (const { rule } of rules) found.push([rule, end]);
  });
  return found;
}

describe('a tree of shapes', () => {
  it.each([
    [
      '123-45-6789',
      [
        ['short', 3],
        ['long', 11],
      ],
    ],
    ['123-45-67890', [['short', 3]]],
    ['1234', []],
    ['123x', []],
    ['AB 123456 C', [['short', 11]]],
    ['AB\u00a0123456\u00a0C', [['short', 11]]],
    ['AB  123456 C', []],
  ])('reads %s', (line, expected) => {
    expect(matches(line)).toEqual(expected);
  });

  it('begins anywhere', () => {
    expect(matches('ssn 123-45-6789.', 4)).toEqual([
      ['short', 7],
      ['long', 15],
    ]);
  });

  it.each([
    [3, '-', true],
    [3, ' ', true],
    [3, '', true],
    [3, 'x', false],
    [4, '-', false],
    [400, '-', false],
  ])('says whether %i digits and "%s" may begin one', (digits, next, expected) => {
    expect(trie.mayBegin(digits, next.charCodeAt(0))).toBe(expected);
  });

  it('refuses a separator that it does not know', () => {
    expect(() => createShapeTrie([ruleOf('odd', 'D3*D3')])).toThrow(RangeError);
  });
});
