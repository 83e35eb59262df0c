import type { AppState, PendingSignInView } from '../../contract/ipc.ts';
import type { LinkView } from '../../contract/link.ts';
import type { ShellNotification } from '../../contract/shell.ts';
import type { AccountId, SessionId } from '../../contract/ids.ts';
import { SallyportError } from '../../contract/errors.ts';
import { fingerprintOf } from '../review/fingerprint.ts';
import type { AccessEvent } from '../../core/access/machine.ts';
import { probeTarget } from './probe-target.ts';
import { checkTombstone } from '../evidence/check-tombstone.ts';
import type { Handlers } from '../ipc/router.ts';
import { readSignInOffer } from '../server-client/sign-in.ts';
import { createMemorySource } from '../review/recording-source.ts';
import type { AccountServices } from './account-services.ts';

/** What a request may reach: the window that it came from, and the account that the window acts as. */
export interface HandlerContext {
  /** Throws `not-signed-in` while the window acts as nobody. */
  services(): AccountServices;
  appState(): AppState;
  /** The window's page follows links from now on; the one that came too early for it, if any. */
  followLinks(): LinkView | null;
  /** False: the shell shows no notifications itself. */
  notify(notification: ShellNotification): boolean;
  /** Throws `not-found`. */
  useAccount(accountId: AccountId): void;
  enrol(serverUrl: string, code: string): Promise<void>;
  startSignIn(serverUrl: string, flow: 'browser' | 'device'): Promise<PendingSignInView>;
  /** True once the window acts as who signed in. */
  waitForSignIn(id: string): Promise<boolean>;
  cancelSignIn(id: string): void;
}

export const handlers: Handlers<HandlerContext> = {
  'app.state': (_input, context) => context.appState(),
  'links.follow': (_input, context) => ({ link: context.followLinks() }),
  'shell.notify': (input, context) => ({ isShown: context.notify(input) }),
  'account.use': ({ accountId }, context) => {
    context.useAccount(accountId);
    return context.appState();
  },
  'account.enrol': async ({ serverUrl, code }, context) => {
    await context.enrol(serverUrl, code);
    return context.appState();
  },

  'account.signInOffer': ({ serverUrl }) => readSignInOffer(serverUrl),
  'account.startSignIn': ({ serverUrl, flow }, context) => context.startSignIn(serverUrl, flow),
  'account.waitForSignIn': async ({ signInId }, context) =>
    (await context.waitForSignIn(signInId)) ? context.appState() : null,
  'account.cancelSignIn': ({ signInId }, context) => {
    context.cancelSignIn(signInId);
    return {};
  },

  'targets.list': async (_input, context) => (await http(context).call('listTargets', {})).targets,
  'requests.create': (input, context) => http(context).call('createRequest', { input }),
  'requests.list': async (_input, context) => (await http(context).call('listRequests', {})).requests,
  'requests.withdraw': ({ requestId }, context) =>
    http(context).call('withdrawRequest', { params: { id: requestId } }),
  'requests.decide': ({ requestId, decision }, context) =>
    http(context).call('decideRequest', { params: { id: requestId }, input: decision }),
  'grants.list': async (_input, context) =>
    (await http(context).call('listGrants', {})).grants.map(withoutJws),
  'grants.revoke': async ({ grantId, reason }, context) =>
    withoutJws(
      await http(context).call('revokeGrant', {
        params: { id: grantId },
        // One click is enough to revoke; the audit log says that no reason was given.
        input: { reason: reason.trim() || 'No reason was given.' },
      }),
    ),
  'sessions.list': async (_input, context) => (await http(context).call('listSessions', {})).sessions,
  'sessions.running': (_input, context) =>
    context
      .services()
      .sessions.running()
      .map(view => ({ ...view, grant: withoutJws(view.grant) })),
  'sessions.suspend': async ({ sessionId, isSuspended }, context) => {
    await http(context).call('suspendSession', { params: { id: sessionId }, input: { isSuspended } });
    return {};
  },

  'sessions.lift': async ({ sessionId }, context) => {
    await http(context).call('liftBudget', { params: { id: sessionId } });
    return {};
  },

  'session.open': async (input, context) => {
    const session = await context.services().sessions.open(input);
    return { sessionId: session.sessionId, access: session.view().access };
  },
  'session.lock': ({ sessionId }, context) => dispatch(context, sessionId, { kind: 'operator-locked' }),
  'session.unlock': ({ sessionId }, context) => dispatch(context, sessionId, { kind: 'operator-unlocked' }),
  'session.end': ({ sessionId }, context) =>
    dispatch(context, sessionId, { kind: 'end-asked', cause: 'closed-by-operator' }),

  'recordings.list': async (_input, context) => (await http(context).call('listRecordings', {})).recordings,
  'recordings.review': ({ recordingId, review }, context) =>
    http(context).call('reviewRecording', { params: { id: recordingId }, input: review }),
  'recordings.hold': ({ recordingId, reason }, context) =>
    http(context).call('holdRecording', { params: { id: recordingId }, input: { reason } }),
  'recordings.lift-hold': ({ recordingId, reason }, context) =>
    http(context).call('liftHold', { params: { id: recordingId }, input: { reason } }),
  'recordings.delete': async ({ recordingId, reason }, context) => {
    const deleted = await http(context).call('deleteRecording', {
      params: { id: recordingId },
      input: { reason },
    });
    await context.services().review.close({ recordingId });
    return deleted;
  },
  'tombstone.check': async ({ tombstone }, context) => {
    const jwks = await http(context).call('jwks', {});
    const file = `${JSON.stringify({ tombstone, jwks })}\n`;
    const source = createMemorySource(new TextEncoder().encode(file));
    return { claims: (await checkTombstone(source, null)).tombstone, file };
  },
  'review.read': (input, context) => context.services().review.readReview(input),
  'review.lift': ({ recordingId, lift }, context) =>
    http(context).call('liftDecision', { params: { id: recordingId }, input: lift }),
  'review.comment': (input, context) => context.services().review.comment(input),
  'review.watched': ({ recordingId, watched }, context) =>
    http(context).call('reportWatched', { params: { id: recordingId }, input: watched }),
  'live.read': (input, context) => context.services().review.live.read(input),
  'live.close': async ({ recordingId }, context) => {
    await context.services().review.live.close(recordingId);
    return {};
  },
  'replay.open': (input, context) => context.services().review.open(input),
  'replay.read': (input, context) => context.services().review.read(input),
  'replay.search': (input, context) => context.services().review.search(input),
  'replay.stop-search': (input, context) => {
    context.services().review.stopSearch(input);
    return {};
  },
  'replay.close': async (input, context) => {
    await context.services().review.close(input);
    return {};
  },
  'recordings.export': (input, context) => context.services().review.export(input),
  'export.next': (input, context) => context.services().review.exportNext(input),
  'export.stop': async (input, context) => {
    await context.services().review.stopExport(input);
    return {};
  },
  'imports.list': (_input, context) => context.services().review.imports.list(),
  'imports.begin': (_input, context) => context.services().review.imports.begin(),
  'imports.push': async ({ importId, content }, context) => {
    await context.services().review.imports.push(importId, content);
    return {};
  },
  'imports.finish': ({ importId }, context) => context.services().review.imports.finish(importId),
  'imports.stop': async ({ importId }, context) => {
    await context.services().review.imports.stop(importId);
    return {};
  },
  'imports.remove': async ({ recordingId }, context) => {
    const { review } = context.services();
    await review.close({ recordingId });
    await review.imports.remove(recordingId);
    return {};
  },
  'identity.state': (_input, context) => context.services().review.identityState(),
  'identity.unlock': (input, context) => context.services().review.unlock(input),
  'identity.create': (input, context) => context.services().review.createIdentity(input),
  'identity.rotate': (input, context) => context.services().review.rotateIdentity(input),
  'keys.list': async (_input, context) => {
    const [{ recipients }, { groups }] = await Promise.all([
      http(context).call('listRecipients', { query: { retired: 'true' } }),
      http(context).call('listReviewerGroups', {}),
    ]);
    return {
      recipients: recipients.map(each => ({ ...each, fingerprint: fingerprintOf(each.recipient) })),
      groups,
    };
  },
  'keys.publish': async (_input, context) => {
    const { recipient } = await context.services().review.identityState();
    if (recipient === null)
      throw new SallyportError('identity-missing', 'There is no key on this machine yet. Make one first.');
    return http(context).call('putRecipient', { input: { recipient } });
  },
  'groups.change': (input, context) => http(context).call('changeReviewerGroup', { input }),
  'groups.delete': ({ groupId: id }, context) =>
    http(context).call('deleteReviewerGroup', { params: { id } }),
  'keys.retire': (input, context) => http(context).call('retireRecipient', { input }),
  'keys.reshare': (input, context) => context.services().review.reshare(input),
  'keys.stop-reshare': (_input, context) => {
    context.services().review.stopReshare();
    return {};
  },
  'devices.list': async (_input, context) => {
    const { enrolled } = context.services();
    const { devices } = await http(context).call('listDevices', { query: { limit: 1000 } });
    // an administrator gets everybody's
    const own = devices.filter(({ accountId }) => accountId === enrolled.account.id);
    return { thisDeviceId: enrolled.deviceId, devices: own };
  },
  'devices.revoke': (input, context) => http(context).call('revokeDevice', { input }),
  'targets.read': ({ targetId }, context) => http(context).call('getTarget', { params: { id: targetId } }),
  'targets.disable': ({ targetId, ...input }, context) =>
    http(context).call('disableTarget', { params: { id: targetId }, input }),
  'targets.put': (input, context) => http(context).call('putTarget', { input }),
  'targets.probe': async ({ targetId }, context) => {
    // the place is the server's word, so that a window can probe nothing else
    const { terms } = await http(context).call('getTarget', { params: { id: targetId } });
    return probeTarget(terms.target, { timeoutMs: PROBE_MS, nowMs: () => performance.now() });
  },
  'policy.read': (_input, context) => http(context).call('getPolicy', {}),
  // Its reader of YAML is as large as all else that a start loads of this folder.
  'policy.check': async ({ source }) => (await import('./check-policy.ts')).checkPolicy(source),
  'policy.test': ({ source, limit }, context) =>
    http(context).call('testPolicy', { input: { source, limit } }),
  'insights.read': (query, context) => http(context).call('readInsights', { query }),
  'accounts.list': async (_input, context) =>
    (await http(context).call('listAccounts', { query: { limit: 1000 } })).accounts,
  'accounts.disable': ({ accountId, reason }, context) =>
    http(context).call('disableAccount', { params: { id: accountId }, input: { reason } }),
  'audit.list': async ({ limit }, context) =>
    (await http(context).call('listAudit', { query: { limit } })).entries,
};

/** A host that does not answer within this is told as one that does not. */
const PROBE_MS = 5_000;

const http = (context: HandlerContext) => context.services().connection.http;

function dispatch(context: HandlerContext, sessionId: SessionId, event: AccessEvent) {
  const session = context.services().sessions.get(sessionId);
  session.dispatch(event);
  return session.view().access;
}

/** The renderer holds no grant (invariant 5): it gets what is in it, not the token. */
export function withoutJws<T extends { readonly jws: string | null }>(grant: T): T {
  return { ...grant, jws: null };
}
