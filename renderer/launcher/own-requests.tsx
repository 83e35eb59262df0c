import { Undo2 } from 'lucide-react';
import type { AccessRequest } from '../../contract/server-api.ts';
import { agoWords, durationWords } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { approvalWords } from '../approvals/approval-words.ts';
import type { BadgeTone } from '../design/badge.tsx';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { t } from '../texts/t.ts';

const TONES: Record<AccessRequest['state'], BadgeTone> = {
  pending: 'warn',
  approved: 'ok',
  denied: 'danger',
  withdrawn: 'plain',
  expired: 'plain',
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
      <h2 id="own-requests">{t.launcher.requests}</h2>
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
  const length = durationWords(request.durationS * 1000);
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
          <Badge tone={TONES[request.state]}>
            {(request.state === 'pending' ? approvalWords(request) : null) ?? t.launcher[request.state]}
          </Badge>
        </p>
        <p className="small muted break">
          {request.supersedes === null ? '' : `${t.launcher.extension} · `}
          {request.readOnly ? t.approvals.withReadOnly(length) : length} ·{' '}
          {t.launcher.asked(agoWords(nowMs - request.createdAtMs))} · {request.reason}
        </p>
        {request.decisionNote !== null && request.decisionNote !== '' && (
          <p className="small break">
            {t.launcher.noteOf(request.decidedBy?.name ?? t.launcher.theServer, request.decisionNote)}
          </p>
        )}
      </div>
      {request.state === 'pending' && (
        <Button
          icon={Undo2}
          isPending={isBusy}
          aria-label={t.launcher.withdrawFor(request.target.name)}
          onPress={() => void withdraw()}
        >
          {t.launcher.withdraw}
        </Button>
      )}
    </li>
  );
}
