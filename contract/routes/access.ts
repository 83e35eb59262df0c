import { z } from 'zod';
import { GrantId, RequestId } from '../ids.ts';
import { FrozenInput, RevokeInput } from '../server-administration.ts';
import {
  AccessRequest,
  Credential,
  CredentialInput,
  DecisionInput,
  GrantRecord,
  RequestInput,
  TokenKeyAnswer,
} from '../server-api.ts';
import { limit, route } from './route.ts';

/** Requests, grants, and the credentials behind them. */
export const ACCESS_ROUTES = {
  /** own requests; approvers and administrators get all. Newest first. */
  listRequests: route({
    method: 'GET',
    path: '/v1/requests',
    proof: 'device',
    query: z.strictObject({ limit, state: AccessRequest.shape.state.optional() }),
    output: z.object({ requests: z.array(AccessRequest) }),
  }),
  createRequest: route({
    method: 'POST',
    path: '/v1/requests',
    proof: 'device',
    input: RequestInput,
    output: AccessRequest,
  }),
  getRequest: route({
    method: 'GET',
    path: '/v1/requests/:id',
    proof: 'device',
    params: z.strictObject({ id: RequestId }),
    output: AccessRequest,
  }),
  withdrawRequest: route({
    method: 'POST',
    path: '/v1/requests/:id/withdraw',
    proof: 'device',
    params: z.strictObject({ id: RequestId }),
    output: AccessRequest,
  }),
  /** approving issues the grant at once: `grantId` of the answer */
  decideRequest: route({
    method: 'POST',
    path: '/v1/requests/:id/decision',
    proof: 'device',
    params: z.strictObject({ id: RequestId }),
    input: DecisionInput,
    output: AccessRequest,
  }),
  /** own grants; approvers and administrators get all. Newest first. */
  listGrants: route({
    method: 'GET',
    path: '/v1/grants',
    proof: 'device',
    query: z.strictObject({ limit, state: GrantRecord.shape.state.optional() }),
    output: z.object({ grants: z.array(GrantRecord) }),
  }),
  getGrant: route({
    method: 'GET',
    path: '/v1/grants/:id',
    proof: 'device',
    params: z.strictObject({ id: GrantId }),
    output: GrantRecord,
  }),
  revokeGrant: route({
    method: 'POST',
    path: '/v1/grants/:id/revoke',
    proof: 'device',
    params: z.strictObject({ id: GrantId }),
    input: RevokeInput,
    output: GrantRecord,
  }),
  /** by the holder's device after a revocation: stores `revocationMs`; the first report counts */
  reportFrozen: route({
    method: 'POST',
    path: '/v1/grants/:id/frozen',
    proof: 'device',
    params: z.strictObject({ id: GrantId }),
    input: FrozenInput,
    output: GrantRecord,
  }),
  createCredential: route({
    method: 'POST',
    path: '/v1/grants/:id/credential',
    proof: 'device',
    params: z.strictObject({ id: GrantId }),
    input: CredentialInput,
    output: Credential,
  }),
  /** by the holder's device while the grant lasts: the key with which pseudonyms are the same in every session */
  createTokenKey: route({
    method: 'POST',
    path: '/v1/grants/:id/token-key',
    proof: 'device',
    params: z.strictObject({ id: GrantId }),
    output: TokenKeyAnswer,
  }),
} as const;
