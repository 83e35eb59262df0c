import { describe, expect, it, test } from 'vitest';
import { judgeLink, WEB_ADDRESS } from './link-guard.ts';

const found = (text: string): string | null => WEB_ADDRESS.exec(text)?.[0] ?? null;

describe('an address in plain text', () => {
  it.each([
    ['see https://example.com/a?b=c#d.', 'https://example.com/a?b=c#d'],
    ['(http://example.com/x)', 'http://example.com/x'],
    ['"HTTPS://EXAMPLE.COM"', 'HTTPS://EXAMPLE.COM'],
    ['https://example.com/a, then', 'https://example.com/a'],
  ])('%j', (text, address) => expect(found(text)).toBe(address));

  it.each([
    'https://example.com/users/j•••@•••••••.com',
    'https://example.com/card/****',
    'https://example.com/＊＊?x=1',
    'https://j•••@example.com/',
    'ftp://example.com/',
    'javascript:alert(1)',
  ])('is none in %j', text => expect(found(text)).toBeNull());
});

test('the real address is what is asked about', () => {
  expect(judgeLink('https://evil.example/x', 'docs.example.com')).toEqual({
    kind: 'ask',
    address: 'https://evil.example/x',
    host: 'evil.example',
    shownAs: 'docs.example.com',
    warnings: [],
  });
  expect(judgeLink('https://example.com/a', 'https://example.com/a')).toMatchObject({ shownAs: null });
});

test.each([
  ['http://example.com', ['unencrypted']],
  ['https://example.com@evil.example/', ['login-in-address']],
  ['https://ex\u0430mple.com/', ['international-name']],
])('%j is warned about', (uri, warnings) => {
  expect(judgeLink(uri, '')).toMatchObject({ kind: 'ask', warnings });
});

test('letters of another script are shown as what they are', () => {
  expect(judgeLink('https://ex\u0430mple.com/', '')).toMatchObject({ host: 'xn--exmple-4nf.com' });
});

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'sallyport://request?target=x',
  'vscode://open',
  'not an address',
  'https://example.com/u/j••••',
  'https://example.com/u/%E2%80%A2%E2%80%A2',
  'https://example.com/c/****',
])('%j is not opened', uri => {
  expect(judgeLink(uri, 'click').kind).toBe('refuse');
});
