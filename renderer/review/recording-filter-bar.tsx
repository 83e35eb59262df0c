import type { RecordingSummary } from '../../contract/server-api.ts';
import { plural } from '../app/duration-words.ts';
import { entityName } from '../app/entity-words.ts';
import { DropDown, Segments } from '../design/choice.tsx';
import { Switch, TextField } from '../design/field.tsx';
import type { RecordingFilters, ReviewFilter, SortOrder } from './recording-filters.ts';
import { SORT_ORDERS } from './recording-filters.ts';

interface RecordingFilterBarProps {
  readonly all: readonly RecordingSummary[];
  readonly shown: number;
  readonly filters: RecordingFilters;
  readonly onFilter: (filters: RecordingFilters) => void;
}

const REVIEW_CHOICES: readonly { readonly id: ReviewFilter; readonly label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'waiting', label: 'To review' },
  { id: 'overdue', label: 'Overdue' },
  { id: 'flagged', label: 'Flagged' },
  { id: 'reviewed', label: 'Reviewed' },
  { id: 'running', label: 'Running' },
];
const SORT_LABELS: Readonly<Record<SortOrder, string>> = {
  newest: 'Newest first',
  due: 'Due first',
  masked: 'Most masked first',
  longest: 'Longest first',
};
/** Ids of a list may not be empty: this one stands for no filter. */
const EVERY = '*';

/** Everything by which the list can be narrowed; what is chosen stands in the address. */
export function RecordingFilterBar({ all, shown, filters, onFilter }: RecordingFilterBarProps) {
  const set = (change: Partial<RecordingFilters>) => onFilter({ ...filters, ...change });
  const operators = distinct(all.map(({ session }) => session.operator.name));
  const targets = distinct(all.map(({ session }) => session.target.name));
  const entities = distinct(all.flatMap(({ session }) => Object.keys(session.masked)));
  return (
    <div className="recording-filters" role="search" aria-label="Filter recordings">
      <TextField
        label="Who or what"
        type="search"
        value={filters.text}
        onChange={text => set({ text })}
        placeholder="Person, target, account"
        isLabelHidden
      />
      <Segments
        label="Review state"
        choices={REVIEW_CHOICES}
        selected={filters.review}
        onSelect={review => set({ review })}
      />
      <div className="recording-drop-downs">
        <DropDown
          label="Operator"
          isLabelHidden
          choices={named('Everybody', operators)}
          selected={filters.operator || EVERY}
          onSelect={id => set({ operator: id === EVERY ? '' : id })}
        />
        <DropDown
          label="Target"
          isLabelHidden
          choices={named('Every target', targets)}
          selected={filters.target || EVERY}
          onSelect={id => set({ target: id === EVERY ? '' : id })}
        />
        <DropDown
          label="Masked"
          isLabelHidden
          choices={[
            { id: EVERY, label: 'Masked or not' },
            { id: 'any', label: 'Anything masked' },
            ...entities.map(id => ({ id, label: `Masked: ${entityWords(id)}` })),
          ]}
          selected={filters.masked || EVERY}
          onSelect={id => set({ masked: id === EVERY ? '' : id })}
        />
        <DropDown
          label="Order"
          isLabelHidden
          choices={SORT_ORDERS.map(id => ({ id, label: SORT_LABELS[id] }))}
          selected={filters.sort}
          onSelect={id => set({ sort: SORT_ORDERS.find(order => order === id) ?? 'newest' })}
        />
      </div>
      <Switch isSelected={filters.isStopped} onChange={isStopped => set({ isStopped })}>
        Stopped by a rule or an approver
      </Switch>
      <span className="muted" role="status">
        {shown === all.length ? plural(shown, 'recording') : `${shown} of ${plural(all.length, 'recording')}`}
      </span>
    </div>
  );
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

function named(every: string, names: readonly string[]) {
  return [{ id: EVERY, label: every }, ...names.map(id => ({ id, label: id }))];
}

/** Keys of the counts are entities; an older server may know one less. */
function entityWords(id: string): string {
  return entityName(id as Parameters<typeof entityName>[0], 2);
}
