import type { RecordingSummary } from '../../contract/server-api.ts';
import { entityName } from '../app/entity-words.ts';
import { DropDown, Segments } from '../design/choice.tsx';
import { Switch, TextField } from '../design/field.tsx';
import type { RecordingFilters } from './recording-filters.ts';
import { REVIEW_STATES, SORT_ORDERS } from './recording-filters.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface RecordingFilterBarProps {
  readonly all: readonly RecordingSummary[];
  readonly shown: number;
  readonly filters: RecordingFilters;
  readonly onFilter: (filters: RecordingFilters) => void;
}

/** Ids of a list may not be empty: this one stands for no filter. */
const EVERY = '*';

/** Everything by which the list can be narrowed; what is chosen stands in the address. */
export function RecordingFilterBar({ all, shown, filters, onFilter }: RecordingFilterBarProps) {
  const set = (change: Partial<RecordingFilters>) => onFilter({ ...filters, ...change });
  const operators = distinct(all.map(({ session }) => session.operator.name));
  const targets = distinct(all.map(({ session }) => session.target.name));
  const entities = distinct(all.flatMap(({ session }) => Object.keys(session.masked)));
  return (
    <div className="recording-filters" role="search" aria-label={t.review.filter}>
      <TextField
        label={t.review.whoOrWhat}
        type="search"
        value={filters.text}
        onChange={text => set({ text })}
        placeholder={t.review.searchBy}
        isLabelHidden
      />
      <Segments
        label={t.review.reviewState}
        choices={REVIEW_STATES.map(id => ({ id, label: t.reviewFilters[id] }))}
        selected={filters.review}
        onSelect={review => set({ review })}
      />
      <div className="recording-drop-downs">
        <DropDown
          label={t.review.operator}
          isLabelHidden
          choices={named(t.review.everybody, operators)}
          selected={filters.operator || EVERY}
          onSelect={id => set({ operator: id === EVERY ? '' : id })}
        />
        <DropDown
          label={t.review.target}
          isLabelHidden
          choices={named(t.review.everyTarget, targets)}
          selected={filters.target || EVERY}
          onSelect={id => set({ target: id === EVERY ? '' : id })}
        />
        <DropDown
          label={t.review.masked}
          isLabelHidden
          choices={[
            { id: EVERY, label: t.review.maskedOrNot },
            { id: 'any', label: t.review.anythingMasked },
            ...entities.map(id => ({ id, label: t.review.maskedKind(entityWords(id)) })),
          ]}
          selected={filters.masked || EVERY}
          onSelect={id => set({ masked: id === EVERY ? '' : id })}
        />
        <DropDown
          label={t.review.order}
          isLabelHidden
          choices={SORT_ORDERS.map(id => ({ id, label: t.sortOrders[id] }))}
          selected={filters.sort}
          onSelect={id => set({ sort: SORT_ORDERS.find(order => order === id) ?? 'newest' })}
        />
      </div>
      <Switch isSelected={filters.isStopped} onChange={isStopped => set({ isStopped })}>
        {t.review.stoppedOnly}
      </Switch>
      <span className="muted" role="status">
        {shown === all.length ? t.review.count(shown) : t.review.countOf(number(shown), all.length)}
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
