import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { SallyportError } from '../../contract/errors.ts';
import type { LogCheckpoint } from '../../contract/transparency.ts';
import { isConsistent } from '../../core/transparency/merkle-tree.ts';
import type { ServerHttp } from './server-http.ts';
import { verifyCheckpoint } from './signed-statements.ts';

const TREE_HASH = {
  sha256: (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/**
 * Keeps the newest checkpoint of a server's log that this client has seen, signed as it came, and has each newer one proven to go on from it.
 * A log from which something was taken out, or in which something was changed, cannot give that proof.
 */
export interface LogWitness {
  /**
   * Fetches the checkpoint of now and checks it. Throws `log-rewritten` where it does not go on from the one that is kept, which then
   * stays as evidence; `SallyportError`s of the connection otherwise.
   */
  observe(): Promise<LogCheckpoint>;
}

export interface LogWitnessOptions {
  readonly http: Pick<ServerHttp, 'call'>;
  readonly jwks: JSONWebKeySet;
  /** file of the kept checkpoint: one line, a compact JWS */
  readonly path: string;
}

export function createLogWitness({ http, jwks, path }: LogWitnessOptions): LogWitness {
  return {
    async observe() {
      const kept = await readKept(path, jwks);
      const { checkpoint: jws } = await http.call('logCheckpoint', {});
      const now = await verifyCheckpoint(jws, jwks);
      if (kept !== null) await requireConsistent(http, kept, now);
      if (kept === null || now.size > kept.size) await keep(path, jws);
      return now;
    },
  };
}

async function requireConsistent(
  http: Pick<ServerHttp, 'call'>,
  kept: LogCheckpoint,
  now: LogCheckpoint,
): Promise<void> {
  // an answer that was on its way while a newer one was kept
  if (now.size < kept.size && now.atMs <= kept.atMs) return;
  const isGrown = now.size > kept.size && kept.size > 0;
  const { proof } = isGrown
    ? await http.call('logConsistency', { query: { first: kept.size, second: now.size } })
    : { proof: [] };
  const isOne =
    now.size >= kept.size &&
    isConsistent(TREE_HASH, {
      first: kept.size,
      second: now.size,
      firstRoot: Buffer.from(kept.root, 'hex'),
      secondRoot: Buffer.from(now.root, 'hex'),
      proof: proof.map(hash => Buffer.from(hash, 'hex')),
    });
  if (isOne) return;
  throw new SallyportError(
    'log-rewritten',
    `The server's log of ${new Date(now.atMs).toISOString()} does not go on from the one of ${new Date(kept.atMs).toISOString()} with ${kept.size} entries that it signed: something was changed or taken out. Tell those who look after the server; the signed proof of the older state is kept in this profile.`,
  );
}

/** Null where none is kept, or by a key that is not the server's any more. */
async function readKept(path: string, jwks: JSONWebKeySet): Promise<LogCheckpoint | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  return verifyCheckpoint(text.trim(), jwks).catch(() => null);
}

async function keep(path: string, jws: string): Promise<void> {
  await writeFile(`${path}.new`, `${jws}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}
