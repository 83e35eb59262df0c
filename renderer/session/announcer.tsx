import type { AccessSnapshot } from '../../contract/access.ts';
import { announcement } from './countdown.ts';
import { t } from '../texts/t.ts';

interface AnnouncerProps {
  readonly access: AccessSnapshot;
  /** which session it is about, where several are shown */
  readonly about: string | null;
}

/** Says warnings, locks and the end to screen readers, politely and once each: the text changes only when the state does. */
export function Announcer({ access, about }: AnnouncerProps) {
  const words = announcement(access);
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="announcement">
      {words !== null && about !== null ? t.session.about(about, words) : words}
    </p>
  );
}
