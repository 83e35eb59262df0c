import { Eye, SquareTerminal, TimerReset } from 'lucide-react';
import { useState } from 'react';
import type { AccessRequest, GrantRecord } from '../../contract/server-api.ts';
import { clockText, durationWords } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { DoorsRing } from '../design/doors-ring.tsx';
import { fractionLeft, urgencyOf } from '../session/countdown.ts';
import { policySentence } from './policy-words.ts';
import { RequestDialog } from './request-dialog.tsx';
import { useConnect } from './use-connect.ts';
import { list } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface GrantCardProps {
  readonly grant: GrantRecord;
  readonly request: AccessRequest | null;
  readonly nowMs: number;
}

/** One grant that can be used now: where, as whom, within which bounds, for how long still. */
export function GrantCard({ grant, request, nowMs }: GrantCardProps) {
  const { live, router } = useServices();
  const [isExtending, setExtending] = useState(false);
  const running = useStore(live).find(
    session =>
      session.access.phase !== 'ended' &&
      (session.access.grantId === grant.id || session.grant.id === grant.id),
  );
  const leftMs = grant.expiresAtMs - nowMs;
  // an end stands on a whole second, a begin on a millisecond: up to a second is missing
  const totalMs = Math.ceil((grant.expiresAtMs - grant.issuedAtMs) / 1000) * 1000;
  const urgency = urgencyOf(leftMs, totalMs);
  const isReadOnly = request?.readOnly ?? false;

  return (
    <li className="grant-card" data-environment={grant.target.environment} data-testid={`grant-${grant.id}`}>
      <div className="row">
        <EnvironmentBadge environment={grant.target.environment} />
        <span className="small muted">{grant.target.kind}</span>
        {isReadOnly && (
          <Badge tone="info">
            <Eye size={12} aria-hidden /> {t.launcher.readOnly}
          </Badge>
        )}
      </div>
      <div className="grant-title">
        <div className="grow">
          <h2 className="break">{grant.target.name}</h2>
          <p className="mono muted break">
            {grant.account}@{grant.target.host}
          </p>
        </div>
        <div className="time-left" data-urgency={urgency}>
          <DoorsRing fraction={fractionLeft(leftMs, totalMs)} urgency={urgency} sizePx={38} />
          <span>
            <strong>{clockText(leftMs)}</strong>
            <span className="small muted">{t.launcher.leftOf(durationWords(totalMs))}</span>
          </span>
        </div>
      </div>
      <p>{policySentence(grant.target.redaction)}</p>
      <dl className="facts small">
        <dt>{t.common.reason}</dt>
        <dd>
          {grant.reason}
          {request !== null && request.ticket !== null && <span className="muted"> · {request.ticket}</span>}
        </dd>
        <dt>{t.launcher.approvedBy}</dt>
        <dd>{list(grant.approvedBy.map(approver => approver.name))}</dd>
      </dl>
      <div className="row grant-actions">
        {running === undefined ? (
          <ConnectButton grant={grant} />
        ) : (
          <Button
            tone="primary"
            icon={SquareTerminal}
            onPress={() => router.go({ view: 'session', sessionId: running.sessionId })}
          >
            {t.launcher.goToSession}
          </Button>
        )}
        <Button icon={TimerReset} onPress={() => setExtending(true)}>
          {t.launcher.extend}
        </Button>
      </div>
      {isExtending && <RequestDialog extending={grant} onClose={() => setExtending(false)} />}
    </li>
  );
}

function ConnectButton({ grant }: { readonly grant: GrantRecord }) {
  const { isBusy, connect } = useConnect();
  return (
    <Button
      tone="primary"
      icon={SquareTerminal}
      isPending={isBusy}
      aria-label={t.launcher.connectTo(grant.target.name)}
      onPress={() => void connect(grant)}
    >
      {isBusy ? t.launcher.connecting : t.launcher.connect}
    </Button>
  );
}
