import { describe, expect, test } from 'vitest';
import { TargetKind } from '../../contract/grant.ts';
import { newTargetText, readTargetText } from './target-text.ts';

const problemsOf = (text: string) => {
  const reading = readTargetText(text, { kind: 'none' });
  return reading.ok ? [] : reading.problems;
};

describe('the terms of a target', () => {
  test.each(TargetKind.options)('begin with something that can be saved: %s', kind => {
    expect(problemsOf(newTargetText(kind))).toEqual([]);
  });

  test.each([
    ['{', 'This is no JSON'],
    ['[]', 'it has to be an object'],
    ['{"secret":{"kind":"none"}}', 'secret: the credential is chosen below'],
    [newTargetText('ssh').replace('"maxMinutes": 60', '"maxMinutes": 0'), 'maxMinutes: '],
    [
      newTargetText('ssh').replace('"ssh.example.org"', '"-oProxyCommand=x"'),
      'target.host: must be a host name',
    ],
    [newTargetText('ssh').replace('"accounts"', '"acounts"'), 'accounts'],
  ])('are refused by their key: %s', (text, words) => {
    expect(problemsOf(text).join(' | ')).toContain(words);
  });

  test('go with a credential, or leave the stored one where it is', () => {
    const text = newTargetText('postgres');
    const password = { kind: 'password', username: 'u', password: 'p' } as const;
    expect(readTargetText(text, password)).toMatchObject({
      input: { secret: password, keepsSecrets: false },
    });
    expect(readTargetText(text, { kind: 'keep' })).toMatchObject({
      input: { secret: { kind: 'none' }, keepsSecrets: true },
    });
  });
});
