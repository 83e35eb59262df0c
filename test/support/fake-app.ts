import { pino } from 'pino';
import type { AppOptions } from '../../server/http/create-app.ts';
import { createApp } from '../../server/http/create-app.ts';
import { CONNECTION_LIMITS } from '../../server/http/http-server.ts';
import { DEFAULT_LIMITS } from '../../server/http/request-limits.ts';
import { createReadiness } from '../../server/operations/readiness.ts';

/** The whole HTTP interface without what is behind it: for what is decided before a route is reached. */
export function fakeApp(changes: Partial<AppOptions> = {}): ReturnType<typeof createApp> {
  const log = pino({ level: 'silent' });
  const context = {
    log,
    nowMs: Date.now,
    serverName: 'test',
    oidc: null,
  } as unknown as AppOptions['context'];
  const recordings = { check: () => Promise.resolve() } as unknown as AppOptions['recordings'];
  return createApp({
    context,
    recordings,
    scrub: {} as unknown as AppOptions['scrub'],
    leaseRenewalMs: 5_000,
    limits: DEFAULT_LIMITS,
    connectionLimits: CONNECTION_LIMITS,
    trustedProxies: [],
    sweepSoon: () => undefined,
    readiness: createReadiness(context, recordings),
    metrics: null,
    tls: null,
    version: 'test',
    ...changes,
  });
}
