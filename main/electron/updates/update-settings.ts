import { z } from 'zod';

/** Where a program gets its updates from, fixed when it was packaged: `updates` in the package.json inside of its archive (docs/release.md). */
export interface UpdateSettings {
  /** the folder of the feed, https; http on this machine only */
  readonly feed: string;
  readonly channel: 'latest' | 'beta' | 'alpha';
  /** Ed25519 public keys (32 bytes, base64url): one of them has signed each release */
  readonly keys: readonly string[];
}

const isSafe = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isHere = hostname === '127.0.0.1' || hostname === 'localhost';
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && `${username}${search}${hash}` === '';
};

const Manifest = z.object({
  updates: z
    .object({
      feed: z.string().refine(isSafe, 'is no https address of a folder'),
      channel: z.enum(['latest', 'beta', 'alpha']).default('latest'),
      /** by commas */
      keys: z
        .string()
        .transform(text => text.split(','))
        .pipe(z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is no Ed25519 key in base64url')).min(1)),
    })
    .optional(),
});

/** Null where no feed is configured: then nothing is looked for. Throws (zod) for settings that are wrong. */
export function readUpdateSettings(manifest: unknown): UpdateSettings | null {
  const { updates } = Manifest.parse(manifest);
  if (updates === undefined) return null;
  return { ...updates, feed: updates.feed.replace(/\/*$/, '/') };
}
