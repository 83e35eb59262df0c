import type { SessionRecord } from '../../contract/server-api.ts';
import { Badge } from '../design/badge.tsx';
import './alert-lines.css';

/** What rules of monitoring said about a session, in counts. */
export function AlertLines({ alerts }: Pick<SessionRecord, 'alerts'>) {
  return alerts.map(({ rule, text }) => (
    <p key={rule} className="small alert-line" data-testid={`alert-${rule}`}>
      <Badge tone="warn">{rule}</Badge>
      <span className="break">{text}</span>
    </p>
  ));
}
