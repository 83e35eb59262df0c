import type { PolicyReplayRow } from '../../contract/access-policy.ts';
import { dateAndTime, plural } from '../app/duration-words.ts';
import type { BadgeTone } from '../design/badge.tsx';
import { Badge } from '../design/badge.tsx';
import { DataTable } from '../design/data-table.tsx';
import { StateNote } from '../design/state-note.tsx';

const WOULD: Readonly<Record<PolicyReplayRow['would'], { readonly text: string; readonly tone: BadgeTone }>> =
  {
    same: { text: 'the same', tone: 'plain' },
    refused: { text: 'refused', tone: 'danger' },
    undecided: { text: 'undecided still', tone: 'warn' },
    'self-extended': { text: 'extended by the holder alone', tone: 'info' },
    'other-terms': { text: 'under other terms', tone: 'info' },
  };

/** What would have become of past requests; those that would have gone another way first. */
export function PolicyDryRun({ rows }: { readonly rows: readonly PolicyReplayRow[] }) {
  const changed = rows.filter(({ would }) => would !== 'same');
  if (rows.length === 0) {
    return (
      <StateNote title="There is nothing to try it against">Nobody has asked for access so far.</StateNote>
    );
  }
  return (
    <section className="section" aria-labelledby="dry-run">
      <h2 id="dry-run">What would have happened</h2>
      <p role="status">
        Of {plural(rows.length, 'past request')}, {changed.length === 0 ? 'none' : changed.length} would have
        gone another way.
      </p>
      <DataTable
        label="Past requests under the draft"
        head={['When', 'Who', 'Asked for', 'Was', 'Would be', 'By rule', 'Because']}
        rows={[...changed, ...rows.filter(({ would }) => would === 'same')].map(row => ({
          key: row.requestId,
          cells: [
            <span key="when" className="when">
              {dateAndTime(row.createdAtMs)}
            </span>,
            row.requester,
            `${row.target} as ${row.account}, ${row.minutes} min${row.isExtension ? ' more' : ''}`,
            row.was,
            <Badge key="would" tone={WOULD[row.would].tone}>
              {WOULD[row.would].text}
            </Badge>,
            row.rule ?? <span className="muted">none</span>,
            row.why,
          ],
        }))}
      />
    </section>
  );
}
