import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { Badge } from '../../design/badge.tsx';

/** Whether a recording is still there, whole, and kept. */
export function KeepingBadges({ recording }: { readonly recording: RecordingSummary }) {
  const { deletion, damage, hold } = recording;
  return (
    <>
      {deletion !== null && (
        <Badge>
          deleted {dateAndTime(deletion.atMs)} by {deletion.by}
        </Badge>
      )}
      {damage !== null && <Badge tone="danger">damaged on the server</Badge>}
      {hold !== null && <Badge tone="info">held by {hold.by}</Badge>}
    </>
  );
}
