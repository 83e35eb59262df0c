import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GrantId, TargetId } from '../../contract/ids.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import { createBackup } from '../../server/backup/create-backup.ts';
import { restoreBackup } from '../../server/backup/restore-backup.ts';
import type { DatabaseAccess } from '../../server/start-server.ts';
import { startServer } from '../../server/start-server.ts';
import { runSallyport } from '../support/run-sallyport.ts';
import type { TestDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

let folder: string;
let server: TestServer;
let operator: TestDevice;
let grant: GrantRecord;
let identity: string;
let recipient: string;
const at = (name: string) => join(folder, name);
/** What a backup of the running server holds, made once. */
const FILE = 'server.age';
const entriesOfFolder = () => readdir(folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-backup-'));
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  await writeFile(at('identity'), `# made for a test\n${identity}\n`);
  server = await startTestServer({ exposeDatabase: true });
  await enlarge(server.running().database);
  operator = await server.person('Olga', 'operator');
  const approver = await server.person('Anna "quoted"\tand \\N tabbed', 'approver');
  const reviewer = await server.person('Rita', 'reviewer');
  await reviewer.ok('putRecipient', { input: { recipient } });
  const target = await server.target({
    target: { id: TargetId.parse('shop'), kind: 'postgres', name: 'Shop', host: 'db.internal', port: 5432 },
    secret: { kind: 'password', username: 'shop', password: 'the-password-of-the-shop' },
  });
  grant = await grantAccess(operator, approver, { target });
  await operator.ok('createSession', { input: { grantId: GrantId.parse(grant.id) } });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** More than one chunk of age's, so that damage is met when a part was restored already; random, so that it stays large when packed. */
async function enlarge(database: DatabaseAccess | null): Promise<void> {
  const { superuser: user, ...at } = database ?? { superuser: '' };
  const client = new Client({ ...at, user, database: 'sallyport' });
  await client.connect();
  await client.query("INSERT INTO sallyport.policies VALUES ('large', $1, 0)", [
    randomBytes(300_000).toString('base64'),
  ]);
  await client.end();
}

const restore = (file: string, dataFolder: string, identities = [identity]) =>
  restoreBackup({ file, key: { kind: 'identities', identities }, dataFolder, databaseUrl: null });

describe('a backup', () => {
  test('is made while the server runs, sealed, for this user alone, and opens with the stock programs', async () => {
    const args = [
      'server',
      'backup',
      at(FILE),
      '--data',
      server.dataFolder,
      '--recipient',
      recipient,
      '--json',
    ];
    const run = await runSallyport(args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const report = JSON.parse(run.stdout.toString()) as { rows: number; keys: number };
    expect(report).toMatchObject({ kind: 'backed-up', file: at(FILE), recordings: 0 });
    expect(report.rows).toBeGreaterThan(10);
    expect(report.keys).toBe(5);
    expect((await stat(at(FILE))).mode & 0o777).toBe(0o600);
    const sealed = await readFile(at(FILE));
    const masterKey = await readFile(join(server.dataFolder, 'keys/master-key'), 'utf8');
    for (const secret of ['Olga', 'PRIVATE KEY', masterKey]) expect(sealed.includes(secret)).toBe(false);
    const tar = execFileSync('sh', ['-c', 'age -d -i "$1" "$2" | zstd -dc', 'sh', at('identity'), at(FILE)]);
    const names = execFileSync('tar', ['t'], { input: tar }).toString();
    expect(names).toMatch(/^manifest\.json\nserver\.json\nkeys\/master-key\n/);
    expect(names).toContain('keys/signing/0001.pem');
    expect(names.trimEnd().endsWith('end.json')).toBe(true);
    // The server goes on.
    await operator.ok('whoAmI');
  });

  test('never takes the place of a file that is there', async () => {
    const before = await readFile(at(FILE));
    const again = await runSallyport([
      'server',
      'backup',
      at(FILE),
      '--data',
      server.dataFolder,
      '--recipient',
      recipient,
    ]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('is there already');
    expect((await readFile(at(FILE))).equals(before)).toBe(true);
  });
});

describe('a backup that is no good leaves nothing behind', () => {
  test.each([
    [
      'altered in the middle',
      (bytes: Buffer) =>
        bytes.fill(bytes[bytes.length >> 1] === 0 ? 1 : 0, bytes.length >> 1, (bytes.length >> 1) + 1),
      'altered or cut short',
    ],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100), 'altered or cut short'],
    ['of another kind', () => Buffer.from('something else'), 'is no backup'],
    ['empty', () => Buffer.alloc(0), 'is no backup'],
  ])('%s', async (name, damage, words) => {
    await writeFile(at('damaged.age'), damage(Buffer.from(await readFile(at(FILE)))));
    const before = await entriesOfFolder();
    await expect(restore(at('damaged.age'), at('from-damaged')), name).rejects.toThrow(words);
    expect(await entriesOfFolder()).toEqual(before);
  });

  test('opened with another identity', async () => {
    await expect(restore(at(FILE), at('other'), [await generateX25519Identity()])).rejects.toMatchObject({
      code: 'identity-missing',
    });
  });

  test('into a folder that holds something', async () => {
    await expect(restore(at(FILE), server.dataFolder)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a restore', () => {
  test('is the same server: people, grants, secrets and the log, and it goes on', async () => {
    const before = await server.administrator.ok('listAudit', { query: { limit: 1000 } });
    await server.pause();
    const run = await runSallyport([
      'server',
      'restore',
      at(FILE),
      '--data',
      at('restored'),
      '--identity',
      at('identity'),
    ]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.toString()).toContain('revoke again what was revoked');
    await server.restart({ dataFolder: at('restored') });
    // The devices of before are known by their keys, and the server signs as before.
    expect((await operator.ok('getGrant', { params: { id: grant.id } })).jws).toBe(grant.jws);
    expect(await operator.ok('createCredential', { params: { id: grant.id }, input: {} })).toMatchObject({
      kind: 'password',
      password: 'the-password-of-the-shop',
    });
    const { accounts } = await server.administrator.ok('listAccounts', {});
    expect(accounts.map(({ name }) => name)).toContain('Anna "quoted"\tand \\N tabbed');
    const after = await server.administrator.ok('listAudit', { query: { limit: 1000 } });
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries);
    await server.administrator.ok('createAccount', { input: { name: 'New', roles: ['operator'] } });
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 1 } });
    expect(entries[0]?.sequence).toBe((after.entries.at(-1)?.sequence ?? 0) + 1);
  });

  test('made of a server that does not run, sealed with a passphrase, into a database of its own', async () => {
    await server.pause();
    const file = at('stopped.age');
    const seal = { kind: 'passphrase', passphrase: 'correct horse battery', workFactor: 10 } as const;
    const made = await createBackup({
      ...{ dataFolder: at('restored'), databaseUrl: null, file, seal },
      ...{ program: 'test', nowMs: Date.now },
    });
    expect(made.rows).toBeGreaterThan(10);
    await writeFile(at('passphrase'), 'not the passphrase\n');
    const wrong = await runSallyport([
      'server',
      'restore',
      file,
      '--data',
      at('second'),
      '--passphrase-file',
      at('passphrase'),
    ]);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('does not open') as unknown });
    const again = await restoreBackup({ file, key: seal, dataFolder: at('second'), databaseUrl: null });
    expect(again).toMatchObject({ rows: made.rows, program: 'test' });
    const second = await startServer({
      dataFolder: at('second'),
      host: '127.0.0.1',
      port: 0,
      logLevel: 'error',
    });
    await second.close();
  });
});
