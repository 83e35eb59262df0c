import { z } from 'zod';
import type { UploadFacts } from './recording-store.ts';

/** As older versions wrote it, too: theirs has members that nobody needs, and no `atRest`. */
const FactsJson = z.object({
  size: z.int().nonnegative().optional(),
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  creation_date: z.string().optional(),
  atRest: z.literal('aes-256-ctr').optional(),
});

/** JSON of the facts of an upload, as a store keeps it. */
export function formatFacts({ size, metadata, createdAt, isEncrypted }: UploadFacts): string {
  const json: z.input<typeof FactsJson> = {
    ...(size === null ? {} : { size }),
    metadata: { ...metadata },
    creation_date: createdAt,
    ...(isEncrypted ? { atRest: 'aes-256-ctr' } : {}),
  };
  return JSON.stringify(json);
}

/** Throws for what `formatFacts` did not write. */
export function parseFacts(text: string): UploadFacts {
  const { size, metadata, creation_date, atRest } = FactsJson.parse(JSON.parse(text));
  return {
    size: size ?? null,
    metadata: metadata ?? {},
    createdAt: creation_date ?? new Date(0).toISOString(),
    isEncrypted: atRest !== undefined,
  };
}
