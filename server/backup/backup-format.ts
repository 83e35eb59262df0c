import { z } from 'zod';

/**
 * A backup is one age file (age-encryption.org/v1) of a zstd stream of a tar archive (POSIX ustar), so that the stock programs open it. Its
 * entries, in this order: `manifest.json`, `server.json`, `keys/…`, `tables/NAME/NUMBER` (PostgreSQL's COPY text format, each table in pieces
 * that follow each other), `end.json`. What comes after `end.json` or is of another name is no backup.
 */
export const MANIFEST = 'manifest.json';
export const SERVER_FILE = 'server.json';
export const END = 'end.json';

const Name = z.string().regex(/^[a-z_]{1,63}$/);

/** What is in a backup, and of which schema. */
export const Manifest = z.strictObject({
  format: z.literal('sallyport-backup'),
  version: z.literal(1),
  program: z.string(),
  /** the newest migration that the database had */
  migration: z.string(),
  atMs: z.number(),
  /** in an order in which they can be filled: what is referred to first */
  tables: z.array(z.strictObject({ name: Name, columns: z.array(Name).min(1) })),
});
export type Manifest = z.infer<typeof Manifest>;

/** What each table must have had when all of it was there. */
export const BackupEnd = z.strictObject({
  tables: z.record(Name, z.strictObject({ rows: z.int().nonnegative(), sha256: z.string().length(64) })),
});
export type BackupEnd = z.infer<typeof BackupEnd>;

/** Names of keys: no way out of the folder. */
export const KEY_ENTRY = /^keys\/(?:signing\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/;
export const TABLE_ENTRY = /^tables\/([a-z_]{1,63})\/\d{6,}$/;
