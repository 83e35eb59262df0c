import { DoorOpen, KeyRound, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useAccount, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { Guides } from '../guide/guide.tsx';
import { GrantCard } from './grant-card.tsx';
import { openRequests, requestOf, usableGrants } from './grant-groups.ts';
import { OwnRequests } from './own-requests.tsx';
import { RecentSessions } from './recent-sessions.tsx';
import './launcher.css';
import { t } from '../texts/t.ts';

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
      {t.launcher.requestAccess}
    </Button>
  );
  const known = requests.value ?? [];
  const waiting = openRequests(known, account.id, nowMs);

  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.launcher.title}</h1>
        <p className="grow">{t.launcher.about}</p>
        {isOperator && ask}
      </div>
      <Loaded of={grants} what={t.launcher.yourGrants} onRetry={() => void services.grants.load()}>
        {all => {
          const usable = usableGrants(all, account.id, nowMs);
          if (usable.length === 0) return <NoGrants isOperator={isOperator} waiting={waiting.length} />;
          return (
            <ul className="grant-cards" aria-label={t.launcher.grants}>
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
      <StateNote title={t.launcher.opensNone} icon={KeyRound}>
        {t.launcher.opensNoneMeans}
      </StateNote>
    );
  }
  return (
    <StateNote title={t.launcher.noAccess} icon={DoorOpen}>
      {waiting > 0 ? t.launcher.requestsListed(waiting) : t.launcher.howToStart}
    </StateNote>
  );
}
