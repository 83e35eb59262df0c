import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TreeHash } from '../../core/transparency/merkle-tree.ts';
import { isIncluded, leafHash } from '../../core/transparency/merkle-tree.ts';
import { createLogWitness } from '../../main/server-client/log-witness.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { verifyCheckpoint } from '../../main/server-client/signed-statements.ts';
import { auditHash } from '../../core/transparency/audit-chain.ts';
import type { EmbeddedDatabase } from '../../server/embedded-database.ts';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import type { RunningServer } from '../../server/start-server.ts';
import { initServer, startServer } from '../../server/start-server.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice } from '../support/server-device.ts';

const crypto: TreeHash = {
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
};
let folder: string;
let database: EmbeddedDatabase;
let databaseUrl: string;
let server: RunningServer;
let admin: TestDevice;
let operator: TestDevice;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-transparency-'));
  database = await startEmbeddedDatabase({ folder: join(folder, 'postgres'), port: 0 });
  const { host, port, superuser, password } = database;
  databaseUrl = `postgresql://${superuser}:${password}@${host}:${port}/postgres`;
  const dataFolder = join(folder, 'data');
  const { enrolCode } = await initServer({ dataFolder, adminName: 'Ada', databaseUrl });
  server = await startServer({ dataFolder, host: '127.0.0.1', port: 0, logLevel: 'error', databaseUrl });
  admin = await enrolDevice(() => server.url, enrolCode);
  operator = await person('Olga');
});
afterAll(async () => {
  await server.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function person(name: string): Promise<TestDevice> {
  const made = await admin.ok('createAccount', { input: { name, roles: ['operator'] } });
  return enrolDevice(() => server.url, made.enrolCode);
}

const keysOf = (device: TestDevice) => ({
  keys: device.enrolment.jwks.keys.map(key => ({ ...key, kty: String(key.kty) })),
});

/** A witness that reaches the server as the operator's device. */
function witnessAt(path: string) {
  const call = ((name: 'logCheckpoint', options: object) => operator.ok(name, options)) as ServerHttp['call'];
  return createLogWitness({ http: { call }, jwks: keysOf(operator), path });
}

async function alterLog(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET search_path TO sallyport');
    // what somebody with the rights of the database's owner can do
    await client.query('ALTER TABLE audit DISABLE TRIGGER ALL');
    await client.query('ALTER TABLE audit_nodes DISABLE TRIGGER ALL');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('the transparency log', () => {
  test('signs what it has, and proves each entry to those who may read the audit log', async () => {
    const { checkpoint } = await operator.ok('logCheckpoint');
    const { size, root } = await verifyCheckpoint(checkpoint, keysOf(operator));
    expect(size).toBeGreaterThan(3);
    for (let sequence = 1; sequence <= size; sequence++) {
      const { entry, proof } = await admin.ok('logInclusion', { query: { sequence, size } });
      expect(entry.sequence).toBe(sequence);
      const inclusion = {
        leaf: leafHash(crypto, Buffer.from(entry.hash, 'hex')),
        index: sequence - 1,
        size,
        proof: proof.map(hash => Buffer.from(hash, 'hex')),
        root: Buffer.from(root, 'hex'),
      };
      expect(isIncluded(crypto, inclusion)).toBe(true);
    }
    expect((await operator.call('logInclusion', { query: { sequence: 1, size } })).status).toBe(403);
    expect((await admin.call('logInclusion', { query: { sequence: size + 1, size } })).status).toBe(404);
    expect((await operator.call('logConsistency', { query: { first: 1, second: size + 99 } })).status).toBe(
      400,
    );
    expect((await operator.call('logConsistency', { query: { first: 3, second: 2 } })).status).toBe(400);
  });

  test('a client that saw a checkpoint has each later one proven, and keeps the newest', async () => {
    const path = join(folder, 'witness.jws');
    const witness = witnessAt(path);
    const first = await witness.observe();
    await person('Petra');
    const second = await witness.observe();
    expect(second.size).toBeGreaterThan(first.size);
    expect(await verifyCheckpoint((await readFile(path, 'utf8')).trim(), keysOf(operator))).toEqual(second);
    expect((await witness.observe()).root).toBe(second.root);
  });

  test('an entry that is changed with everything that hangs on it is noticed, and the proof of before is kept', async () => {
    const path = join(folder, 'changed.jws');
    const witness = witnessAt(path);
    const before = await witness.observe();
    const kept = await readFile(path, 'utf8');
    const { entries } = await admin.ok('listAudit', { query: { limit: 1 } });
    const [last] = entries;
    if (last === undefined) throw new Error('the log is empty');
    const previous = await admin.ok('logInclusion', {
      query: { sequence: last.sequence - 1, size: last.sequence },
    });
    const hash = auditHash(crypto, previous.entry.hash, { ...last, subject: 'somebody else' });
    const leaf = Buffer.from(leafHash(crypto, Buffer.from(hash, 'hex'))).toString('hex');
    await alterLog(
      `UPDATE audit SET subject = 'somebody else', hash = '${hash}' WHERE sequence = ${last.sequence}`,
      `UPDATE audit_nodes SET hash = '\\x${leaf}' WHERE level = 0 AND index = ${last.sequence - 1}`,
      `DELETE FROM audit_nodes WHERE level > 0 AND (index + 1) * (1 << level) = ${last.sequence}`,
    );
    // where a full subtree ended with that entry its nodes are made anew by the forger; an uneven log has none
    await rebuild(last.sequence);
    await expect(witness.observe()).rejects.toMatchObject({ code: 'log-rewritten' });
    await person('Paul');
    await expect(witness.observe()).rejects.toMatchObject({ code: 'log-rewritten' });
    expect(await readFile(path, 'utf8')).toBe(kept);
    expect((await verifyCheckpoint(kept.trim(), keysOf(operator))).root).toBe(before.root);
  });

  test('a tail that is cut off is noticed', async () => {
    const witness = witnessAt(join(folder, 'cut.jws'));
    const { size } = await witness.observe();
    await alterLog(
      `DELETE FROM audit WHERE sequence = ${size}`,
      `DELETE FROM audit_nodes WHERE (index + 1) * (1 << level) = ${size}`,
    );
    await expect(witness.observe()).rejects.toMatchObject({ code: 'log-rewritten' });
  });
});

/** The inner nodes that end with an entry, as an honest server would have made them from what stands there. */
async function rebuild(sequence: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET search_path TO sallyport');
    for (let level = 1; sequence % 2 ** level === 0; level++) {
      const index = sequence / 2 ** level - 1;
      const { rows } = await client.query<{ hash: Buffer }>(
        'SELECT hash FROM audit_nodes WHERE level = $1 AND index IN ($2, $3) ORDER BY index',
        [level - 1, index * 2, index * 2 + 1],
      );
      const inner = createHash('sha256').update(Buffer.from([1]));
      for (const { hash } of rows) inner.update(hash);
      await client.query('INSERT INTO audit_nodes VALUES ($1, $2, $3)', [level, index, inner.digest()]);
    }
  } finally {
    await client.end();
  }
}
