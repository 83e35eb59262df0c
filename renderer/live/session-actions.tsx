import { Ban, LockKeyholeOpen, Pause, Play } from 'lucide-react';
import type { SessionRecord } from '../../contract/server-api.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';

/** Stands in the grant, the audit log and on the operator's screen; one click leaves no time to write one. */
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
  const who = `${session.operator.name} on ${session.target.name}`;
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
          aria-label={`Lift the lock of ${who}`}
          onPress={() => void lift()}
        >
          Lift
        </Button>
      )}
      {isOwn && isSuspended ? (
        <span className="small muted">Another approver can resume it.</span>
      ) : (
        <Button
          icon={isSuspended ? Play : Pause}
          isPending={isBusy}
          aria-label={`${isSuspended ? 'Resume' : 'Suspend'} ${who}`}
          onPress={() => void suspend()}
        >
          {isSuspended ? 'Resume' : 'Suspend'}
        </Button>
      )}
      <Button
        tone="danger"
        icon={Ban}
        isPending={isBusy}
        aria-label={`Revoke ${who}`}
        onPress={() => void revoke()}
      >
        Revoke
      </Button>
    </>
  );
}
