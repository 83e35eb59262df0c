import { describe, expect, it } from 'vitest';
import { createExplainer } from './explain.ts';
import { DEFAULT_POLICY, parsePolicy } from './policy.ts';

function explain(policy: object, text: string) {
  const explainer = createExplainer(parsePolicy(policy), () => 'abcd2345');
  return [...explainer.feed(text), ...explainer.end()];
}

describe('a dry run of a policy', () => {
  const text = 'from 203.0.113.9\nmail roman@example.com, root@corp.ru\ncard 4012 8888 8888 1881\n';

  it('says of each value where it stands, why it was found and what would be shown', () => {
    const entities = { email: 'partial', card: 'token', ip: 'allow' };
    expect(explain({ entities, allowEmailDomains: ['corp.ru'] }, text)).toMatchObject([
      { line: 1, column: 6, start: 5, end: 16, entity: 'ip', action: 'allow', shown: null },
      {
        line: 2,
        column: 6,
        entity: 'email',
        action: 'partial',
        shown: 'r••••@example.com',
        rule: 'email.address',
      },
      { line: 2, column: 25, entity: 'email', action: 'allow', shown: null },
      { line: 3, column: 6, entity: 'card', action: 'token', shown: 'ABCD2345•••••••••••' },
    ]);
  });

  it('never tells a value that is masked, blocked or shown', () => {
    for (const action of ['mask', 'block', 'allow'] as const) {
      const told = JSON.stringify(explain({ default: action }, text));
      expect(told).toContain(`"action":"${action}"`);
      expect(told).not.toMatch(/203|roman|example|corp|4012|1881/);
    }
  });

  it('gives evidence and score', () => {
    const [finding] = explain({ ...DEFAULT_POLICY }, 'card 4012 8888 8888 1881');
    expect(finding?.evidence).not.toHaveLength(0);
    expect(finding?.score).toBeGreaterThan(0.5);
  });
});
