import type { Failure, Outcome } from '../../contract/errors.ts';

/** What a view knows about something that it asked main for; an older value stays while it is asked again or after a failure. */
export interface Loadable<T> {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly value: T | null;
  readonly failure: Failure | null;
}

export const LOADING: Loadable<never> = { status: 'loading', value: null, failure: null };

export function settle<T>(previous: Loadable<T>, outcome: Outcome<T>): Loadable<T> {
  return outcome.ok
    ? { status: 'ready', value: outcome.value, failure: null }
    : { status: 'failed', value: previous.value, failure: outcome.error };
}

/** The list with `entry` in the place of the one with the same id, else in front. */
export function upsert<T extends { readonly id: string }>(list: readonly T[], entry: T): T[] {
  return list.some(other => other.id === entry.id)
    ? list.map(other => (other.id === entry.id ? entry : other))
    : [entry, ...list];
}
