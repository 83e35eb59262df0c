import { z } from 'zod';
import { AccountId, DeviceId } from '../ids.ts';
import {
  AccountInput,
  AccountRecord,
  Device,
  DisabledAccount,
  EnrolCode,
  Recipient,
  RecipientInput,
  ReviewerGroup,
  ReviewerGroupInput,
} from '../server-administration.ts';
import { Account, EnrolAnswer, EnrolInput } from '../server-api.ts';
import { List, route } from './route.ts';

/** People, their devices, and the keys that recordings are sealed to. */
export const IDENTITY_ROUTES = {
  enrol: route({ method: 'POST', path: '/v1/enrol', proof: 'none', input: EnrolInput, output: EnrolAnswer }),
  /** who the calling device is */
  whoAmI: route({
    method: 'GET',
    path: '/v1/account',
    proof: 'device',
    output: z.object({ account: Account, deviceId: DeviceId }),
  }),
  listAccounts: route({
    method: 'GET',
    path: '/v1/accounts',
    proof: 'device',
    query: List,
    output: z.object({ accounts: z.array(AccountRecord) }),
  }),
  createAccount: route({
    method: 'POST',
    path: '/v1/accounts',
    proof: 'device',
    input: AccountInput,
    output: EnrolCode,
  }),
  /** a code for a further device of an account */
  createEnrolCode: route({
    method: 'POST',
    path: '/v1/accounts/:id/enrol-code',
    proof: 'device',
    params: z.strictObject({ id: AccountId }),
    output: EnrolCode,
  }),
  /** for good: ends its devices, grants, sessions and event streams, and retires its recipients */
  disableAccount: route({
    method: 'POST',
    path: '/v1/accounts/:id/disable',
    proof: 'device',
    params: z.strictObject({ id: AccountId }),
    input: z.strictObject({ reason: z.string().trim().min(1).max(1000) }),
    output: DisabledAccount,
  }),
  /** own devices; an administrator gets all */
  listDevices: route({
    method: 'GET',
    path: '/v1/devices',
    proof: 'device',
    query: List,
    output: z.object({ devices: z.array(Device) }),
  }),
  /** own devices, or any as an administrator; grants of the device are revoked with it */
  revokeDevice: route({
    method: 'POST',
    path: '/v1/devices/revoke',
    proof: 'device',
    input: z.strictObject({ deviceId: DeviceId, reason: z.string().trim().min(1).max(1000) }),
    output: Device,
  }),
  /** the active ones; with `retired=true` all that ever were */
  listRecipients: route({
    method: 'GET',
    path: '/v1/recipients',
    proof: 'device',
    query: z.strictObject({ retired: z.enum(['true', 'false']).default('false') }),
    output: z.object({ recipients: z.array(Recipient) }),
  }),
  putRecipient: route({
    method: 'PUT',
    path: '/v1/recipients',
    proof: 'device',
    input: RecipientInput,
    output: Recipient,
  }),
  /** before a break-glass identity is put together: the audit log says who did it, and why */
  announceBreakGlass: route({
    method: 'POST',
    path: '/v1/break-glass',
    proof: 'device',
    input: z.strictObject({
      recipient: z.string().max(300),
      custodians: z.array(z.string().max(300)).min(2).max(20),
      reason: z.string().trim().min(1).max(1000),
    }),
    output: z.object({ ok: z.literal(true) }),
  }),
  /** grants from now on leave this recipient out */
  retireRecipient: route({
    method: 'POST',
    path: '/v1/recipients/retire',
    proof: 'device',
    input: z.strictObject({ recipient: z.string().max(300) }),
    output: Recipient,
  }),
  listReviewerGroups: route({
    method: 'GET',
    path: '/v1/reviewer-groups',
    proof: 'device',
    output: z.object({ groups: z.array(ReviewerGroup) }),
  }),
  /** grants from now on follow; recordings of before keep the keys that they were sealed to */
  changeReviewerGroup: route({
    method: 'PUT',
    path: '/v1/reviewer-groups',
    proof: 'device',
    input: ReviewerGroupInput,
    output: ReviewerGroup,
  }),
} as const;
