import { createHash } from 'node:crypto';
import type { JWK } from 'jose';
import { calculateJwkThumbprint } from 'jose';
import { AuditFileHead } from '../../contract/audit-file.ts';
import { SallyportError } from '../../contract/errors.ts';
import { AuditEntry } from '../../contract/server-api.ts';
import type { LogCheckpoint } from '../../contract/transparency.ts';
import { auditHash, CHAIN_START } from '../../core/transparency/audit-chain.ts';
import { createRunningRoot } from '../../core/transparency/tree-root.ts';
import type { RecordingSource } from '../review/recording-source.ts';
import { verifyCheckpoint } from '../server-client/signed-statements.ts';

export interface CheckedAuditFile {
  readonly isVerified: boolean;
  /** entries that follow each other from the first on */
  readonly entries: number;
  /** null where its signature is not by a key that is believed */
  readonly checkpoint: LogCheckpoint | null;
  /** RFC 7638 thumbprints of the keys that were believed */
  readonly serverKeys: readonly string[];
  /** what is wrong, in words; empty where it is verified */
  readonly problems: readonly string[];
}

const READ_BYTES = 1024 * 1024;
/** An entry's detail is what a request may hold. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;
const HASH = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/** Whether a file that begins with these bytes is an exported audit log. */
export function isAuditFile(firstBytes: Uint8Array): boolean {
  return new TextDecoder().decode(firstBytes).startsWith('{"kind":"sallyport-audit"');
}

/**
 * Checks an exported audit log offline: that each entry follows from the one before it, from the first on, and that they are exactly those of
 * the checkpoint, which the server signed. `serverKey`: the only key (thumbprint) that is believed; null: those in the file.
 */
export async function checkAuditFile(
  source: RecordingSource,
  serverKey: string | null,
  signal?: AbortSignal,
): Promise<CheckedAuditFile> {
  const problems: string[] = [];
  const root = createRunningRoot(HASH);
  let head: AuditFileHead | null = null;
  let previous = CHAIN_START;
  for await (const line of linesOf(source, signal)) {
    if (head === null) {
      head = readHead(line);
      continue;
    }
    const entry = AuditEntry.safeParse(parseJson(line));
    const expected = root.size + 1;
    if (!entry.success) {
      problems.push(`Line ${expected + 1} is no audit entry: it was cut or changed.`);
      break;
    }
    const { sequence, hash, action } = entry.data;
    if (sequence !== expected) {
      problems.push(
        `Entry ${expected} is not there: entry ${sequence} stands in its place. Entries were taken out or moved.`,
      );
      break;
    }
    if (hash !== auditHash(HASH, previous, entry.data)) {
      problems.push(
        `Entry ${sequence} (${action}) is not what was written: it, or one before it, was changed.`,
      );
      break;
    }
    previous = hash;
    root.add(Buffer.from(hash, 'hex'));
  }
  if (head === null) throw notAnAuditFile();
  const { keys, serverKeys } = await believedKeys(head, serverKey);
  const checkpoint = await verifyCheckpoint(head.checkpoint, { keys }).catch(() => null);
  if (checkpoint === null) {
    problems.push('The checkpoint is not signed by that server: nobody vouches for these entries.');
  } else if (problems.length === 0) {
    if (root.size !== checkpoint.size)
      problems.push(
        `The log had ${checkpoint.size} entries and the file holds ${root.size}: ${root.size < checkpoint.size ? 'its end was cut off' : 'entries were added'}.`,
      );
    else if (Buffer.from(root.root()).toString('hex') !== checkpoint.root)
      problems.push('The entries are not those of the checkpoint: the whole log was written anew.');
  }
  return { isVerified: problems.length === 0, entries: root.size, checkpoint, serverKeys, problems };
}

async function believedKeys(
  head: AuditFileHead,
  serverKey: string | null,
): Promise<{ readonly keys: JWK[]; readonly serverKeys: string[] }> {
  const keys: JWK[] = [];
  const serverKeys: string[] = [];
  for (const raw of head.jwks.keys) {
    const key: JWK = { ...raw, kty: String(raw['kty']) };
    const thumbprint = await calculateJwkThumbprint(key).catch(() => null);
    if (thumbprint === null || (serverKey !== null && thumbprint !== serverKey)) continue;
    keys.push(key);
    serverKeys.push(thumbprint);
  }
  return { keys, serverKeys };
}

async function* linesOf(source: RecordingSource, signal: AbortSignal | undefined): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for (let from = 0; ; ) {
    signal?.throwIfAborted();
    const { bytes } = await source.read({ from, to: from + READ_BYTES });
    if (bytes.length === 0) break;
    from += bytes.length;
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      yield rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > MAX_LINE_BYTES) throw notAnAuditFile();
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

function readHead(line: string): AuditFileHead {
  const head = AuditFileHead.safeParse(parseJson(line));
  if (!head.success) throw notAnAuditFile();
  return head.data;
}

function notAnAuditFile(): SallyportError {
  return new SallyportError(
    'bad-input',
    'This is no exported audit log of this version. "sallyport admin audit export" writes one.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
