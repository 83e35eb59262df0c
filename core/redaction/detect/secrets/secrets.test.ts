import { describe, expect, it } from 'vitest';
import {
  fillTemplate,
  SECRET_VECTORS,
  seededPick,
} from '../../../../test/fixtures/redaction/secret-vectors.ts';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';
import { SECRET_RULES } from './secret-rules.ts';

const strict = createLineDetector(DEFAULT_POLICY);
const pick = seededPick(20);
const VECTORS = SECRET_VECTORS.map(([rule, template]) => ({
  rule,
  template,
  token: fillTemplate(template, pick),
}));
/** The name in front of it is none of it: it may stay. */
const secretIn = (token: string): string => token.replace(/^[A-Za-z]{3,}=/, '');
const significant = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length;
/** Read as a key and its value too; then the value goes to the end of its line. */
const isKeyed = (token: string): boolean =>
  /^(?:AccountKey=|SharedAccessKey=|secret-token:|sig=)/.test(token);
const rulesIn = (line: string): readonly string[] =>
  strict
    .fork()
    .findings(line, true)
    .map(each => each.rule);

describe('the rules for secrets', () => {
  it('have two hundred forms, each with a source and a vector', () => {
    const names = new Set(SECRET_RULES.map(rule => rule.rule));
    const tried = new Set(VECTORS.map(({ rule }) => `api-key.${rule}`));
    expect(names.size).toBeGreaterThanOrEqual(200);
    expect([...names].filter(name => !tried.has(name))).toEqual([]);
    expect(SECRET_RULES.filter(rule => rule.source.length < 10)).toEqual([]);
  });

  it.each(VECTORS)('$rule: $template is hidden wholly, and nothing beside it', ({ rule, token }) => {
    for (const [before, after] of [
      ['', ''],
      ['value ', ' ok'],
      ['"', '",'],
      ['x=', '&y=1'],
      ['(', ').'],
    ] as const) {
      const line = before + token + after;
      const findings = strict.fork().findings(line, true);
      const covering = findings.find(
        each =>
          each.start <= before.length + token.length - secretIn(token).length &&
          each.end >= before.length + token.length,
      );
      expect(covering, `${line} ${JSON.stringify(findings)}`).toBeDefined();
      if (!isKeyed(token)) expect(line.slice(covering?.end ?? 0).endsWith(after)).toBe(true);
      if (before === '') expect(covering?.rule).toBe(`api-key.${rule}`);
    }
  });

  // A question mark ends what may be one word: the public half of a webhook's address is let go at it.
  it.each(VECTORS.filter(({ template }) => !template.includes('?')))(
    '$rule: $template is covered at every length of a growing line',
    ({ token }) => {
      const detector = strict.fork();
      const line = `value ${token}`;
      for (let length = 7; length <= line.length; length++) {
        const prefix = line.slice(0, length);
        const spans = detector.findings(prefix, false).map(each => ({ start: each.start, end: each.end }));
        const open = detector.openCandidate(prefix);
        if (open !== null) spans.push({ start: open.start, end: length });
        let bare = '';
        for (let i = 6 + token.length - secretIn(token).length; i < length; i++)
          if (!spans.some(span => span.start <= i && span.end > i)) bare += prefix.charAt(i);
        expect(significant(bare), `${JSON.stringify(prefix)} shows ${JSON.stringify(bare)}`).toBeLessThan(4);
      }
    },
  );

  it.each(VECTORS)(
    '$rule: $template with one character all through is a placeholder',
    ({ rule, template }) => {
      for (const filler of ['x', '0', 'X']) {
        const token = fillTemplate(template, () => filler);
        expect(rulesIn(`value ${token} ok`), token).not.toContain(`api-key.${rule}`);
      }
    },
  );

  it.each(
    VECTORS.filter(({ template }) => /^[A-Za-z]{3}/.test(template) && !template.includes('T3BlbkFJ{A20}')),
  )('$rule: $template cut short, or within a word, is none', ({ rule, token }) => {
    expect(rulesIn(`value ${token.slice(0, Math.min(9, token.length - 4))} ok`)).not.toContain(
      `api-key.${rule}`,
    );
    expect(rulesIn(`value Q${token} ok`)).not.toContain(`api-key.${rule}`);
  });
});

describe('hostile lines of secrets', () => {
  const size = 64 * 1024;
  it.each([
    ['tildes', '~'.repeat(size)],
    ['heads without an end', 'ab8Q~'.repeat(size / 5)],
    ['prefixes', 'ghp_'.repeat(size / 4)],
    ['prefixes with separators', 'sk-ant-xoxb-'.repeat(size / 12)],
    ['colons with marks', '12345678:AA'.repeat(size / 11)],
    ['snowflakes', 'MTA.'.repeat(size / 4)],
    ['long runs', `${'a1B'.repeat(40)} `.repeat(size / 121)],
    ['one run', 'a1B2'.repeat(size / 4)],
    ['marks inside runs', 'AAAAAAAAAAJQQJ99AZDO'.repeat(size / 20)],
    ['hash heads', '$argon2id$'.repeat(size / 10)],
    ['weak keys', 'key=a1B2c3D4e5F6g7H8i9 '.repeat(size / 23)],
    ['commands', 'openssl -k '.repeat(size / 11)],
    ['pipes into sudo', 'echo a | sudo -S '.repeat(size / 17)],
    ['webhooks', 'hooks.slack.com/services/'.repeat(size / 25)],
  ])('%s are read in time that does not grow with their square', (_name, line) => {
    const detector = strict.fork();
    detector.findings(line, true);
    detector.openCandidate(line);
    detector.commit(line);
  });
});
