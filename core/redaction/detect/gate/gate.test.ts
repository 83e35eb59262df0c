import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MARK } from './character-kinds.ts';
import type { Sightings } from './gate.ts';
import { createGate, SIGHT } from './gate.ts';
import { createWordTrie } from './word-trie.ts';
import type { WordTrie } from './word-trie.ts';

const gate = createGate([['AKIA'], ['$argon2id$']], ['Kunden Kürzel']);
const numbersOf = ({ numbers, numberCount }: Sightings): readonly (readonly number[])[] =>
  Array.from({ length: numberCount }, (_, i) => [...numbers.subarray(2 * i, 2 * i + 2)]);
const textsOf = (line: string): readonly string[] =>
  gate.look(line).anchors.map(anchor => line.slice(anchor.start, anchor.end));

describe('the gate', () => {
  it('sees nothing in prose', () => {
    expect(gate.look('nothing to look at here')).toMatchObject({
      sights: 0,
      anchors: [],
      numberCount: 0,
      marks: 0,
    });
  });

  it.each([
    ['password=x', ['password']],
    ['wifiPassword x', ['Password']],
    ['wifi_password: x', ['password']],
    ['mypassword x', []],
    ['passwords x', []],
    ['PASSWORDS x', []],
    ['passwordX x', ['password']],
    ['9password x', []],
    ['kunden_kürzel: 7', ['kunden_kürzel']],
    ['密码: x', ['密码']],
    ['XAKIAQ', []],
    ['éAKIAQ', ['AKIA']],
    ['bob:$argon2id$v', ['$argon2id$']],
    ['-'.repeat(40) + 'BEGIN X', ['-----BEGIN ']],
  ])('finds the literals of %s', (line, texts) => {
    expect(textsOf(line)).toEqual(texts);
  });

  it('sorts overlapping literals by their ends, the longest first', () => {
    const ends = gate.look('credit card number').anchors.map(anchor => anchor.end);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(textsOf('credit card number').at(-2)).toBe('credit card number');
  });

  it('hands on the runs of digits of any line', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 .:é-]{0,600}$/), line => {
        const runs = [...line.matchAll(/\d+/g)].map(run => [run.index, run.index + run[0].length]);
        expect(numbersOf(gate.look(line))).toEqual(runs);
      }),
    );
  });

  it.each([
    ['203.0.113.7', SIGHT.address],
    ['20:d2:30:ab:cd:ef', SIGHT.address],
    ['2001:db8::1', SIGHT.address],
    ['0123.4567.89ab', SIGHT.address],
    ['10:23:07 v1.2 a.b', 0],
    ['a'.repeat(26), SIGHT.longToken],
    ['a'.repeat(25), 0],
  ])('tells what %s may hold', (line, sight) => {
    expect(gate.look(line).sights & (SIGHT.address | SIGHT.longToken)).toBe(sight);
  });

  it('tells which delimiters a line has', () => {
    expect(gate.look('a|b,c').marks).toBe(MARK.pipe | MARK.comma);
  });
});

describe('a tree of literals', () => {
  const mayBegin = (trie: WordTrie, line: string, at: number): boolean => {
    const [first = 0, second = 0, third = 0] = [0, 1, 2].map(i =>
      at + i < line.length ? (trie.kindOf[line.charCodeAt(at + i)] ?? 0) : 0,
    );
    return trie.begins[(first << 12) | (second << 6) | third] === 1;
  };
  const words = ['id', 'iban', 'card number', 'señor', '密码', '://', '$2b$', 'c/', 'x'];
  const part = fc.constantFrom(
    ...words,
    ...words.map(word => word.toUpperCase()),
    ...['x', ' ', '9', '_', 'é', 'Id', '%', 'İ'],
  );

  it('never says that none begins where one does', () => {
    const trie = createWordTrie(words);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), parts => {
        const line = parts.join('');
        for (let at = 0; at < line.length; at++)
          if (words.some(word => line.slice(at, at + word.length).toLowerCase() === word))
            expect(mayBegin(trie, line, at), `${line} at ${at}`).toBe(true);
      }),
    );
  });

  it('never says that no whole word begins where one does', () => {
    const trie = createWordTrie(
      words,
      words.map(() => true),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), parts => {
        const line = parts.join('');
        for (let at = 0; at < line.length; at++) {
          const word = words.find(each => line.slice(at, at + each.length).toLowerCase() === each);
          if (word === undefined) continue;
          const [last = '', next = ''] = line.slice(at + word.length - 1);
          const isWord =
            !/\p{L}/u.test(next) || (/[a-z0-9]/.test(last) && /[A-Z]/.test(next)) || last + next > '\u2e80';
          if (isWord) expect(mayBegin(trie, line, at), `${line} at ${at}`).toBe(true);
        }
      }),
    );
  });

  it('tells most other words apart', () => {
    const trie = createWordTrie(['id', 'card'], [true, true]);
    expect(['idle', 'ID', 'id-7', 'idX', 'cat', 'cargo'].map(line => mayBegin(trie, line, 0))).toEqual([
      false,
      true,
      true,
      true,
      false,
      true,
    ]);
  });
});
