import { createHash } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet } from 'jose';
import type { Evidence, ProvenEntry } from '../../contract/evidence.ts';
import { GRANT_TYP, GrantClaims } from '../../contract/grant.ts';
import type { RecordingHeader } from '../../contract/recording.ts';
import { auditHash } from '../../core/transparency/audit-chain.ts';
import type { TreeHash } from '../../core/transparency/merkle-tree.ts';
import { isIncluded, leafHash } from '../../core/transparency/merkle-tree.ts';
import { canonicalJson } from '../../core/recording/encoding.ts';
import { verifyCheckpoint } from '../server-client/signed-statements.ts';
import { timeText } from './time-text.ts';

const TREE_HASH: TreeHash = {
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/** What a check of evidence found, one line for each thing that was looked at. */
export interface EvidenceFinding {
  readonly check: 'server-key' | 'checkpoint' | 'entry' | 'grant' | 'recording' | 'session' | 'access';
  readonly ok: boolean;
  readonly message: string;
}

/** What the bundle's own recording turned out to be. */
export interface CheckedRecording {
  readonly header: RecordingHeader | null;
  /** hash of its last record, hex */
  readonly lastHash: string | null;
  readonly bytes: number;
}

/**
 * Checks everything that a bundle claims beside its recording's chain, with nothing but the bundle. `serverKey`: the RFC 7638 thumbprint of
 * the server's key that the reader knows from elsewhere, or null; then the check says which key vouches for all of it.
 */
export async function checkEvidence(
  evidence: Evidence,
  recording: CheckedRecording,
  serverKey: string | null,
): Promise<readonly EvidenceFinding[]> {
  const jwks = await keysFor(evidence, serverKey);
  const findings: EvidenceFinding[] = [await serverKeyFinding(evidence, serverKey)];
  const root = await checkCheckpoint(evidence, jwks, findings);
  const wrong = evidence.entries.filter(proven => root === null || !isProven(proven, root));
  findings.push({
    check: 'entry',
    ok: evidence.entries.length > 0 && wrong.length === 0,
    message:
      wrong.length === 0
        ? `All ${evidence.entries.length} audit entries stand in the log of the checkpoint.`
        : `${wrong.length} of ${evidence.entries.length} audit entries do not stand in the log of the checkpoint: ${wrong
            .slice(0, 5)
            .map(({ entry }) => `${entry.sequence} (${entry.action})`)
            .join(', ')}.`,
  });
  findings.push(
    await grantFinding(evidence, recording, jwks),
    storedFinding(evidence, recording),
    sessionFinding(evidence),
    accessFinding(evidence),
  );
  return findings;
}

/** RFC 7638 thumbprints of the server's keys in the bundle. */
export async function thumbprints({ jwks }: Evidence): Promise<readonly { key: JWK; thumbprint: string }[]> {
  const found: { key: JWK; thumbprint: string }[] = [];
  for (const raw of jwks.keys) {
    const key: JWK = { ...raw, kty: String(raw['kty']) };
    const thumbprint = await calculateJwkThumbprint(key).catch(() => null);
    if (thumbprint !== null) found.push({ key, thumbprint });
  }
  return found;
}

/** Only keys that the reader trusts: the one that was named, or else all of the bundle's. */
async function keysFor(evidence: Evidence, serverKey: string | null): Promise<JSONWebKeySet> {
  const known = await thumbprints(evidence);
  return {
    keys: known.filter(each => serverKey === null || each.thumbprint === serverKey).map(({ key }) => key),
  };
}

async function serverKeyFinding(evidence: Evidence, serverKey: string | null): Promise<EvidenceFinding> {
  const names = (await thumbprints(evidence)).map(({ thumbprint }) => thumbprint);
  if (serverKey !== null) {
    const ok = names.includes(serverKey);
    return {
      check: 'server-key',
      ok,
      message: ok
        ? `The bundle is of the server with the key ${serverKey}.`
        : `The bundle is not of the server with the key ${serverKey}; it has ${names.join(', ') || 'none'}.`,
    };
  }
  return {
    check: 'server-key',
    ok: names.length > 0,
    message: `Signatures are checked with the server's key in the bundle, ${names.join(', ') || 'none'}. Compare it with the one that you know, or name that with --server-key.`,
  };
}

async function checkCheckpoint(
  { checkpoint }: Evidence,
  jwks: JSONWebKeySet,
  findings: EvidenceFinding[],
): Promise<{ size: number; hash: Uint8Array } | null> {
  const claims = await verifyCheckpoint(checkpoint, jwks).catch(() => null);
  findings.push({
    check: 'checkpoint',
    ok: claims !== null,
    message:
      claims === null
        ? 'The checkpoint of the log is not signed by the server.'
        : `The server signed its log of ${claims.size} entries on ${timeText(claims.atMs)}.`,
  });
  return claims === null ? null : { size: claims.size, hash: Buffer.from(claims.root, 'hex') };
}

function isProven(
  { entry, previousHash, proof }: ProvenEntry,
  root: { size: number; hash: Uint8Array },
): boolean {
  return (
    auditHash(TREE_HASH, previousHash, entry) === entry.hash &&
    isIncluded(TREE_HASH, {
      leaf: leafHash(TREE_HASH, Buffer.from(entry.hash, 'hex')),
      index: entry.sequence - 1,
      size: root.size,
      proof: proof.map(hash => Buffer.from(hash, 'hex')),
      root: root.hash,
    })
  );
}

/** The recording names the hash of its grant: that very grant must be there, signed by the server. */
async function grantFinding(
  { grants, entries }: Evidence,
  { header }: CheckedRecording,
  jwks: JSONWebKeySet,
): Promise<EvidenceFinding> {
  const jws = grants.find(each => createHash('sha256').update(each).digest('hex') === header?.grantHash);
  const failed = (message: string): EvidenceFinding => ({ check: 'grant', ok: false, message });
  if (jws === undefined) return failed('The grant that the recording names is not in the bundle.');
  const verified = await compactVerify(jws, createLocalJWKSet(jwks)).catch(() => null);
  if (verified?.protectedHeader.typ !== GRANT_TYP) return failed('The grant is not signed by the server.');
  const claims = GrantClaims.safeParse(parseJson(verified.payload));
  if (!claims.success) return failed('The grant does not have the form of one.');
  const isApproved = entries.some(({ entry }) => entry.action === 'request.approve');
  if (!isApproved) return failed('No approval of the request stands among the audit entries.');
  const { approved_by, reason, exp } = claims.data;
  return {
    check: 'grant',
    ok: true,
    message: `The server granted it until ${timeText(exp * 1000)}, approved by ${approved_by.join(', ') || 'a policy'}, for: ${reason}`,
  };
}

/** The audit log says which recording was stored: by the hash of its last record, which stands for all of it. */
function storedFinding(
  { entries }: Evidence,
  { lastHash, bytes, header }: CheckedRecording,
): EvidenceFinding {
  const stored = entries.find(
    ({ entry }) => entry.action === 'recording.stored' && entry.subject === header?.sessionId,
  );
  if (stored === undefined)
    return {
      check: 'recording',
      ok: false,
      message: 'No audit entry says that the server stored this recording.',
    };
  const { detail, atMs } = stored.entry;
  const ok = detail['hash'] === lastHash && detail['bytes'] === bytes;
  return {
    check: 'recording',
    ok,
    message: ok
      ? `It is the recording that the server stored on ${timeText(atMs)}: ${bytes} bytes, last hash ${lastHash ?? ''}.`
      : 'It is not the recording that the server stored: length or last hash differ.',
  };
}

/** How many values were masked is what the session's client reported at its end, and the log has it. */
function sessionFinding({ entries, session }: Evidence): EvidenceFinding {
  const ended = entries.find(({ entry }) => entry.action === 'session.end' && entry.subject === session.id);
  const total = Object.values(session.masked).reduce((sum, count) => sum + count, 0);
  const counts = Object.entries(session.masked)
    .map(([entity, count]) => `${count} ${entity}`)
    .join(', ');
  if (ended === undefined)
    return {
      check: 'session',
      ok: true,
      message: 'No audit entry counts what was masked: the client never reported its end.',
    };
  const ok = canonicalJson(ended.entry.detail['masked'] ?? {}) === canonicalJson(session.masked);
  return {
    check: 'session',
    ok,
    message: ok
      ? `The client reported ${total} masked values${total === 0 ? '' : ` (${counts})`}.`
      : 'The counts of masked values are not those that the client reported: they differ from the audit entry of the end.',
  };
}

/** Who fetched the recording, and what was decided on it. */
function accessFinding({ entries }: Evidence): EvidenceFinding {
  const readings = entries.filter(({ entry }) => entry.action === 'recording.read');
  const readers = [...new Set(readings.map(({ entry }) => entry.actor))];
  const decisions = entries
    .filter(({ entry }) => entry.action === 'recording.review')
    .map(({ entry }) => `${String(entry.detail['decision'])} by ${entry.actor}`);
  return {
    check: 'access',
    ok: true,
    message: `${readings.length === 0 ? 'Nobody fetched it' : `It was fetched ${readings.length} times, by ${readers.join(', ')}`}; ${decisions.length === 0 ? 'nobody decided on it' : decisions.join(', then ')}.`,
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
