import { z } from 'zod';
import { AuditEntry, SessionRecord } from './server-api.ts';
import { TreeProof } from './transparency.ts';

/** An audit entry with what proves that it stands in the log of a checkpoint. `previousHash`: of the entry before it. */
export const ProvenEntry = z.object({
  entry: AuditEntry,
  previousHash: z.string().regex(/^[0-9a-f]{64}$/),
  proof: TreeProof,
});
export type ProvenEntry = z.infer<typeof ProvenEntry>;

/**
 * Everything that a server says about a recording, provable without it: the grants as they were signed, and every audit entry of
 * the requests, grants, session and recording (approvals, storage with the recording's last hash, readings, decisions) under one checkpoint.
 */
export const Evidence = z.object({
  version: z.literal(1),
  /** public keys of the server, JWK (RFC 7517) */
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }),
  /** compact JWS, the first one and what extended it */
  grants: z.array(z.string()).max(100),
  /** compact JWS of `Receipt`: what the server countersigned of the recording */
  receipts: z.array(z.string().max(4000)).max(10).default([]),
  session: SessionRecord,
  /** compact JWS of `LogCheckpoint` */
  checkpoint: z.string(),
  entries: z.array(ProvenEntry).max(5000),
});
export type Evidence = z.infer<typeof Evidence>;
