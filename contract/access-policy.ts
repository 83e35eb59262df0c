import { z } from 'zod';
import { ExposureBudget, GrantScope, RecordingTerms, TargetKind } from './grant.ts';
import { PolicySource } from './policy-source.ts';
import { ReviewTerms } from './review-terms.ts';
import { Role } from './server-api.ts';

/**
 * The access policy: who may ask for what, who approves it, and under which terms. One file, YAML or JSON. The rules are read from the
 * top, the first that fits a request decides, and what no rule fits is refused. Without a policy the terms of each target decide alone.
 */

const Name = z.string().trim().min(1).max(120);
const Names = z.array(Name).min(1).max(200);
/** Of ids or login names; `*` stands for any characters. */
const Patterns = z.array(z.string().min(1).max(128)).min(1).max(200);

/** A person fits who fits every key that is given: one of the roles, and one of the groups, and one of the names. */
export const PolicyPeople = z
  .strictObject({ roles: z.array(Role).min(1).optional(), groups: Names.optional(), names: Names.optional() })
  .refine(
    ({ roles, groups, names }) => roles !== undefined || groups !== undefined || names !== undefined,
    'must say at least one of roles, groups and names',
  );
export type PolicyPeople = z.infer<typeof PolicyPeople>;

export const PolicyApprovals = z.strictObject({
  /** distinct approvers who must each approve; never the requester */
  count: z.int().min(1).max(5).default(1),
  /** which approvers; without it every one */
  by: PolicyPeople.optional(),
});

export const PolicyExtensions = z.strictObject({
  /** `approvers`: an extension is approved like a request. `requester`: the holder extends alone, within the limits below. */
  by: z.enum(['approvers', 'requester']).default('approvers'),
  atMost: z.int().min(0).max(100).default(3),
  /** from the beginning of the first grant to the end of the last; without it no limit but `atMost` */
  totalMinutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .optional(),
});

export const PolicyRule = z
  .strictObject({
    /** stands in the audit log, and in what people are told */
    name: Name,
    who: PolicyPeople,
    /** ids of targets */
    targets: Patterns.optional(),
    environments: z
      .array(z.enum(['production', 'staging', 'development']))
      .min(1)
      .optional(),
    kinds: z.array(TargetKind).min(1).optional(),
    /** logins on the target */
    accounts: Patterns.default(['*']),
    maxMinutes: z
      .number()
      .positive()
      .max(24 * 60),
    approvals: PolicyApprovals.prefault({}),
    extensions: PolicyExtensions.prefault({}),
    /** in place of the target's own redaction policy */
    redaction: PolicySource.optional(),
    /** on top of the target's own scope: it can only narrow */
    scope: GrantScope.prefault({}),
    /** the smaller of this and the target's own */
    budget: ExposureBudget.prefault({}),
    /** in place of the target's own */
    recording: z.strictObject({ retentionDays: RecordingTerms.shape.retentionDays }).optional(),
    review: ReviewTerms.optional(),
  })
  .refine(
    ({ targets, environments, kinds }) =>
      targets !== undefined || environments !== undefined || kinds !== undefined,
    'must say at least one of targets (["*"] for every one), environments and kinds',
  );
export type PolicyRule = z.infer<typeof PolicyRule>;

export const AccessPolicy = z
  .strictObject({
    version: z.literal(1),
    /** groups of people by the names of their accounts, besides the groups that an identity provider tells */
    groups: z.record(Name, z.array(Name).max(1000)).default({}),
    rules: z.array(PolicyRule).max(500),
  })
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of rules.entries()) {
      if (seen.has(name)) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'name'],
          message: `there is a rule "${name}" above already; give each a name of its own`,
        });
      }
      seen.add(name);
    }
  });
export type AccessPolicy = z.infer<typeof AccessPolicy>;

/** The largest policy that is read, in characters. */
export const MAX_POLICY_LENGTH = 500_000;

/** A policy that a server goes by. `digest`: SHA-256 of the file's text, hex. */
export const AppliedPolicy = z.object({
  source: z.string(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  appliedAtMs: z.number(),
});
export type AppliedPolicy = z.infer<typeof AppliedPolicy>;

/** What would have become of a past request under a policy. */
export const PolicyReplayRow = z.object({
  requestId: z.string(),
  createdAtMs: z.number(),
  requester: z.string(),
  target: z.string(),
  account: z.string(),
  minutes: z.number(),
  isExtension: z.boolean(),
  /** what became of it */
  was: z.string(),
  /** `refused`: no rule fits; `undecided`: approved then, by fewer or others than the rule asks for; `self-extended`: by the holder alone */
  would: z.enum(['same', 'refused', 'undecided', 'self-extended', 'other-terms']),
  rule: z.string().nullable(),
  /** in words */
  why: z.string(),
});
export type PolicyReplayRow = z.infer<typeof PolicyReplayRow>;
