import { Undo2 } from 'lucide-react';
import type { AccessRequest } from '../../contract/server-api.ts';
import { agoWords, durationWords } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { approvalWords } from '../approvals/approval-words.ts';
import type { BadgeTone } from '../design/badge.tsx';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';

const STATES: Record<AccessRequest['state'], { readonly tone: BadgeTone; readonly words: string }> = {
  pending: { tone: 'warn', words: 'waits for an approver' },
  approved: { tone: 'ok', words: 'approved' },
  denied: { tone: 'danger', words: 'denied' },
  withdrawn: { tone: 'plain', words: 'withdrawn' },
  expired: { tone: 'plain', words: 'nobody decided in time' },
};

/** What I asked for and what became of it. */
export function OwnRequests({
  requests,
  nowMs,
}: {
  readonly requests: readonly AccessRequest[];
  readonly nowMs: number;
}) {
  return (
    <section className="section" aria-labelledby="own-requests">
      <h2 id="own-requests">Requests</h2>
      <ul className="lines">
        {requests.map(request => (
          <OwnRequest key={request.id} request={request} nowMs={nowMs} />
        ))}
      </ul>
    </section>
  );
}

function OwnRequest({ request, nowMs }: { readonly request: AccessRequest; readonly nowMs: number }) {
  const { bridge, requests } = useServices();
  const { isBusy, run } = useAction();
  const state = STATES[request.state];
  const withdraw = async () => {
    const changed = await run(() => bridge.request('requests.withdraw', { requestId: request.id }));
    if (changed !== null) requests.put(changed);
  };
  return (
    <li className="line" data-testid={`request-${request.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={request.target.environment} />
          <strong>{request.target.name}</strong>
          <span className="mono muted">{request.account}</span>
          <Badge tone={state.tone}>
            {(request.state === 'pending' ? approvalWords(request) : null) ?? state.words}
          </Badge>
        </p>
        <p className="small muted break">
          {request.supersedes === null ? '' : 'Extension · '}
          {durationWords(request.durationS * 1000)}
          {request.readOnly ? ', read-only' : ''} · asked {agoWords(nowMs - request.createdAtMs)} ·{' '}
          {request.reason}
        </p>
        {request.decisionNote !== null && request.decisionNote !== '' && (
          <p className="small break">
            {request.decidedBy?.name ?? 'The server'}: “{request.decisionNote}”
          </p>
        )}
      </div>
      {request.state === 'pending' && (
        <Button
          icon={Undo2}
          isPending={isBusy}
          aria-label={`Withdraw the request for ${request.target.name}`}
          onPress={() => void withdraw()}
        >
          Withdraw
        </Button>
      )}
    </li>
  );
}
