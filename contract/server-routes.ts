import { z } from 'zod';
import { ACCESS_ROUTES } from './routes/access.ts';
import { IDENTITY_ROUTES } from './routes/identity.ts';
import { INSIGHTS_ROUTES } from './routes/insights.ts';
import { LOG_ROUTES } from './routes/log.ts';
import { OPEN_ROUTES } from './routes/open.ts';
import { POLICY_ROUTES } from './routes/policy.ts';
import { RECORDINGS_ROUTES } from './routes/recordings.ts';
import { REVIEWS_ROUTES } from './routes/reviews.ts';
import { SIGN_IN_ROUTES } from './routes/sign-in.ts';
import { SESSIONS_ROUTES } from './routes/sessions.ts';
import { SHARES_ROUTES } from './routes/shares.ts';
import { TARGETS_ROUTES } from './routes/targets.ts';

/**
 * Every JSON route of the server: what both sides type and check against. Errors are `Problem`.
 * Not here: `GET /v1/events` (EVENTS_PATH, server-sent events) and the upload and download of recordings' bytes.
 */
export const SERVER_ROUTES = {
  ...OPEN_ROUTES,
  ...IDENTITY_ROUTES,
  ...TARGETS_ROUTES,
  ...ACCESS_ROUTES,
  ...SESSIONS_ROUTES,
  ...RECORDINGS_ROUTES,
  ...REVIEWS_ROUTES,
  ...SHARES_ROUTES,
  ...LOG_ROUTES,
  ...POLICY_ROUTES,
  ...INSIGHTS_ROUTES,
  ...SIGN_IN_ROUTES,
} as const;

export type RouteName = keyof typeof SERVER_ROUTES;
type Routes = typeof SERVER_ROUTES;
type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type Field<N extends RouteName, K extends string> =
  Routes[N] extends Readonly<Record<K, infer S>> ? S : undefined;

/** What a caller sends as JSON body; undefined where the route takes none. */
export type RouteInput<N extends RouteName> = InputOf<Field<N, 'input'>>;
export type RouteParams<N extends RouteName> = InputOf<Field<N, 'params'>>;
export type RouteQuery<N extends RouteName> = InputOf<Field<N, 'query'>>;
/** What a caller gets after the schema has parsed the answer. */
export type RouteOutput<N extends RouteName> = z.output<Routes[N]['output']>;

/** `GET`, query `EventsQuery`: answers `text/event-stream` of `ServerEvent`s (`data:` one JSON line; `id:` the sequence number). */
export const EVENTS_PATH = '/v1/events';
/** `after`: the last sequence number that the client has taken in; without it the stream begins with what comes next. */
export const EventsQuery = z.strictObject({ after: z.coerce.number().int().nonnegative().optional() });

/**
 * Header of the answer to `GET /v1/events`: the number that the stream begins after. It is `after`, or the newest number where
 * the client gave none; the first event is this plus one. An `after` beyond the newest number is a 409: fetch the state anew.
 */
export const EVENT_SEQUENCE_HEADER = 'x-event-sequence';

/** The header of a 401 for a stale or future proof: server time in milliseconds, unsigned; ask `GET /v1/time` for a signed one. */
export const SERVER_TIME_HEADER = 'x-server-time';

/**
 * The path with its query for a call: what is requested and what the proof's `htp` names.
 * Throws a plain Error when a parameter of the path is missing (a bug of the caller).
 */
export function routePath(
  path: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`The path ${path} needs "${name}".`);
    return encodeURIComponent(value);
  });
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}
