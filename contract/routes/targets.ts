import { z } from 'zod';
import { HostCertificateInput } from '../server-administration.ts';
import { DisableTargetInput, TargetInput, TargetSummary } from '../server-api.ts';
import { TargetId } from '../ids.ts';
import { TargetRecord } from '../target-record.ts';
import { List, route } from './route.ts';

/** Targets and the certificates of their hosts. */
export const TARGETS_ROUTES = {
  listTargets: route({
    about: 'Targets, as the caller may see them.',
    refusals: ['not-allowed'],
    method: 'GET',
    path: '/v1/targets',
    proof: 'device',
    query: List,
    output: z.object({ targets: z.array(TargetSummary) }),
  }),
  getTarget: route({
    about: 'The terms of a target and the kinds of its credentials, never what they are. For administrators.',
    refusals: ['not-allowed', 'not-found'],
    method: 'GET',
    path: '/v1/targets/:id',
    proof: 'device',
    params: z.strictObject({ id: TargetId }),
    output: TargetRecord,
  }),
  putTarget: route({
    about:
      'Registers a target, or replaces the one of the same id; running grants keep the terms that they were signed with.',
    refusals: ['not-allowed'],
    method: 'POST',
    path: '/v1/targets',
    proof: 'device',
    input: TargetInput,
    output: TargetSummary,
  }),
  disableTarget: route({
    about:
      'Disables a target, so that nothing new begins there, or enables it again; what runs goes on unless its grants are revoked with it. For administrators.',
    refusals: ['not-allowed', 'not-found'],
    method: 'POST',
    path: '/v1/targets/:id/disable',
    proof: 'device',
    params: z.strictObject({ id: TargetId }),
    input: DisableTargetInput,
    output: TargetSummary,
  }),
  createHostCertificate: route({
    about: 'Signs the certificate of an SSH host. For administrators.',
    refusals: ['not-allowed'],
    method: 'POST',
    path: '/v1/ssh-host-certificates',
    proof: 'device',
    input: HostCertificateInput,
    output: z.object({ certificate: z.string(), validUntilMs: z.number() }),
  }),
} as const;
