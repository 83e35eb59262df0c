import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { Badge } from '../../design/badge.tsx';
import { t } from '../../texts/t.ts';

/** Whether a recording is still there, whole, and kept. */
export function KeepingBadges({ recording }: { readonly recording: RecordingSummary }) {
  const { deletion, damage, hold } = recording;
  return (
    <>
      {deletion !== null && <Badge>{t.keeping.deletedBy(dateAndTime(deletion.atMs), deletion.by)}</Badge>}
      {damage !== null && <Badge tone="danger">{t.keeping.damagedOnServer}</Badge>}
      {hold !== null && <Badge tone="info">{t.keeping.heldBy(hold.by)}</Badge>}
    </>
  );
}
