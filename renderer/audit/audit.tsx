import { RefreshCw, ScrollText } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../contract/server-api.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { detailWords, matchingEntries } from './audit-words.ts';
import { logTime } from '../texts/format.ts';
import { t } from '../texts/t.ts';
import './audit.css';

const LAST = { limit: 500 } as const;

/** Who did what, when and why: the last entries of the server's chained log. */
export function Audit() {
  const [entries, reload] = useAnswer('audit.list', LAST);
  const [search, setSearch] = useState('');
  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.places.audit}</h1>
        <p className="grow">{t.audit.about}</p>
        <Button icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
      </div>
      <Loaded of={entries} what={t.audit.theLog} onRetry={reload}>
        {all =>
          all.length === 0 ? (
            <StateNote title={t.audit.empty} icon={ScrollText}>
              {t.audit.emptyMeans}
            </StateNote>
          ) : (
            <AuditTable entries={all} search={search} onSearch={setSearch} />
          )
        }
      </Loaded>
    </div>
  );
}

interface AuditTableProps {
  readonly entries: readonly AuditEntry[];
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function AuditTable({ entries, search, onSearch }: AuditTableProps) {
  const shown = matchingEntries(entries, search).sort((a, b) => b.sequence - a.sequence);
  return (
    <div className="stack">
      <div className="audit-search">
        <TextField
          label={t.audit.find}
          type="search"
          value={search}
          onChange={onSearch}
          placeholder={t.audit.findBy}
          isLabelHidden
        />
        <span className="muted" role="status">
          {t.audit.entries(shown.length)}
        </span>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t.audit.list}>
        <table className="audit-table">
          <thead>
            <tr>
              <th scope="col">{t.audit.number}</th>
              <th scope="col">{t.audit.when}</th>
              <th scope="col">{t.audit.who}</th>
              <th scope="col">{t.audit.did}</th>
              <th scope="col">{t.audit.to}</th>
              <th scope="col">{t.audit.details}</th>
              <th scope="col">{t.audit.hash}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(entry => (
              <tr key={entry.sequence}>
                <td className="muted">{entry.sequence}</td>
                <td className="when">{logTime(entry.atMs)}</td>
                <td>{entry.actor}</td>
                <td>
                  <strong>{entry.action}</strong>
                </td>
                <td className="mono break">{entry.subject}</td>
                <td className="break details">{detailWords(entry.detail)}</td>
                <td className="mono muted" title={entry.hash}>
                  {entry.hash.slice(0, 8)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
