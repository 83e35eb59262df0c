import { z } from 'zod';
import { AppliedPolicy, MAX_POLICY_LENGTH, PolicyReplayRow } from './access-policy.ts';
import { AccountId, DeviceId, ReviewerGroupId, TargetId } from './ids.ts';
import { Insights, InsightsQuery } from './insights.ts';
import { IdentityState, KnownKeys } from './keys.ts';
import {
  AccountRecord,
  Device,
  DisabledAccount,
  Recipient,
  ReviewerGroup,
  ReviewerGroupInput,
} from './server-administration.ts';
import { AuditEntry, DisableTargetInput, ReasonInput, TargetInput, TargetSummary } from './server-api.ts';
import { TargetProbe, TargetRecord } from './target-record.ts';

const none = z.strictObject({});
const passphrase = z.string().max(1000).nullable();

const PolicyText = z.strictObject({ source: z.string().max(MAX_POLICY_LENGTH) });

/** What a reading of a policy found; `rules` and `groups` by name where it is valid. */
export const PolicyCheck = z.object({
  problems: z.array(z.object({ key: z.string(), line: z.int().positive(), message: z.string() })),
  rules: z.array(z.string()),
  groups: z.array(z.string()),
});
export type PolicyCheck = z.infer<typeof PolicyCheck>;

/** Part of `REQUESTS` (ipc.ts): keys, people, the audit log. */
export const ADMINISTRATION_REQUESTS = {
  'identity.state': { input: none, output: IdentityState },
  /** null: where the system's keychain guards it; a shell without one refuses that */
  'identity.create': { input: z.strictObject({ passphrase }), output: IdentityState },
  /** a new identity above the older ones, in the same file; `passphrase`: of that file, null where it has none */
  'identity.rotate': { input: z.strictObject({ passphrase }), output: IdentityState },
  'identity.unlock': {
    input: z.strictObject({ passphrase: z.string().max(1000) }),
    output: z.object({ isUnlocked: z.boolean() }),
  },
  /** recipients that are or were, and groups of reviewers */
  'keys.list': { input: none, output: KnownKeys },
  /** registers this machine's recipient for the window's account */
  'keys.publish': { input: none, output: Recipient },
  'groups.change': { input: ReviewerGroupInput, output: ReviewerGroup },
  'groups.delete': { input: z.strictObject({ groupId: ReviewerGroupId }), output: ReviewerGroup },
  'keys.retire': { input: z.strictObject({ recipient: z.string().max(300) }), output: Recipient },
  /** Begins to let a recipient open every recording that this machine's key opens; one such run at a time. `keys.reshared` tells how far it is. */
  'keys.reshare': {
    input: z.strictObject({ recipient: z.string().max(300) }),
    output: z.object({ total: z.int() }),
  },
  'keys.stop-reshare': { input: none, output: none },
  /** of the window's account; `thisDeviceId` is the one that this client proves itself with */
  'devices.list': { input: none, output: z.object({ thisDeviceId: DeviceId, devices: z.array(Device) }) },
  /** for good; its grants and sessions end with it */
  'devices.revoke': { input: ReasonInput.extend({ deviceId: DeviceId }), output: Device },
  'targets.read': { input: z.strictObject({ targetId: TargetId }), output: TargetRecord },
  'targets.disable': { input: DisableTargetInput.extend({ targetId: TargetId }), output: TargetSummary },
  'targets.put': { input: TargetInput, output: TargetSummary },
  /** whether its address answers from this machine; signs in nowhere */
  'targets.probe': { input: z.strictObject({ targetId: TargetId }), output: TargetProbe },
  /** null: none is set, and the terms of the targets decide */
  'policy.read': { input: none, output: z.object({ policy: AppliedPolicy.nullable() }) },
  /** what is wrong with the text of a policy, by key and line; nothing leaves this machine */
  'policy.check': { input: PolicyText, output: PolicyCheck },
  /** what would have become of past requests, newest first; changes nothing */
  'policy.test': {
    input: PolicyText.extend({ limit: z.int().min(1).max(1000) }),
    output: z.object({ rows: z.array(PolicyReplayRow) }),
  },
  'insights.read': { input: InsightsQuery, output: Insights },
  'accounts.list': { input: none, output: z.array(AccountRecord) },
  'accounts.disable': { input: ReasonInput.extend({ accountId: AccountId }), output: DisabledAccount },
  'audit.list': { input: z.strictObject({ limit: z.int().min(1).max(1000) }), output: z.array(AuditEntry) },
} as const;
