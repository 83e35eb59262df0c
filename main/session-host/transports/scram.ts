import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

/** The client's side of SCRAM-SHA-256 without channel binding (RFC 5802, RFC 7677), as PostgreSQL speaks it (no user name inside). */
export interface ScramClient {
  readonly first: string;
  /** The answer to the server's first message; throws when that is none for us. */
  answer(serverFirst: string): string;
  /** Whether the server knows the password as well. */
  isServerProven(serverFinal: string): boolean;
}

/** A server that asks for more would make the login a denial of service. */
const MAX_ITERATIONS = 1_000_000;

/** `nonce` is for tests with the vectors of RFC 7677 only. */
export function startScram(
  password: string,
  options: { readonly nonce?: string; readonly username?: string } = {},
): ScramClient {
  const nonce = options.nonce ?? randomBytes(18).toString('base64');
  const firstBare = `n=${options.username ?? ''},r=${nonce}`;
  let serverSignature: Buffer | null = null;
  return {
    first: `n,,${firstBare}`,
    answer(serverFirst) {
      const fields = fieldsOf(serverFirst);
      const combined = fields.get('r') ?? '';
      const iterations = Number(fields.get('i'));
      const salt = Buffer.from(fields.get('s') ?? '', 'base64');
      const isSane = Number.isInteger(iterations) && iterations > 0 && iterations <= MAX_ITERATIONS;
      if (!isSane || salt.length === 0 || !combined.startsWith(nonce) || combined === nonce) {
        throw new Error('the server sent no valid SCRAM challenge');
      }
      const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
      const clientKey = hmac(salted, 'Client Key');
      const withoutProof = `c=biws,r=${combined}`;
      const message = `${firstBare},${serverFirst},${withoutProof}`;
      const signature = hmac(createHash('sha256').update(clientKey).digest(), message);
      serverSignature = hmac(hmac(salted, 'Server Key'), message);
      const proof = clientKey.map((byte, i) => byte ^ (signature[i] ?? 0));
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    isServerProven(serverFinal) {
      const shown = Buffer.from(fieldsOf(serverFinal).get('v') ?? '', 'base64');
      return (
        serverSignature !== null &&
        shown.length === serverSignature.length &&
        timingSafeEqual(shown, serverSignature)
      );
    },
  };
}

function fieldsOf(message: string): ReadonlyMap<string, string> {
  return new Map(message.split(',').map(field => [field.slice(0, 1), field.slice(2)]));
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
