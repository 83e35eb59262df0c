import { spawn } from 'node:child_process';
import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TargetId } from '../../contract/ids.ts';
import type { GrantId } from '../../contract/ids.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import { PROOF_TYP } from '../../contract/server-api.ts';
import type { EnrolledAccount } from '../../main/vault/vault.ts';
import { httpOf } from '../support/client-world.ts';

const AT_ONCE = 8;
const TARGET = TargetId.parse('tg_scale');

/** What the server's process has used since it began, and the PostgreSQL that it has started. */
export interface ServerUse {
  readonly cpuMs: number;
  readonly databaseCpuMs: number;
  readonly rssBytes: number;
}

/** A server in another process with PostgreSQL, and devices of operators that hold a grant each. */
export interface ScaleServer {
  readonly url: string;
  readonly folder: string;
  readonly devices: readonly ScaleDevice[];
  use(): Promise<ServerUse>;
  close(): Promise<void>;
}

export interface ScaleDevice {
  readonly account: EnrolledAccount;
  readonly grantId: GrantId;
  /** hex SHA-256 of the grant */
  readonly grantHash: string;
  /** value of the `Authorization` header of one request */
  readonly authorize: (method: string, path: string) => Promise<string>;
  createSession(): Promise<string>;
}

export async function startScaleServer(deviceCount: number): Promise<ScaleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-scale-'));
  const path = fileURLToPath(new URL('server-child.ts', import.meta.url));
  const child = spawn(process.execPath, [path, join(folder, 'server')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The server of the bench has ended.');
    return value;
  };
  const { url, enrolCode } = JSON.parse(await nextLine()) as { url: string; enrolCode: string };
  const admin = httpOf(await enrolDevice({ serverUrl: url, code: enrolCode }));
  const enrol = async (name: string, role: 'operator' | 'approver' | 'reviewer') => {
    const made = await admin.call('createAccount', { input: { name, roles: [role] } });
    return enrolDevice({ serverUrl: url, code: made.enrolCode });
  };
  const approver = httpOf(await enrol('Approver', 'approver'));
  const reviewer = await enrol('Reviewer', 'reviewer');
  await admin.call('putRecipient', {
    input: { recipient: `age1${'q'.repeat(58)}`, accountId: reviewer.account.id },
  });
  await admin.call('putTarget', {
    input: {
      target: { id: TARGET, kind: 'local', name: 'scale' },
      accounts: ['user'],
      redaction: {},
      scope: {},
      session: {},
      maxMinutes: 60,
      secret: { kind: 'none' },
    },
  });
  const devices: ScaleDevice[] = [];
  await inTurns(deviceCount, async index => {
    const account = await enrol(`Operator ${String(index)}`, 'operator');
    const http = httpOf(account);
    const { id } = await http.call('createRequest', {
      input: { targetId: TARGET, account: 'user', reason: 'bench', durationS: 3600 },
    });
    const { grantId } = await approver.call('decideRequest', {
      params: { id },
      input: { decision: 'approve' },
    });
    if (grantId === null) throw new Error('no grant');
    const { jws } = await http.call('getGrant', { params: { id: grantId } });
    const authorize = createLightProofs(account);
    devices.push({
      account,
      grantId,
      grantHash: createHash('sha256')
        .update(jws ?? '')
        .digest('hex'),
      authorize,
      createSession: async () => (await http.call('createSession', { input: { grantId } })).id,
    });
  });
  return {
    url,
    folder,
    devices,
    async use() {
      child.stdin.write('use\n');
      return JSON.parse(await nextLine()) as ServerUse;
    },
    async close() {
      child.stdin.end();
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The proofs of the real client (main/server-client/proof.ts), signed without a way through other threads: it plays all clients at once. */
function createLightProofs(account: EnrolledAccount): ScaleDevice['authorize'] {
  const key = createPrivateKey(account.device.privateKeyPem);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'EdDSA', typ: PROOF_TYP });
  const { deviceId: sub, audience: aud } = account;
  return (method, path) => {
    const iat = Math.floor(Date.now() / 1000);
    const input = `${header}.${encode({ htm: method, htp: path, sub, aud, jti: randomUUID(), iat })}`;
    const signature = sign(null, Buffer.from(input), key).toString('base64url');
    return Promise.resolve(`Sallyport ${input}.${signature}`);
  };
}

/** Runs so many pieces of work, a few at a time. */
export async function inTurns(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The value under which that share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
