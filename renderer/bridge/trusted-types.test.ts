import { expect, it } from 'vitest';
import { refuseMarkup } from './trusted-types.ts';

it('lets no text become markup but the empty one, and makes nothing else of text', () => {
  const made: { name: string; rules: { createHTML(text: string): string | null } }[] = [];
  refuseMarkup({ trustedTypes: { createPolicy: (name, rules) => made.push({ name, rules }) } });
  const [policy] = made;
  expect(made).toHaveLength(1);
  expect(policy?.name).toBe('default');
  expect(Object.keys(policy?.rules ?? {})).toEqual(['createHTML']);
  expect(policy?.rules.createHTML('')).toBe('');
  expect(policy?.rules.createHTML('<b>')).toBeNull();
});

it('leaves browsers alone that have none', () => {
  expect(() => refuseMarkup({})).not.toThrow();
});
