import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTITIES } from '../../contract/redaction.ts';
import { runSallyport } from '../support/run-sallyport.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-policies-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const policy = (source: object): string => file('policy.json', JSON.stringify(source));
const redact = async (args: readonly string[], input: string): Promise<string> => {
  const { code, stdout, stderr } = await runSallyport(['redact', ...args], input);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.toString();
};

const SAMPLE = 'mail roman@example.com\ncard 4012 8888 8888 1881\n';

describe('sallyport redact with a policy', () => {
  it.each([
    ['balanced', 'mail •••••@•••••••.•••\ncard **** **** **** ****\n'],
    ['support', 'mail r••••@example.com\ncard **** **** **** 1881\n'],
    ['secrets-only', SAMPLE],
  ])('%s shows what the preset shows', async (name, expected) => {
    expect(await redact(['--policy', name], SAMPLE)).toBe(expected);
  });

  it('begins with a preset and never hides what is on its lists', async () => {
    const source = { preset: 'balanced', entities: { card: 'partial' }, allowEmailDomains: ['example.com'] };
    expect(await redact(['--policy', policy(source)], SAMPLE)).toBe(
      'mail roman@example.com\ncard **** **** **** 1881\n',
    );
  });

  it('keeps the width of a table under every action', async () => {
    const table =
      ' id | email             | ssn         \n----+-------------------+-------------\n  1 | roman@example.com | 078-05-1123 \n(1 row)\n';
    for (const action of ['mask', 'partial', 'token', 'allow']) {
      const source = policy({
        default: action,
        entities: Object.fromEntries(ENTITIES.map(e => [e, action])),
      });
      const out = await redact(['--policy', source], table);
      expect(out.split('\n').map(line => line.length)).toEqual(table.split('\n').map(line => line.length));
      expect(out === table).toBe(action === 'allow');
    }
  });

  it('makes pseudonyms that runs share only under one key', async () => {
    const source = policy({ entities: { card: 'token' } });
    const key = file('key', 'k'.repeat(32));
    const run = (...args: string[]) => redact(['--policy', source, ...args], SAMPLE);
    const first = await run('--token-key-file', key);
    expect(first).toMatch(/card [\dA-Z]{12,}/);
    expect(await run('--token-key-file', key)).toBe(first);
    expect(await run()).not.toBe(first);
    expect(await run()).not.toBe(await run());
    const short = await runSallyport(['redact', '--token-key-file', file('short', 'k')]);
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('1 bytes') as string });
  });

  it('notes rule, evidence and score of each mask', async () => {
    const findings = join(folder, 'findings.jsonl');
    await redact(['--findings', findings], SAMPLE);
    const marks = readFileSync(findings, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    expect(marks).toHaveLength(2);
    expect(marks[0]).toEqual({
      entity: 'email',
      rule: 'email.address',
      action: 'mask',
      score: 0.95,
      cells: 17,
      evidence: ['local part, @ and domain'],
    });
  });
});

describe('sallyport redact --explain', () => {
  it('reports each value and the totals, and never a value', async () => {
    const report = await redact(['--explain', '--policy', policy({ entities: { card: 'block' } })], SAMPLE);
    expect(report).toMatch(
      /^1:6 +email +mask +•••••@•••••••.•••\n +found by its form \(.+\), 95% sure \[email.address\]\n2:6 +card +block /,
    );
    expect(report).toMatch(
      /\n\n2 lines, 2 values found; policy "policy"\n +card +1 +masked, and the session locks\n +email +1 +masked\n$/,
    );
    expect(report).not.toMatch(/roman|example|4012|1881/);
    expect(await redact(['--explain'], 'nothing')).toBe('1 line, no values found; policy "balanced"\n');
  });

  it('is one JSON object a line for programs, the last one with the totals', async () => {
    const lines = (await redact(['--explain', '--json', '--policy', 'support'], SAMPLE)).trim().split('\n');
    expect(lines.map(line => JSON.parse(line) as object)).toMatchObject([
      {
        line: 1,
        column: 6,
        start: 5,
        end: 22,
        entity: 'email',
        action: 'partial',
        shown: 'r••••@example.com',
      },
      { line: 2, column: 6, entity: 'card', action: 'partial', shown: '**** **** **** 1881' },
      { totals: { policy: 'support', lines: 2, values: 2, entities: { email: { partial: 1 } } } },
    ]);
  });
});

describe('sallyport redact --sql', () => {
  it('masks literals, notes findings, and keeps what is none', async () => {
    const findings = join(folder, 'sql.jsonl');
    const sql = "UPDATE u SET email = 'olga', level = 'gold' WHERE id = $1; -- é\nSELECT 1\n";
    expect(await redact(['--sql', '--findings', findings], sql)).toBe(sql.replace('olga', '••••'));
    expect(JSON.parse(readFileSync(findings, 'utf8'))).toMatchObject({ rule: 'email.column', cells: 4 });
    expect(await redact(['--sql', '--policy', 'secrets-only'], sql)).toBe(sql);
  });

  it('ends with 3 behind a statement that the policy blocks', async () => {
    const args = ['redact', '--sql', '--policy', policy({ entities: { card: 'block' } })];
    const { code, stdout } = await runSallyport(args, "SELECT '4012888888881881';\n");
    expect(code).toBe(3);
    expect(stdout.toString()).not.toContain('4012');
  });
});

describe('arguments that do not go together', () => {
  it.each([
    [['--json'], '--findings'],
    [['--explain', '--sql'], 'leave --sql out'],
    [['--explain', '--findings', 'x'], 'leave --findings out'],
    [['--policy', 'strikt'], 'did you mean "strict"?'],
  ])('%j are refused in one line', async (args, words) => {
    const { code, stderr } = await runSallyport(['redact', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
