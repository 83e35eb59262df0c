import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../../contract/server-api.ts';
import { auditHash, CHAIN_START } from '../../core/transparency/audit-chain.ts';
import { checkAuditFile } from '../../main/evidence/check-audit-file.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import { TREE_HASH } from '../../server/transparency/log-tree.ts';
import { runSallyport, startSallyport } from '../support/run-sallyport.ts';
import type { RunningCommand } from '../support/run-sallyport.ts';

/** A server set up from nothing by its commands alone, as the README says. */
describe('setting up a server by its commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-admin-'));
  const profile = ['--profile', join(folder, 'profile')];
  const data = ['--data', join(folder, 'server')];
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  let server: RunningCommand;
  let url = '';
  let adminCode = '';

  beforeAll(async () => {
    const made = await runSallyport(['server', 'init', ...data, '--admin', 'Root', '--json']);
    adminCode = String((JSON.parse(made.stdout.toString()) as { enrolCode: unknown }).enrolCode);
    server = startSallyport(['server', ...data, '--port', '0', '--json']);
    const line = await server.untilStdout(text => text.includes('\n'));
    url = String((JSON.parse(line) as { url: unknown }).url);
  });
  afterAll(async () => {
    server.interrupt();
    await server.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('enrols the administrator, who makes accounts and targets', async () => {
    const enrolled = await runSallyport([
      'keys',
      'enrol',
      url,
      '--code-file',
      file('code', adminCode),
      ...profile,
    ]);
    expect(enrolled.stderr).toBe('');
    expect(enrolled.stdout.toString()).toContain('Root (administrator)');

    const account = await runSallyport(['admin', 'account', 'Rita', '--roles', 'reviewer', ...profile]);
    const code = account.stdout.toString().trim().split('\n').at(-1) ?? '';
    expect(
      (await runSallyport(['keys', 'enrol', url, '--code-file', file('rita', code), ...profile])).code,
    ).toBe(0);
    expect((await runSallyport(['keys', 'new', '--no-passphrase', ...profile])).code).toBe(0);
    expect((await runSallyport(['keys', 'publish', ...profile])).stdout.toString()).toMatch(
      /^age1\w+ is a recipient of Rita/,
    );

    const target = {
      target: { id: 'shell', kind: 'local', name: 'Shell' },
      accounts: ['me'],
      redaction: {},
      scope: {},
      session: {},
      maxMinutes: 5,
      secret: { kind: 'none' },
    };
    expect(
      (
        await runSallyport(['admin', 'target', file('target.json', JSON.stringify(target)), ...profile])
      ).stdout.toString(),
    ).toContain('shell (Shell) is registered');
    const listed = JSON.parse(
      (await runSallyport(['admin', 'list', '--json', ...profile])).stdout.toString(),
    ) as { accounts: { name: string }[]; targets: { id: string }[] };
    expect(listed.accounts.map(each => each.name).sort()).toEqual(['Rita', 'Root']);
    expect(listed.targets.map(each => each.id)).toEqual(['shell']);
    expect((await runSallyport(['admin', 'ssh-ca', ...profile])).stdout.toString()).toMatch(/^ssh-ed25519 /);
  });

  it('makes groups of reviewers, and ends an account with all that it had', async () => {
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runSallyport(['admin', ...args, ...profile]);
      return { code, text: `${stdout.toString()}${stderr}` };
    };
    expect((await run('groups', 'add', 'payments', 'rita')).text).toContain('payments  Rita');
    expect(JSON.parse((await run('groups', '--json')).text)).toMatchObject({
      groups: [{ id: 'payments', members: [{ name: 'Rita' }], targetIds: [] }],
    });
    const made = await run('account', 'Rob', '--roles', 'reviewer');
    expect(made.code).toBe(0);
    expect((await run('groups', 'add', 'payments', 'Rob')).text).toContain('Rita, Rob');
    const ended = await run('disable', 'Rob', '--reason', 'left');
    expect(ended).toMatchObject({ code: 0, text: expect.stringContaining('left payments') as unknown });
    expect((await run('groups')).text).toContain('payments  Rita');
    expect((await run('list')).text).toMatch(/Rob {2}reviewer {2}disabled 20/);
  });

  it('takes a code once', async () => {
    const again = await runSallyport(['keys', 'enrol', url, '--code-file', join(folder, 'code'), ...profile]);
    expect(again.code).not.toBe(0);
    expect(again.stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['a role that there is not', ['admin', 'account', 'X', '--roles', 'king'], 2, /operator, approver/],
    ['a target file that is not there', ['admin', 'target', '/nowhere.json'], 2, /cannot be read/],
    ['an account that is not enrolled here', ['admin', 'list', '--account', 'Nobody'], 2, /Enrolled here: /],
    ['no verb', ['admin'], 2, /account, target, disable-target, enable-target, list/],
    [
      'an account that there is not',
      ['admin', 'disable', 'Nobody', '--reason', 'x'],
      2,
      /no account "Nobody"/,
    ],
    ['to end the last administrator', ['admin', 'disable', 'Root', '--reason', 'x'], 1, /last administrator/],
  ])('refuses %s in one line', async (_name, args, code, words) => {
    const refused = await runSallyport([...args, ...profile]);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toMatch(words);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('checks a policy, tests it and shows the one in force', async () => {
    const policy = (maxMinutes: string) =>
      `version: 1\nrules:\n  - { name: a, who: { groups: [dba] }, targets: ["*"], maxMinutes: ${maxMinutes} }\n`;
    const wrong = await runSallyport(['admin', 'policy', 'check', file('wrong.yaml', policy('long'))]);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout.toString()).toContain('wrong.yaml: line 3, rules.0.maxMinutes: ');
    const good = file('good.yaml', policy('5'));
    const checked = await runSallyport(['admin', 'policy', 'check', good]);
    expect(checked.code).toBe(0);
    expect(checked.stdout.toString()).toContain('1 rule; what none of them fits is refused');
    expect(checked.stdout.toString()).toContain('identity provider has to tell who is in them: dba');
    const tested = await runSallyport(['admin', 'policy', 'test', good, ...profile]);
    expect(tested.stdout.toString()).toContain('no past requests');
    const shown = await runSallyport(['admin', 'policy', 'show', ...profile]);
    expect(shown.stdout.toString()).toContain('has no policy');
  });

  it('exports the audit log, which is verified offline, and not after any change to it', async () => {
    const log = join(folder, 'audit.jsonl');
    const exported = await runSallyport(['admin', 'audit', 'export', '--output', log, ...profile]);
    expect(exported.stderr).toMatch(/\d+ entries are in /);
    const verified = await runSallyport(['verify', log]);
    expect(verified.stdout.toString()).toContain('verified, an audit log');
    expect(verified.code).toBe(0);

    const text = readFileSync(log, 'utf8');
    const lines = text.trimEnd().split('\n');
    const checked = (changed: string, serverKey: string | null = null) =>
      checkAuditFile(createMemorySource(Buffer.from(changed)), serverKey);
    expect(await checked(text)).toMatchObject({ isVerified: true, entries: lines.length - 1, problems: [] });
    // Somebody who writes every hash anew still has no signature over the new root.
    let previous = CHAIN_START;
    const anew = lines.slice(1).map(line => {
      const entry = AuditEntry.parse(JSON.parse(line.replace('"Root"', '"Nobody"')));
      previous = auditHash(TREE_HASH, previous, entry);
      return JSON.stringify({ ...entry, hash: previous });
    });
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        text.replace('account.create', 'account.delete'),
        /Entry 1 \(account\.delete\) is not what was written/,
      ],
      [[...lines.slice(0, 2), ...lines.slice(3)].join('\n'), /Entry 2 is not there/],
      [lines.slice(0, -1).join('\n'), /its end was cut off/],
      [`${text}${lines.at(-1) ?? ''}\n`, /is not there|were added/],
      [[lines[0], ...anew].join('\n'), /written anew/],
      [`${lines.slice(0, 2).join('\n')}\nnonsense`, /Line 3 is no audit entry/],
    ];
    for (const [changed, words] of cases) {
      const { isVerified, problems } = await checked(changed);
      expect(isVerified).toBe(false);
      expect(problems.join(' ')).toMatch(words);
    }
    expect((await checked(text, 'A'.repeat(43))).problems.join(' ')).toContain('not signed by that server');

    const ocsf = await runSallyport(['admin', 'audit', 'export', '--format', 'ocsf', ...profile]);
    const events = ocsf.stdout
      .toString()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as object);
    expect(events).toHaveLength(lines.length - 1);
    expect(events[0]).toMatchObject({ class_uid: 3001, activity_id: 1, metadata: { version: '1.5.0' } });
  });

  it('names the key that is wrong in a target file', async () => {
    const refused = await runSallyport([
      'admin',
      'target',
      file('bad.json', '{"target":{"id":"x","kind":"ftp"}}'),
      ...profile,
    ]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('target.kind');
  });
});
