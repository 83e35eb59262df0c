import { z } from 'zod';

/**
 * The server's transparency log: the hashes of its audit entries as leaves of a Merkle tree (RFC 9162, core/transparency). Who keeps one
 * signed checkpoint can have it proven later that nothing that stood in the log then was changed or taken out.
 */
export const CHECKPOINT_TYP = 'sallyport-log-checkpoint+jwt';

const TreeHashHex = z.string().regex(/^[0-9a-f]{64}$/);

/** Claims of a checkpoint's JWS: root over the first `size` entries, at server time (milliseconds since 1970). */
export const LogCheckpoint = z.object({ size: z.int().nonnegative(), root: TreeHashHex, atMs: z.number() });
export type LogCheckpoint = z.infer<typeof LogCheckpoint>;

/** From the bottom up, hex. 2^53 entries make 53 of them, twice as many in a proof of consistency. */
export const TreeProof = z.array(TreeHashHex).max(110);
