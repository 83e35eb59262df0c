import { z } from 'zod';
import { AuditEntry } from '../server-api.ts';
import { TreeProof } from '../transparency.ts';
import { limit, route } from './route.ts';

const logSize = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** The audit log and its proofs. */
export const LOG_ROUTES = {
  /** the newest `limit` entries, or the first ones after number `after`; oldest of them first, so that the hashes read as a chain */
  listAudit: route({
    method: 'GET',
    path: '/v1/audit',
    proof: 'device',
    query: z.strictObject({ limit, after: z.coerce.number().int().nonnegative().optional() }),
    output: z.object({ entries: z.array(AuditEntry) }),
  }),
  /** for every enrolled device: what it compares with the checkpoint that it saw before */
  logCheckpoint: route({
    method: 'GET',
    path: '/v1/log/checkpoint',
    proof: 'device',
    /** compact JWS of `LogCheckpoint` */
    output: z.object({ checkpoint: z.string() }),
  }),
  logConsistency: route({
    method: 'GET',
    path: '/v1/log/consistency',
    proof: 'device',
    query: z.strictObject({ first: logSize, second: logSize }),
    output: z.object({ proof: TreeProof }),
  }),
  /** who may read the audit log: one entry and the proof that it is among the first `size` */
  logInclusion: route({
    method: 'GET',
    path: '/v1/log/inclusion',
    proof: 'device',
    query: z.strictObject({ sequence: logSize, size: logSize }),
    output: z.object({ entry: AuditEntry, proof: TreeProof }),
  }),
} as const;
