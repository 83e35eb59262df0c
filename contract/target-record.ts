import { z } from 'zod';
import { RedactionPolicy } from './redaction.ts';
import { TargetInput } from './server-api.ts';
import { TargetSecret } from './target-secret.ts';

/** What is kept of a target in the open. */
export const TargetTerms = TargetInput.omit({ secret: true, viaSecrets: true, keepsSecrets: true })
  .extend({
    // stored whole, whatever preset it was given by
    redaction: RedactionPolicy,
  })
  // what the server notes beside them is its own
  .strip();
export type TargetTerms = z.output<typeof TargetTerms>;

const Credential = z.enum(TargetSecret.options.map(option => option.shape.kind.value));

/** A target as administrators see it: everything but what its credentials are. */
export const TargetRecord = z.object({
  terms: TargetTerms,
  credential: Credential,
  /** of jump hosts */
  viaCredentials: z.array(Credential),
  updatedAtMs: z.number(),
});
export type TargetRecord = z.infer<typeof TargetRecord>;

/** Whether a target's address answers from this machine, and as what, in words. */
export const TargetProbe = z.object({
  isReachable: z.boolean(),
  said: z.string(),
  tookMs: z.number().nonnegative(),
});
export type TargetProbe = z.infer<typeof TargetProbe>;
