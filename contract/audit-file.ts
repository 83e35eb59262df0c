import { z } from 'zod';

/**
 * The first line of an exported audit log (JSON lines, UTF-8); every further line is an `AuditEntry`, from the first on, as many as the checkpoint
 * counts. `checkpoint`: compact JWS of `LogCheckpoint`; `jwks`: the server's public keys, JWK (RFC 7517).
 */
export const AuditFileHead = z.object({
  kind: z.literal('sallyport-audit'),
  version: z.literal(1),
  server: z.string().max(500),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }),
  checkpoint: z.string().max(10_000),
});
export type AuditFileHead = z.infer<typeof AuditFileHead>;
