import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Secrets that this process gave out, compared in constant time. Only hashes are kept. */
export interface OneTimeTokens {
  /** A token that works once, within its time. */
  issue(): string;
  /** True once for a token that was issued and is not too old; it is used up then. */
  redeem(token: string): boolean;
}

/** An address in a scrollback or a shell history is worthless after this. */
export const TOKEN_LIFETIME_MS = 10 * 60_000;

export function createOneTimeTokens(nowMs: () => number): OneTimeTokens {
  let issued: { readonly hash: Buffer; readonly untilMs: number }[] = [];
  return {
    issue() {
      const token = randomSecret();
      issued.push({ hash: hashOf(token), untilMs: nowMs() + TOKEN_LIFETIME_MS });
      return token;
    },
    redeem(token) {
      const hash = hashOf(token);
      issued = issued.filter(each => nowMs() < each.untilMs);
      const found = issued.filter(each => timingSafeEqual(each.hash, hash));
      issued = issued.filter(each => !found.includes(each));
      return found.length > 0;
    },
  };
}

/** Secrets that last as long as this process. */
export function createSecretSet(): { add(): string; has(secret: string): boolean } {
  const hashes: Buffer[] = [];
  return {
    add() {
      const secret = randomSecret();
      hashes.push(hashOf(secret));
      return secret;
    },
    has(secret) {
      const hash = hashOf(secret);
      return hashes.filter(each => timingSafeEqual(each, hash)).length > 0;
    },
  };
}

const randomSecret = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
