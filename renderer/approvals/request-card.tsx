import { Check, ChevronsDownUp, X } from 'lucide-react';
import { useState } from 'react';
import type { AccessRequest, DecisionInput } from '../../contract/server-api.ts';
import { canBeReadOnly, readOnlyWords } from '../../core/access/read-only.ts';
import { agoWords, durationWords, plural } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Switch, TextField } from '../design/field.tsx';
import { policySentence } from '../launcher/policy-words.ts';
import { scopeWords } from '../launcher/scope-words.ts';
import { approvalWords } from './approval-words.ts';
import { denial, readApproval } from './decision.ts';

interface RequestCardProps {
  readonly request: AccessRequest;
  /** the requester's other requests that this window knows */
  readonly history: readonly AccessRequest[];
  readonly isOwn: boolean;
  /** this person has approved it and it waits for others */
  readonly isApprovedByMe: boolean;
  readonly nowMs: number;
}

/** One request with what an approver needs to know, and the three answers: as asked, narrower, no. */
export function RequestCard({ request, history, isOwn, isApprovedByMe, nowMs }: RequestCardProps) {
  const { bridge, requests } = useServices();
  const { isBusy, run } = useAction();
  const [isNarrowing, setNarrowing] = useState(false);
  const [duration, setDuration] = useState('');
  const [readOnly, setReadOnly] = useState(request.readOnly);
  const [note, setNote] = useState('');
  const approval = readApproval(
    request,
    isNarrowing ? { duration, readOnly } : { duration: '', readOnly: false },
    note,
  );
  const decide = async (decision: DecisionInput) => {
    const changed = await run(() => bridge.request('requests.decide', { requestId: request.id, decision }));
    if (changed !== null) requests.put(changed);
  };
  const progress = approvalWords(request);
  const limits = scopeWords(request.target.scope);
  const who = `${request.requester.name} for ${request.target.name}`;

  return (
    <li className="request-card" data-testid={`decide-${request.id}`}>
      <div className="row">
        <EnvironmentBadge environment={request.target.environment} />
        <h2 className="grow break">
          {request.requester.name} → {request.target.name}
        </h2>
        {request.supersedes !== null && <Badge tone="info">extension of a running grant</Badge>}
        {progress !== null && <Badge tone="info">{progress}</Badge>}
        {isOwn && <Badge tone="warn">your own request</Badge>}
        <span className="small muted">{agoWords(nowMs - request.createdAtMs)}</span>
      </div>
      <blockquote className="reason break">{request.reason}</blockquote>
      <dl className="facts">
        <dt>Asked for</dt>
        <dd>
          {durationWords(request.durationS * 1000)}
          {request.readOnly ? ', read-only' : ''} as <span className="mono">{request.account}</span> on{' '}
          <span className="mono">{request.target.host}</span> ({request.target.kind})
        </dd>
        <dt>Ticket</dt>
        <dd>{request.ticket ?? <span className="muted">none given</span>}</dd>
        <dt>Policy</dt>
        <dd>
          {policySentence(request.target.redaction)}
          {request.rule !== null && <span className="muted"> Rule “{request.rule}”.</span>}
        </dd>
        {limits !== null && (
          <>
            <dt>Limits</dt>
            <dd className="break">{limits}</dd>
          </>
        )}
        <dt>History</dt>
        <dd>{historyWords(history)}</dd>
      </dl>
      {isNarrowing && (
        <div className="narrowing">
          <TextField
            label="Shorter"
            value={duration}
            onChange={setDuration}
            placeholder={durationWords(request.durationS * 1000)}
            hint="For example 10 min. Empty leaves it as asked."
            error={approval.ok ? null : approval.message}
          />
          {request.supersedes === null && canBeReadOnly(request.target.kind) && (
            <div className="field">
              <Switch isSelected={readOnly} isDisabled={request.readOnly} onChange={setReadOnly}>
                Read-only
              </Switch>
              <p className="small muted">{readOnlyWords(request.target)}</p>
            </div>
          )}
        </div>
      )}
      <TextField label="Note to the requester (optional)" value={note} onChange={setNote} maxLength={1000} />
      <div className="row">
        <Button
          tone="primary"
          icon={Check}
          isPending={isBusy}
          isDisabled={!approval.ok || isApprovedByMe}
          aria-label={`Approve ${who}${approval.ok ? `, ${approval.words}` : ''}`}
          onPress={() => {
            if (approval.ok) void decide(approval.decision);
          }}
        >
          {isApprovedByMe ? 'Approved by you' : `Approve${approval.ok ? ` ${approval.words}` : ''}`}
        </Button>
        <Button
          icon={ChevronsDownUp}
          aria-expanded={isNarrowing}
          aria-label={`Narrow ${who}`}
          onPress={() => setNarrowing(previous => !previous)}
        >
          Narrow
        </Button>
        <Button
          tone="danger"
          icon={X}
          isPending={isBusy}
          aria-label={`Deny ${who}`}
          onPress={() => void decide(denial(note))}
        >
          Deny
        </Button>
      </div>
    </li>
  );
}

function historyWords(history: readonly AccessRequest[]): string {
  if (history.length === 0) return 'The first request of this person that is known here.';
  const approved = history.filter(request => request.state === 'approved').length;
  const denied = history.filter(request => request.state === 'denied').length;
  return `${plural(history.length, 'other request')}: ${approved} approved, ${denied} denied.`;
}
