import { DoorOpen, KeyRound, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { plural } from '../app/duration-words.ts';
import { useAccount, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { Guides } from '../guide/guide.tsx';
import { GrantCard } from './grant-card.tsx';
import { openRequests, requestOf, usableGrants } from './grant-groups.ts';
import { OwnRequests } from './own-requests.tsx';
import { RecentSessions } from './recent-sessions.tsx';
import './launcher.css';

/** Home: what I may open now, what I asked for, what I did. `requestTarget`: a link asks for the form of a new request. */
export function Launcher({ requestTarget }: { readonly requestTarget: string | null }) {
  const services = useServices();
  const account = useAccount();
  const grants = useList(services.grants);
  const requests = useList(services.requests);
  const nowMs = useServerNow();
  const isOperator = account.roles.includes('operator');
  const { overlay, router } = services;
  useEffect(() => {
    if (requestTarget === null) return;
    router.replace({ view: 'launcher' });
    if (isOperator) overlay.set({ kind: 'request', targetId: requestTarget });
  }, [overlay, router, requestTarget, isOperator]);
  const ask = (
    <Button tone="primary" icon={Plus} onPress={() => services.overlay.set({ kind: 'request' })}>
      Request access
    </Button>
  );
  const known = requests.value ?? [];
  const waiting = openRequests(known, account.id, nowMs);

  return (
    <div className="view">
      <div className="view-head">
        <h1>Launcher</h1>
        <p className="grow">Your access, for as long as it lasts.</p>
        {isOperator && ask}
      </div>
      <Loaded of={grants} what="your grants" onRetry={() => void services.grants.load()}>
        {all => {
          const usable = usableGrants(all, account.id, nowMs);
          if (usable.length === 0) return <NoGrants isOperator={isOperator} waiting={waiting.length} />;
          return (
            <ul className="grant-cards" aria-label="Grants">
              {usable.map(grant => (
                <GrantCard key={grant.id} grant={grant} request={requestOf(grant, known)} nowMs={nowMs} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <Guides />
      {waiting.length > 0 && <OwnRequests requests={waiting} nowMs={nowMs} />}
      <RecentSessions nowMs={nowMs} />
    </div>
  );
}

function NoGrants({ isOperator, waiting }: { readonly isOperator: boolean; readonly waiting: number }) {
  if (!isOperator) {
    return (
      <StateNote title="This account opens no sessions" icon={KeyRound}>
        Its roles are to decide and to review. Use the views at the side, or change to an operator’s account.
      </StateNote>
    );
  }
  return (
    <StateNote title="No access right now" icon={DoorOpen}>
      {waiting > 0
        ? `${plural(waiting, 'request')} of yours ${waiting === 1 ? 'is' : 'are'} listed below. An approved one appears here by itself.`
        : 'Request access to a target with a reason. As soon as an approver grants it, it appears here and the time begins to run.'}
    </StateNote>
  );
}
