import { CircleCheckBig } from 'lucide-react';
import { useAccount, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { LiveSessionList } from './live-session-list.tsx';
import { RequestCard } from './request-card.tsx';
import { Revocations } from './revocations.tsx';
import './approvals.css';

/** What waits for a decision, what runs now, and what was stopped. */
export function Approvals() {
  const { requests } = useServices();
  const account = useAccount();
  const list = useList(requests);
  const nowMs = useServerNow();
  return (
    <div className="view">
      <div className="view-head">
        <h1>Approvals</h1>
        <p>Decide on access before it is used; stop it while it is.</p>
      </div>
      <Loaded of={list} what="the requests" onRetry={() => void requests.load()}>
        {all => {
          const pending = all
            .filter(request => request.state === 'pending')
            .sort((a, b) => a.createdAtMs - b.createdAtMs);
          if (pending.length === 0) {
            return (
              <StateNote title="Nothing waits for a decision" icon={CircleCheckBig}>
                New requests appear here by themselves.
              </StateNote>
            );
          }
          return (
            <ul className="stack" aria-label="Requests to decide">
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
