import { Ban, LockKeyholeOpen, Pause, Play } from 'lucide-react';
import type { SessionRecord } from '../../contract/server-api.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { t } from '../texts/t.ts';

/** Stands in the grant, the audit log and on the operator's screen; one click leaves no time to write one. */
// eslint-disable-next-line no-restricted-syntax -- kept on the server, which others read in their own languages
const ONE_CLICK_REASON = 'Revoked with one click while the session was running';

/** The ways in which an approver stops a running session. */
export function SessionActions({ session }: { readonly session: SessionRecord }) {
  const { bridge, grants } = useServices();
  const { isBusy, run } = useAction();
  const account = useAccount();
  const { isSuspended } = session;
  // Another approver's word: the server takes none about an own session.
  const isOwn = session.operator.id === account.id;
  const isOverBudget = session.lockReasons.includes('budget');
  const who = t.live.who(session.operator.name, session.target.name);
  const suspend = () =>
    run(() => bridge.request('sessions.suspend', { sessionId: session.id, isSuspended: !isSuspended }));
  const lift = () => run(() => bridge.request('sessions.lift', { sessionId: session.id }));
  const revoke = async () => {
    const revoked = await run(() =>
      bridge.request('grants.revoke', { grantId: session.grantId, reason: ONE_CLICK_REASON }),
    );
    if (revoked !== null) grants.put(revoked);
  };
  return (
    <>
      {isOverBudget && !isOwn && (
        <Button
          tone="primary"
          icon={LockKeyholeOpen}
          isPending={isBusy}
          aria-label={t.live.liftOf(who)}
          onPress={() => void lift()}
        >
          {t.live.lift}
        </Button>
      )}
      {isOwn && isSuspended ? (
        <span className="small muted">{t.live.anotherResumes}</span>
      ) : (
        <Button
          icon={isSuspended ? Play : Pause}
          isPending={isBusy}
          aria-label={isSuspended ? t.live.resumeOf(who) : t.live.suspendOf(who)}
          onPress={() => void suspend()}
        >
          {isSuspended ? t.live.resume : t.live.suspend}
        </Button>
      )}
      <Button
        tone="danger"
        icon={Ban}
        isPending={isBusy}
        aria-label={t.live.revokeOf(who)}
        onPress={() => void revoke()}
      >
        {t.live.revoke}
      </Button>
    </>
  );
}
