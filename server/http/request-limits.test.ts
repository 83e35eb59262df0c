import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { createRequestLimits, DEFAULT_LIMITS } from './request-limits.ts';

test('all devices of an account are counted together, and each account for itself', async () => {
  const app = Fastify();
  await app.register(rateLimit, { global: false });
  const { countAccount } = createRequestLimits(app, { ...DEFAULT_LIMITS, perAccount: 2 });
  // What the limit looks at, of a request whose proof was verified.
  const from = (account: string, device: string) =>
    ({
      ip: '10.0.0.1',
      routeOptions: { config: {} },
      caller: { account: { id: account }, deviceId: device },
    }) as unknown as FastifyRequest;
  expect(await countAccount(from('anna', 'laptop'))).toBe(false);
  expect(await countAccount(from('anna', 'phone'))).toBe(false);
  expect(await countAccount(from('anna', 'tablet'))).toBe(true);
  expect(await countAccount(from('bob', 'laptop'))).toBe(false);
  await app.close();
});
