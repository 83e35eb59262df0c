import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../contract/server-api.ts';
import { runSallyport } from '../support/run-sallyport.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-break-glass-'));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function keys(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runSallyport(['keys', ...args]);
  if (code !== 0) throw new Error(`exit ${code ?? 'none'}: ${stderr}`);
  return stdout.toString().trim();
}

/** A profile of its own, enrolled, with an identity. */
async function profileOf(name: string, role: Role): Promise<{ profile: string; recipient: string }> {
  const profile = join(folder, name);
  const { enrolCode } = await server.administrator.ok('createAccount', { input: { name, roles: [role] } });
  writeFileSync(join(folder, `${name}.code`), enrolCode);
  await keys('enrol', server.url(), '--code-file', join(folder, `${name}.code`), '--profile', profile);
  return { profile, recipient: await keys('new', '--no-passphrase', '--profile', profile) };
}

describe('a break-glass key', () => {
  test('is opened by two custodians, and the audit log had it before', async () => {
    const admin = await profileOf('Ada', 'administrator');
    const anna = await profileOf('Anna', 'reviewer');
    const ben = await profileOf('Ben', 'reviewer');
    const made = await server.administrator.ok('createAccount', {
      input: { name: 'Glass', roles: ['reviewer'] },
    });
    const custodians = [anna, ben].flatMap(({ recipient }) => ['--custodian', recipient]);
    const output = join(folder, 'shares');
    const recipient = await keys(
      ...[
        'break-glass',
        'new',
        ...custodians,
        '--output',
        output,
        '--for',
        made.account.id,
        '--profile',
        admin.profile,
      ],
    );
    const { recipients } = await server.administrator.ok('listRecipients');
    expect(recipients).toContainEqual(
      expect.objectContaining({ recipient, accountId: made.account.id, isBreakGlass: true, unlocked: null }),
    );

    const [own = '', other = ''] = readdirSync(output)
      .sort()
      .map(name => join(output, name));
    const unlock = (...shares: readonly string[]) =>
      keys('break-glass', 'unlock', ...shares, '--reason', 'Rita is away', '--profile', anna.profile);
    await expect(unlock(own, other)).rejects.toThrow(/sealed to somebody else/);
    await expect(unlock(own, own)).rejects.toThrow(/two custodians/);

    const passed = join(folder, 'passed.age');
    await keys(
      ...['break-glass', 'pass', other, '--to', anna.recipient, '--output', passed, '--profile', ben.profile],
    );
    expect(await unlock(own, passed)).toContain(recipient);
    const after = (await server.administrator.ok('listRecipients')).recipients;
    expect(after.find(each => each.recipient === recipient)?.unlocked).toMatchObject({ by: 'Anna' });
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 50 } });
    const announced = entries.filter(({ action }) => action === 'break-glass.unlock');
    expect(announced).toEqual([
      expect.objectContaining({
        actor: 'Anna',
        subject: recipient,
        detail: expect.objectContaining({
          reason: 'Rita is away',
          custodians: [anna.recipient, ben.recipient],
        }),
      }),
    ]);
  });

  test('is announced by those who may review or administrate, and by nobody else', async () => {
    const input = { recipient: 'age1x', custodians: ['age1a', 'age1b'], reason: 'a test' };
    const operator = await server.person('Olga', 'operator');
    const reviewer = await server.person('Rita', 'reviewer');
    expect((await operator.call('announceBreakGlass', { input })).status).toBe(403);
    expect((await reviewer.call('announceBreakGlass', { input })).status).toBe(200);
  });
});
