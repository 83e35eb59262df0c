import { describe, expect, it } from 'vitest';
import type { HiddenValue } from './count-leaks.ts';
import { countLeaks } from './count-leaks.ts';

const email: HiddenValue = { value: 'ava.mercer12@example.com', kind: 'email' };
const card: HiddenValue = { value: '4012888888881881', kind: 'number' };
const id: HiddenValue = { value: '078-05-1123', kind: 'whole' };

describe('counting leaks', () => {
  it('finds nothing in masks and in what partial may show', () => {
    expect(countLeaks('a•••••••••••@example.com | ************1881 | ***-**-****', [email, card, id])).toBe(
      0,
    );
  });

  it.each([
    ['a clear value', 'ava.mercer12@example.com', email],
    ['a local part without its first letter', '•va.mer•••••', email],
    ['four digits of a card before its last four', '****8888****1881', card],
    ['digits that are set apart', '0-7-8-0', id],
  ])('finds %s', (_name, text, value) => {
    expect(countLeaks(text, [value])).toBe(1);
  });

  it('counts a value once, however often it is seen', () => {
    expect(countLeaks('078-05-1123 078-05-1123', [id, card])).toBe(1);
  });
});
