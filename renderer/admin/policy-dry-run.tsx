import type { PolicyReplayRow } from '../../contract/access-policy.ts';
import { dateAndTime } from '../app/duration-words.ts';
import type { BadgeTone } from '../design/badge.tsx';
import { Badge } from '../design/badge.tsx';
import { DataTable } from '../design/data-table.tsx';
import { StateNote } from '../design/state-note.tsx';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

const TONES: Readonly<Record<PolicyReplayRow['would'], BadgeTone>> = {
  same: 'plain',
  refused: 'danger',
  undecided: 'warn',
  'self-extended': 'info',
  'other-terms': 'info',
};

/** What would have become of past requests; those that would have gone another way first. */
export function PolicyDryRun({ rows }: { readonly rows: readonly PolicyReplayRow[] }) {
  const changed = rows.filter(({ would }) => would !== 'same');
  if (rows.length === 0) {
    return <StateNote title={t.admin.nothingToTry}>{t.admin.nobodyAsked}</StateNote>;
  }
  return (
    <section className="section" aria-labelledby="dry-run">
      <h2 id="dry-run">{t.admin.dryRun}</h2>
      <p role="status">
        {changed.length === 0
          ? t.admin.noneOtherWay(rows.length)
          : t.admin.otherWay(rows.length, number(changed.length))}
      </p>
      <DataTable
        label={t.admin.dryRunTable}
        head={[
          t.admin.when,
          t.admin.who,
          t.admin.askedFor,
          t.admin.was,
          t.admin.wouldBe,
          t.admin.byRule,
          t.admin.because,
        ]}
        rows={[...changed, ...rows.filter(({ would }) => would === 'same')].map(row => ({
          key: row.requestId,
          cells: [
            <span key="when" className="when">
              {dateAndTime(row.createdAtMs)}
            </span>,
            row.requester,
            row.isExtension
              ? t.admin.askedMore(row.target, row.account, number(row.minutes))
              : t.admin.askedTarget(row.target, row.account, number(row.minutes)),
            row.was,
            <Badge key="would" tone={TONES[row.would]}>
              {t.policyOutcomes[row.would]}
            </Badge>,
            row.rule ?? <span className="muted">{t.admin.none}</span>,
            row.why,
          ],
        }))}
      />
    </section>
  );
}
