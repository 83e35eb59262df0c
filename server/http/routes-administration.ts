import { authorize } from '../authorization.ts';
import { readAudit } from '../audit/audit-log.ts';
import {
  createAccount,
  createEnrolCode,
  listAccounts,
  listDevices,
  revokeDevice,
} from '../identity/identity.ts';
import { deleteReviewerGroup } from '../identity/delete-group.ts';
import { changeReviewerGroup, listReviewerGroups } from '../identity/reviewer-groups.ts';
import { disableAccount } from '../identity/disable-account.ts';
import { listRecipients, putRecipient, retireRecipient } from '../identity/recipients.ts';
import { readPeople, visibleTarget } from '../policy/ruling.ts';
import type { ServerContext } from '../server-context.ts';
import { createHostCertificate } from '../ssh-ca/host-certificate.ts';
import { disableTarget } from '../targets/disable-target.ts';
import { listTargets, putTarget, readTargetRecord } from '../targets/targets.ts';
import { proveConsistency, proveInclusion, checkpointOf } from '../transparency/transparency-log.ts';
import type { RouteMount } from './mount-route.ts';

/** Accounts, devices, recipients, targets, the audit log. */
export function mountAdministrationRoutes(
  mount: RouteMount,
  context: ServerContext,
  sweepSoon: () => void,
): void {
  mount('whoAmI', ({ caller }) => Promise.resolve({ account: caller.account, deviceId: caller.deviceId }));
  mount('listAccounts', async ({ caller, query }) => {
    authorize(caller, 'account.read');
    return { accounts: await listAccounts(context, query.limit) };
  });
  mount('createAccount', ({ caller, input }) => createAccount(context, caller, input));
  mount('createEnrolCode', ({ caller, params }) => createEnrolCode(context, caller, params.id));
  mount('listDevices', async ({ caller, query }) => ({
    devices: await listDevices(context, caller, query.limit),
  }));
  mount('revokeDevice', async ({ caller, input }) => {
    const device = await revokeDevice(context, caller, input);
    sweepSoon();
    return device;
  });
  mount('disableAccount', async ({ caller, params, input }) => {
    const disabled = await disableAccount(context, caller, { ...params, ...input });
    sweepSoon();
    return disabled;
  });
  mount('listRecipients', async ({ caller, query }) => {
    authorize(caller, 'recipient.read');
    return { recipients: await listRecipients(context, query.retired === 'true') };
  });
  mount('listReviewerGroups', async ({ caller }) => {
    authorize(caller, 'reviewer-group.read');
    return { groups: await listReviewerGroups(context.db) };
  });
  mount('changeReviewerGroup', ({ caller, input }) => changeReviewerGroup(context, caller, input));
  mount('deleteReviewerGroup', ({ caller, params }) => deleteReviewerGroup(context, caller, params.id));
  mount('putRecipient', ({ caller, input }) => putRecipient(context, caller, input));
  mount('retireRecipient', ({ caller, input }) => retireRecipient(context, caller, input.recipient));
  mount('announceBreakGlass', async ({ caller, input }) => {
    authorize(caller, 'break-glass.announce');
    const { recipient, ...detail } = input;
    await context.changes.run(change => {
      change.audit({ actor: caller, action: 'break-glass.unlock', subject: recipient, detail });
      return Promise.resolve();
    });
    return { ok: true as const };
  });
  mount('listTargets', async ({ caller, query }) => {
    authorize(caller, 'target.read');
    const people = await readPeople(context.db, [caller.account.id]);
    const person = people.get(caller.account.id) ?? { ...caller.account, groups: [] };
    const all = await listTargets(context.db, query.limit);
    return { targets: all.flatMap(terms => visibleTarget(context, { person, caller }, terms) ?? []) };
  });
  mount('getTarget', ({ caller, params }) => {
    authorize(caller, 'target.write');
    return readTargetRecord(context, params.id);
  });
  mount('putTarget', ({ caller, input }) => {
    authorize(caller, 'target.write');
    return putTarget(context, caller, input);
  });
  mount('disableTarget', async ({ caller, params, input }) => {
    const target = await disableTarget(context, caller, { ...params, ...input });
    sweepSoon();
    return target;
  });
  mount('createHostCertificate', ({ caller, input }) => {
    authorize(caller, 'host-certificate.create');
    return createHostCertificate(context, caller, input);
  });
  mount('listAudit', async ({ caller, query }) => {
    authorize(caller, 'audit.read');
    return { entries: await readAudit(context.db, query) };
  });
  mount('logCheckpoint', async () => ({ checkpoint: (await checkpointOf(context)).checkpoint }));
  mount('logConsistency', async ({ query }) => ({ proof: await proveConsistency(context.db, query) }));
  mount('logInclusion', ({ caller, query }) => {
    authorize(caller, 'audit.read');
    return proveInclusion(context.db, query);
  });
}
