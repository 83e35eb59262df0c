import { Check, ChevronsDownUp, X } from 'lucide-react';
import { useState } from 'react';
import type { AccessRequest, DecisionInput } from '../../contract/server-api.ts';
import { canBeReadOnly } from '../../core/access/read-only.ts';
import { agoWords, durationWords } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Switch, TextField } from '../design/field.tsx';
import { policySentence } from '../launcher/policy-words.ts';
import { scopeWords } from '../launcher/scope-words.ts';
import { approvalWords } from './approval-words.ts';
import { denial, readApproval } from './decision.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

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
  const asked = durationWords(request.durationS * 1000);
  const who = [request.requester.name, request.target.name] as const;

  return (
    <li className="request-card" data-testid={`decide-${request.id}`}>
      <div className="row">
        <EnvironmentBadge environment={request.target.environment} />
        <h2 className="grow break">
          {request.requester.name} → {request.target.name}
        </h2>
        {request.supersedes !== null && <Badge tone="info">{t.approvals.isExtension}</Badge>}
        {progress !== null && <Badge tone="info">{progress}</Badge>}
        {isOwn && <Badge tone="warn">{t.approvals.isOwn}</Badge>}
        <span className="small muted">{agoWords(nowMs - request.createdAtMs)}</span>
      </div>
      <blockquote className="reason break">{request.reason}</blockquote>
      <dl className="facts">
        <dt>{t.approvals.askedFor}</dt>
        <dd>
          {t.approvals.askedAs(
            request.readOnly ? t.approvals.withReadOnly(asked) : asked,
            <span className="mono">{request.account}</span>,
            <span className="mono">{request.target.host}</span>,
            request.target.kind,
          )}
        </dd>
        <dt>{t.approvals.ticket}</dt>
        <dd>{request.ticket ?? <span className="muted">{t.approvals.noTicket}</span>}</dd>
        <dt>{t.approvals.policy}</dt>
        <dd>
          {policySentence(request.target.redaction)}
          {request.rule !== null && <span className="muted"> {t.approvals.rule(request.rule)}</span>}
        </dd>
        {limits !== null && (
          <>
            <dt>{t.approvals.limits}</dt>
            <dd className="break">{limits}</dd>
          </>
        )}
        <dt>{t.approvals.history}</dt>
        <dd>{historyWords(history)}</dd>
      </dl>
      {isNarrowing && (
        <div className="narrowing">
          <TextField
            label={t.approvals.shorter}
            value={duration}
            onChange={setDuration}
            placeholder={asked}
            hint={t.approvals.shorterHint}
            error={approval.ok ? null : approval.message}
          />
          {request.supersedes === null && canBeReadOnly(request.target.kind) && (
            <div className="field">
              <Switch isSelected={readOnly} isDisabled={request.readOnly} onChange={setReadOnly}>
                {t.approvals.readOnly}
              </Switch>
              <p className="small muted">
                {request.target.makesRoles ? t.approvals.heldByDatabase : t.approvals.heldBySallyport}
              </p>
            </div>
          )}
        </div>
      )}
      <TextField label={t.approvals.note} value={note} onChange={setNote} maxLength={1000} />
      <div className="row">
        <Button
          tone="primary"
          icon={Check}
          isPending={isBusy}
          isDisabled={!approval.ok || isApprovedByMe}
          aria-label={
            approval.ok
              ? t.approvals.approveForLength(...who, approval.words)
              : t.approvals.approveFor(...who)
          }
          onPress={() => {
            if (approval.ok) void decide(approval.decision);
          }}
        >
          {isApprovedByMe
            ? t.approvals.approvedByYou
            : approval.ok
              ? t.approvals.approveLength(approval.words)
              : t.approvals.approve}
        </Button>
        <Button
          icon={ChevronsDownUp}
          aria-expanded={isNarrowing}
          aria-label={t.approvals.narrowFor(...who)}
          onPress={() => setNarrowing(previous => !previous)}
        >
          {t.approvals.narrow}
        </Button>
        <Button
          tone="danger"
          icon={X}
          isPending={isBusy}
          aria-label={t.approvals.denyFor(...who)}
          onPress={() => void decide(denial(note))}
        >
          {t.approvals.deny}
        </Button>
      </div>
    </li>
  );
}

function historyWords(history: readonly AccessRequest[]): string {
  if (history.length === 0) return t.approvals.firstRequest;
  const approved = history.filter(request => request.state === 'approved').length;
  const denied = history.filter(request => request.state === 'denied').length;
  return t.approvals.otherRequests(history.length, number(approved), number(denied));
}
