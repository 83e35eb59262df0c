import { z } from 'zod';
import { AuditEntry } from '../server-api.ts';
import { TreeProof } from '../transparency.ts';
import { limit, route } from './route.ts';

const logSize = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** The audit log and its proofs. */
export const LOG_ROUTES = {
  listAudit: route({
    about:
      'The audit log: the newest limit entries, or the first ones after number after; oldest of them first, so that the hashes read as a chain.',
    refusals: ['not-allowed'],
    method: 'GET',
    path: '/v1/audit',
    proof: 'device',
    query: z.strictObject({ limit, after: z.coerce.number().int().nonnegative().optional() }),
    output: z.object({ entries: z.array(AuditEntry) }),
  }),
  logCheckpoint: route({
    about:
      'The newest signed checkpoint of the log (compact JWS), for every enrolled device: what it compares with the checkpoint that it saw before.',
    refusals: [],
    method: 'GET',
    path: '/v1/log/checkpoint',
    proof: 'device',
    /** compact JWS of `LogCheckpoint` */
    output: z.object({ checkpoint: z.string() }),
  }),
  logConsistency: route({
    about: 'Proof that the log of the first size is the beginning of the one of the second.',
    refusals: ['not-found'],
    method: 'GET',
    path: '/v1/log/consistency',
    proof: 'device',
    query: z.strictObject({ first: logSize, second: logSize }),
    output: z.object({ proof: TreeProof }),
  }),
  logInclusion: route({
    about: 'For who may read the audit log: one entry and the proof that it is among the first size.',
    refusals: ['not-allowed', 'not-found'],
    method: 'GET',
    path: '/v1/log/inclusion',
    proof: 'device',
    query: z.strictObject({ sequence: logSize, size: logSize }),
    output: z.object({ entry: AuditEntry, proof: TreeProof }),
  }),
} as const;
