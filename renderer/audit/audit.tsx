import { RefreshCw, ScrollText } from 'lucide-react';
import { useState } from 'react';
import type { AuditEntry } from '../../contract/server-api.ts';
import { plural } from '../app/duration-words.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { detailWords, matchingEntries } from './audit-words.ts';
import './audit.css';

const LAST = { limit: 500 } as const;

/** Who did what, when and why: the last entries of the server's chained log. */
export function Audit() {
  const [entries, reload] = useAnswer('audit.list', LAST);
  const [search, setSearch] = useState('');
  return (
    <div className="view">
      <div className="view-head">
        <h1>Audit</h1>
        <p className="grow">Who did what, when and why. Each entry seals the one before it by its hash.</p>
        <Button icon={RefreshCw} onPress={reload}>
          Refresh
        </Button>
      </div>
      <Loaded of={entries} what="the audit log" onRetry={reload}>
        {all =>
          all.length === 0 ? (
            <StateNote title="The log is empty" icon={ScrollText}>
              Requests, decisions, sessions and reviews are written here as they happen.
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
          label="Find"
          type="search"
          value={search}
          onChange={onSearch}
          placeholder="Person, action, target …"
          isLabelHidden
        />
        <span className="muted" role="status">
          {plural(shown.length, 'entry', 'entries')}
        </span>
      </div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Audit entries">
        <table className="audit-table">
          <thead>
            <tr>
              <th scope="col">No.</th>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">Did</th>
              <th scope="col">To</th>
              <th scope="col">Details</th>
              <th scope="col">Hash</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(entry => (
              <tr key={entry.sequence}>
                <td className="muted">{entry.sequence}</td>
                <td className="when">{new Date(entry.atMs).toLocaleString('sv-SE')}</td>
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
