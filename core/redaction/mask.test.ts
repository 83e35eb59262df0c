import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITIES } from '../../contract/redaction.ts';
import type { Entity, RedactionAction } from '../../contract/redaction.ts';
import { maskOf } from './mask.ts';
import { widthOf } from './vt/width.ts';

function masked(entity: Entity, action: RedactionAction, value: string, token = 'tok-9f3a2c'): string {
  const codePoints = [...value].map(c => c.codePointAt(0) ?? 0);
  const { glyphs } = maskOf({ entity, action, codePoints, tokenOf: () => token });
  return String.fromCodePoint(...glyphs.map((glyph, i) => glyph || (codePoints[i] ?? 0)));
}

describe('a mask', () => {
  it.each<[Entity, RedactionAction, string, string]>([
    ['card', 'mask', '4012 8888 8888 1881', '**** **** **** ****'],
    ['email', 'mask', 'olga@corp.ru', '••••@••••.••'],
    ['password', 'mask', 'a-b.c/1', '••••••*'],
    ['person', 'mask', '山田 太郎', '＊＊ ＊＊'],
    ['card', 'partial', '4012-8888-8888-1881', '****-****-****-1881'],
    ['ssn', 'partial', '078-05-1123', '***-**-1123'],
    ['iban', 'partial', 'DE89370400440532013000', '••****************3000'],
    ['phone', 'partial', '555-010-0199', '***-***-0199'],
    ['phone', 'partial', '555-019', '***-***'],
    ['email', 'partial', 'roman@example.com', 'r••••@example.com'],
    ['email', 'partial', 'r@example.com', '•@•••••••.•••'],
    ['person', 'partial', 'Olga Ivanova', 'O••• I••••••'],
    ['date-of-birth', 'partial', '1990-04-01', '****-**-**'],
    ['password', 'partial', 'hunter2secret', '••••••*••••••'],
    ['card', 'token', '4012888888881881', 'TOK-9F3A2C••••••'],
    ['ssn', 'token', '078-05-1123', 'TOK-9F3A2C•'],
    ['date-of-birth', 'token', '1/2', '*/*'],
    ['card', 'block', '4012888888881881', '****************'],
  ])('of %s by %s: %s', (entity, action, value, expected) => {
    expect(masked(entity, action, value)).toBe(expected);
  });

  it('takes the columns of the value, whatever the value and the action', () => {
    const columns = (text: string) => [...text].reduce((sum, c) => sum + widthOf(c.codePointAt(0) ?? 0), 0);
    const actions: RedactionAction[] = ['mask', 'partial', 'token', 'block'];
    fc.assert(
      fc.property(
        fc.constantFrom(...ENTITIES),
        fc.constantFrom(...actions),
        fc.string({ unit: 'binary', minLength: 1 }),
        (entity, action, value) => {
          fc.pre([...value].every(c => widthOf(c.codePointAt(0) ?? 0) > 0));
          expect(columns(masked(entity, action, value))).toBe(columns(value));
        },
      ),
    );
  });

  it('shows four significant characters at most of a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d[\d -]{0,24}$/), value => {
        expect(masked('card', 'partial', value).replaceAll(/\D/g, '').length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('gives one pseudonym to the ways in which one value is written', () => {
    const seen = new Set<string>();
    for (const value of ['4012 8888 8888 1881', '4012-8888-8888-1881', '4012888888881881']) {
      const codePoints = [...value].map(c => c.codePointAt(0) ?? 0);
      maskOf({ entity: 'card', action: 'token', codePoints, tokenOf: text => (seen.add(text), 't') });
    }
    expect([...seen]).toEqual(['4012888888881881']);
  });
});
