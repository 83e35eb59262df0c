import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SallyportError } from '../../contract/errors.ts';

/** Seals secrets for storage: AES-256-GCM, `version(1) nonce(12) tag(16) ciphertext`, bound to a context such as the target's id. */
export interface SecretBox {
  seal(value: unknown, context: string): Uint8Array;
  /** Throws `server-failed` when it was sealed with another key, for another context, or was altered. */
  open(sealed: Uint8Array, context: string): unknown;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `masterKey`: 32 bytes. */
export function createSecretBox(masterKey: Uint8Array): SecretBox {
  return {
    seal(value, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      try {
        if (sealed[0] !== VERSION) throw new Error('unknown version');
        const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
        const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(context));
        decipher.setAuthTag(tag);
        const body = decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES));
        const value: unknown = JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8'));
        return value;
      } catch (error) {
        throw new SallyportError(
          'server-failed',
          'A stored secret cannot be opened with this master key. Restore the key file that belongs to this database.',
          { cause: error },
        );
      }
    },
  };
}
