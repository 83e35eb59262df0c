import { CircleCheckBig } from 'lucide-react';
import { useAccount, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { LiveSessionList } from './live-session-list.tsx';
import { RequestCard } from './request-card.tsx';
import { Revocations } from './revocations.tsx';
import './approvals.css';
import { t } from '../texts/t.ts';

/** What waits for a decision, what runs now, and what was stopped. */
export function Approvals() {
  const { requests } = useServices();
  const account = useAccount();
  const list = useList(requests);
  const nowMs = useServerNow();
  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.approvals.title}</h1>
        <p>{t.approvals.about}</p>
      </div>
      <Loaded of={list} what={t.approvals.theRequests} onRetry={() => void requests.load()}>
        {all => {
          const pending = all
            .filter(request => request.state === 'pending')
            .sort((a, b) => a.createdAtMs - b.createdAtMs);
          if (pending.length === 0) {
            return (
              <StateNote title={t.approvals.noneWaits} icon={CircleCheckBig}>
                {t.approvals.noneWaitsMeans}
              </StateNote>
            );
          }
          return (
            <ul className="stack" aria-label={t.approvals.toDecide}>
              {pending.map(request => (
                <RequestCard
                  key={request.id}
                  request={request}
                  history={all.filter(
                    other => other.requester.id === request.requester.id && other.id !== request.id,
                  )}
                  isOwn={request.requester.id === account.id}
                  isApprovedByMe={request.approvals.by.some(({ id }) => id === account.id)}
                  nowMs={nowMs}
                />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <LiveSessionList nowMs={nowMs} />
      <Revocations nowMs={nowMs} />
    </div>
  );
}
