import type { Entity, MaskCounts } from '../../contract/redaction.ts';
import type { RecordingSummary, SessionRecord } from '../../contract/server-api.ts';
import { totalMasked } from '../app/entity-words.ts';
import { isOverdue, isWaiting } from './decisions/review-words.ts';

export const REVIEW_STATES = ['all', 'waiting', 'overdue', 'flagged', 'reviewed', 'running'] as const;
export type ReviewFilter = (typeof REVIEW_STATES)[number];
export const SORT_ORDERS = ['newest', 'due', 'masked', 'longest'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export interface RecordingFilters {
  /** matched against operator, target and account */
  readonly text: string;
  /** names; empty for all */
  readonly operator: string;
  readonly target: string;
  readonly review: ReviewFilter;
  /** an entity, `any` of them, or empty for all recordings */
  readonly masked: string;
  /** only sessions that a rule or an approver stopped */
  readonly isStopped: boolean;
  readonly sort: SortOrder;
}

export const NO_FILTERS: RecordingFilters = {
  text: '',
  operator: '',
  target: '',
  review: 'all',
  masked: '',
  isStopped: false,
  sort: 'newest',
};

const STOPPED_BY: ReadonlySet<string> = new Set(['budget', 'approver', 'revoked']);

/** Whether a rule (an exposure budget) or an approver locked or ended a session. */
export function isStopped({
  lockReasons,
  endCause,
}: Pick<SessionRecord, 'lockReasons' | 'endCause'>): boolean {
  return [...lockReasons, endCause ?? ''].some(reason => STOPPED_BY.has(reason));
}

/** Those that fit every filter, in the chosen order. `nowMs`: server time, for what is overdue. */
export function filterRecordings(
  recordings: readonly RecordingSummary[],
  filters: RecordingFilters,
  nowMs: number,
): RecordingSummary[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  return recordings
    .filter(recording => {
      const { session } = recording;
      const { operator, target, account } = session;
      const searched = `${operator.name} ${target.name} ${target.environment} ${account}`.toLowerCase();
      return (
        words.every(word => searched.includes(word)) &&
        (filters.operator === '' || operator.name === filters.operator) &&
        (filters.target === '' || target.name === filters.target) &&
        hasMasked(session.masked, filters.masked) &&
        (!filters.isStopped || isStopped(session)) &&
        fitsReview(recording, filters.review, nowMs)
      );
    })
    .sort((a, b) => ORDER[filters.sort](a, b) || ORDER.newest(a, b));
}

function hasMasked(counts: MaskCounts, wanted: string): boolean {
  if (wanted === '') return true;
  // a word that is no entity was in the address; it is masked nowhere
  return wanted === 'any' ? totalMasked(counts) > 0 : (counts[wanted as Entity] ?? 0) > 0;
}

function fitsReview(
  { review, state, deletion }: RecordingSummary,
  wanted: ReviewFilter,
  nowMs: number,
): boolean {
  switch (wanted) {
    case 'all':
      return true;
    case 'waiting':
      return state !== 'running' && deletion === null && isWaiting(review);
    case 'overdue':
      return deletion === null && isOverdue(review, nowMs);
    case 'flagged':
      return review.status === 'flagged' || review.status === 'follow-up';
    case 'reviewed':
      return review.status === 'reviewed';
    case 'running':
      return state === 'running';
  }
}

const dueOf = ({ review }: RecordingSummary): number =>
  isWaiting(review) ? (review.dueAtMs ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
const ORDER: Readonly<Record<SortOrder, (a: RecordingSummary, b: RecordingSummary) => number>> = {
  newest: (a, b) => b.session.startedAtMs - a.session.startedAtMs,
  due: (a, b) => dueOf(a) - dueOf(b),
  masked: (a, b) => totalMasked(b.session.masked) - totalMasked(a.session.masked),
  longest: (a, b) => b.durationMs - a.durationMs,
};

/** The filters as a query of the address, only what differs from none. */
export function formatFilters(filters: RecordingFilters): string {
  const query = new URLSearchParams();
  for (const key of ['text', 'operator', 'target', 'masked'] as const)
    if (filters[key] !== '') query.set(key, filters[key]);
  if (filters.review !== NO_FILTERS.review) query.set('review', filters.review);
  if (filters.isStopped) query.set('stopped', '1');
  if (filters.sort !== NO_FILTERS.sort) query.set('sort', filters.sort);
  return query.toString();
}

/** What `formatFilters` wrote; what is not known there means no filter. */
export function parseFilters(query: string): RecordingFilters {
  const given = new URLSearchParams(query);
  const review = REVIEW_STATES.find(state => state === given.get('review'));
  const sort = SORT_ORDERS.find(order => order === given.get('sort'));
  return {
    text: given.get('text') ?? '',
    operator: given.get('operator') ?? '',
    target: given.get('target') ?? '',
    masked: given.get('masked') ?? '',
    review: review ?? NO_FILTERS.review,
    isStopped: given.get('stopped') === '1',
    sort: sort ?? NO_FILTERS.sort,
  };
}
