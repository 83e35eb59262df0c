import { describe, expect, it } from 'vitest';
import { NEGATIVE, POSITIVE, unmark } from '../../../test/fixtures/redaction/values.ts';
import { DEFAULT_POLICY, parsePolicy } from '../policy.ts';
import { createLineDetector } from './create-line-detector.ts';

const strict = createLineDetector(DEFAULT_POLICY);
const significant = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length;

describe('a line detector', () => {
  it.each(POSITIVE)('finds %s in %s, all of it', (entity, marked) => {
    const { line, start, end } = unmark(marked);
    const findings = strict.fork().findings(line, true);
    const covering = findings.find(each => each.start <= start && each.end >= end);
    expect(covering?.entity, JSON.stringify(findings)).toBe(entity);
  });

  it.each(NEGATIVE.map(line => [line]))('leaves alone: %s', line => {
    expect(strict.fork().findings(line, true)).toEqual([]);
  });

  // A quoted local part with a space is known for an address at its closing quote only; a street at its town or post code.
  const isKnownLate = (entity: string, marked: string) =>
    marked.includes('john doe') || (entity === 'address' && !marked.includes('address'));
  it.each(POSITIVE.filter(([entity, marked]) => !isKnownLate(entity, marked)))(
    'has %s covered at every length of %s',
    (_entity, marked) => {
      const { line, start, end } = unmark(marked);
      const detector = strict.fork();
      for (let length = start + 1; length <= end; length++) {
        const prefix = line.slice(0, length);
        const spans = detector.findings(prefix, false).map(each => ({ start: each.start, end: each.end }));
        const open = detector.openCandidate(prefix);
        if (open !== null) spans.push({ start: open.start, end: length });
        let bare = '';
        for (let i = start; i < length; i++)
          if (!spans.some(span => span.start <= i && span.end > i)) bare += prefix.charAt(i);
        expect(significant(bare), `${JSON.stringify(prefix)} shows ${JSON.stringify(bare)}`).toBeLessThan(4);
      }
    },
  );

  it('reports sorted, disjoint findings inside the line', () => {
    const line = POSITIVE.map(([, marked]) => unmark(marked).line).join(' ; ');
    let at = 0;
    for (const finding of strict.fork().findings(line, true)) {
      expect(finding.start).toBeGreaterThanOrEqual(at);
      expect(finding.end).toBeGreaterThan(finding.start);
      at = finding.end;
    }
    expect(at).toBeLessThanOrEqual(line.length);
  });

  it('keeps to its own policy where another one has the same columns', () => {
    const line = 'mail somebody@example.com';
    const found = (source: object) => createLineDetector(parsePolicy(source)).findings(line, true).length;
    const hiding = createLineDetector(parsePolicy({}));
    expect(found({ entities: { email: 'allow' } })).toBe(0);
    expect(found({ allowValues: ['somebody@example.com'] })).toBe(0);
    expect(found({})).toBe(1);
    expect(hiding.findings(line, true)).toHaveLength(1);
  });

  it('never puts the value into its evidence', () => {
    for (const [, marked] of POSITIVE) {
      const { line, start, end } = unmark(marked);
      const text = JSON.stringify(
        strict
          .fork()
          .findings(line, true)
          .map(each => [each.rule, each.evidence]),
      );
      expect(text).not.toContain(line.slice(start, end));
    }
  });

  it.each([
    '$ ',
    '# ',
    'mysql> ',
    'prod=> ',
    'Password: ',
    'root@web-1:~# ',
    'Enter passphrase for key: ',
    '> ',
    '',
  ])('holds nothing back at the prompt %j', prompt => {
    expect(strict.fork().openCandidate(prompt)).toBeNull();
  });

  it.each([
    ['card 4012 8888', 'strong'],
    ['card 4012 8888 ', 'strong'],
    ['pay DE89 37', 'strong'],
    ['AKIAQ3', 'strong'],
    ['AKI', 'weak'],
    ['eyJhbGci', 'strong'],
    ['psql postgres://app:geh', 'strong'],
    ['password=hun', 'strong'],
    ['-----BEG', 'weak'],
    ['olga', 'weak'],
    ['olga.ivanova@co', 'strong'],
  ])('holds back %j as %s', (line, strength) => {
    expect(strict.fork().openCandidate(line)?.strength).toBe(strength);
  });

  it('reports nothing that the policy allows', () => {
    const policy = parsePolicy({ entities: { email: 'allow' }, allowValues: ['078-05-1123'] });
    const detector = createLineDetector(policy);
    expect(detector.findings('a@example.com 078-05-1123 219-09-9999', true)).toMatchObject([
      { entity: 'ssn', start: 26 },
    ]);
  });

  it('hides the policy’s own columns, however they are spelt', () => {
    const detector = createLineDetector(parsePolicy({ columns: ['Loyalty Number'] }));
    expect(detector.findings('loyalty_number=abc9', true)).toMatchObject([
      { entity: 'named-column', start: 15, end: 19 },
    ]);
    expect(detector.findings('{"loyaltyNumber": "abc9"}', true)).toMatchObject([{ entity: 'named-column' }]);
  });

  it('finds private addresses only where the policy wants them', () => {
    const detector = createLineDetector(parsePolicy({ privateIps: true }));
    expect(detector.findings('from 10.1.2.3', true)).toMatchObject([{ entity: 'ip', start: 5, end: 13 }]);
    expect(strict.fork().findings('from 10.1.2.3', true)).toEqual([]);
  });
});

describe('hostile lines', () => {
  const size = 64 * 1024;
  it.each([
    ['digits', '1'.repeat(size)],
    ['digits with gaps', '1234 '.repeat(size / 5)],
    ['keys', 'password: '.repeat(size / 10)],
    ['refused keys', 'lat: '.repeat(size / 5)],
    ['at signs', 'a@'.repeat(size / 2)],
    ['quotes', 'password="\\'.repeat(size / 11)],
    ['colons', 'a:'.repeat(size / 2)],
    ['schemes', '://a:'.repeat(size / 5)],
    ['begin marks', '-----BEGIN '.repeat(size / 11)],
    ['JWT heads', 'eyJ'.repeat(size / 3)],
    ['phones', 'call 0171 1234567 '.repeat(size / 18)],
    ['pluses', '+1 (2'.repeat(size / 5)],
    ['mysql', 'mysql -'.repeat(size / 7)],
    ['titles', 'Mr. '.repeat(size / 4)],
    ['pipes', '|'.repeat(size)],
    ['insert', `INSERT INTO t (email) VALUES ${"('".repeat(size / 2)}`],
    ['rule', `+${'-+'.repeat(size / 2)}`],
    ['hex', 'ab:'.repeat(size / 3)],
    ['passports', 'passport '.repeat(size / 9)],
    ['spaces', ' '.repeat(size)],
    ['escapes', '\\u0041'.repeat(size / 6)],
    ['percents', '%41%'.repeat(size / 4)],
    ['doubled quotes', '""a"":'.repeat(size / 6)],
    ['apostrophes', "name='O'C".repeat(size / 9)],
    ['streets', 'Main Street 1, '.repeat(size / 15)],
    ['quads', '1.2.3.4-'.repeat(size / 8)],
    ['dates', 'born 1.1.'.repeat(size / 9)],
  ])('of %s are read in time that does not grow with their square', (_name, line) => {
    const detector = strict.fork();
    detector.findings(line, true);
    detector.openCandidate(line);
    detector.commit(line);
    detector.findings(line, false);
  });
});
