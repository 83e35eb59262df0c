import { describe, expect, it } from 'vitest';
import { ID_NEGATIVE, ID_POSITIVE } from '../../../../test/fixtures/redaction/identifiers.ts';
import { unmark } from '../../../../test/fixtures/redaction/values.ts';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';
import { ID_RULES } from './identifiers.ts';

const strict = createLineDetector(DEFAULT_POLICY);

describe('identifiers', () => {
  it.each(ID_POSITIVE)('of %s are found in %s, all of it', (entity, marked) => {
    const { line, start, end } = unmark(marked);
    const findings = strict.fork().findings(line, true);
    const covering = findings.find(each => each.start <= start && each.end >= end);
    expect(covering?.entity, JSON.stringify(findings)).toBe(entity);
  });

  it.each(ID_NEGATIVE.map(line => [line]))('are not seen in: %s', line => {
    expect(strict.fork().findings(line, true)).toEqual([]);
  });

  it('alone on a line are no finding under a header that does not name them', () => {
    const detector = strict.fork();
    for (const line of [' total ', '-----------']) {
      detector.findings(line, true);
      detector.commit(line);
    }
    expect(detector.findings(' 461986927 ', true)).toEqual([]);
    expect(strict.fork().findings(' 461986927 ', true)).toMatchObject([{ entity: 'national-id' }]);
  });

  it('have scores that grow with what speaks for them', () => {
    for (const { rule, alone, whole, near } of ID_RULES) {
      expect(whole ?? alone, rule).toBeGreaterThanOrEqual(alone);
      expect(near ?? 0.9, rule).toBeGreaterThanOrEqual(Math.min(whole ?? alone, 0.9));
    }
  });

  it('have a rule name that no other has', () => {
    const names = ID_RULES.map(each => each.rule);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
