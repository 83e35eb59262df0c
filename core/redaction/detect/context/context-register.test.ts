import { describe, expect, it } from 'vitest';
import { unmark } from '../../../../test/fixtures/redaction/values.ts';
import { onlyColumnAfter, registerOf } from './context-register.ts';

describe('the register of a line', () => {
  it.each([
    ['bare', '«58694210724»'],
    ['bare', '  "«58694210724»", '],
    ['bare', '- «58694210724»'],
    ['bare', '27985236003 and «04992260150»'],
    ['bare', '49927513J «200773727D» T09LL0042C'],
    ['prose', 'The second of them was «58694210724».'],
    ['prose', 'anne için 58694210724, baba için «27985236002»'],
    ['label', 'Number: «58694210724»'],
    ['label', 'Total «58694210724»'],
    ['log', '58694210725 «58694210724»'],
    ['log', '| «58694210724» |'],
    ['log', '# «58694210724»'],
    ['log', 'n=«58694210724» the rest of the line'],
    ['log', 'Nov 23 20:01:12 host app[17]: the number «58694210724» was seen'],
    ['log', 'the quickSort of «58694210724» was slow today'],
    ['log', `${'word '.repeat(80)}«58694210724»`],
  ])('is %s in %s', (register, marked) => {
    const { line, start, end } = unmark(marked);
    expect(registerOf(line, { start, end })).toBe(register);
  });
});

describe('the only column of a table', () => {
  const after = (lines: readonly string[]): boolean => {
    let is = false;
    lines.forEach((line, i) => {
      is = onlyColumnAfter(is, line, lines[i - 1] ?? '');
    });
    return is;
  };
  it.each([
    [true, ['  total  ', '---------']],
    [true, ['  total  ', '---------', ' 123', ' 456']],
    [false, ['  total  ', '---------', ' 123', '(1 row)']],
    [false, ['  total  ', '---------', ' 123', '']],
    [false, ['some text here: 12', '---------']],
    [false, ['', '---------']],
    [false, ['123']],
  ])('is open (%s) after %j', (is, lines) => {
    expect(after(lines)).toBe(is);
  });
});
