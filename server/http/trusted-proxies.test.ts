import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { fakeApp } from '../../test/support/fake-app.ts';
import { DEFAULT_LIMITS } from './request-limits.ts';
import { TrustedProxies, trustProxyOption } from './trusted-proxies.ts';

const PROXIES = ['10.0.0.5', '10.1.0.0/24'];

test.each([
  {
    what: 'nobody is believed unless named',
    proxies: [],
    from: '10.0.0.5',
    says: '203.0.113.7',
    is: '10.0.0.5',
  },
  { what: 'a stranger is not believed', from: '198.51.100.1', says: '203.0.113.7', is: '198.51.100.1' },
  { what: 'a proxy is believed', from: '10.0.0.5', says: '203.0.113.7', is: '203.0.113.7' },
  { what: 'one of a range is, too', from: '10.1.0.200', says: '203.0.113.7', is: '203.0.113.7' },
  {
    what: 'what a client said before the proxy counts for nothing',
    from: '10.0.0.5',
    says: '127.0.0.1, 203.0.113.7',
    is: '203.0.113.7',
  },
  {
    what: 'a chain of proxies is followed to the first stranger',
    from: '10.0.0.5',
    says: '1.2.3.4, 203.0.113.7, 10.1.0.9',
    is: '203.0.113.7',
  },
  { what: 'a proxy that says nothing is the client', from: '10.0.0.5', says: '', is: '10.0.0.5' },
])('$what', async ({ proxies = PROXIES, from, says, is }) => {
  const app = Fastify({ trustProxy: trustProxyOption(proxies) });
  app.get('/', request => Promise.resolve({ address: request.ip }));
  const headers = says === '' ? {} : { 'x-forwarded-for': says };
  const answer = await app.inject({ url: '/', remoteAddress: from, headers });
  expect(answer.json()).toEqual({ address: is });
  await app.close();
});

test('behind a proxy each client has limits of its own', async () => {
  const limits = { ...DEFAULT_LIMITS, perAddress: 2 };
  const ask = async (trustedProxies: readonly string[]) => {
    const { app } = await fakeApp({ trustedProxies, limits });
    const from = async (client: string) =>
      (
        await app.inject({
          url: '/healthz',
          remoteAddress: '10.0.0.5',
          headers: { 'x-forwarded-for': client },
        })
      ).statusCode;
    const statuses = [await from('203.0.113.7'), await from('203.0.113.7'), await from('203.0.113.7')];
    statuses.push(await from('203.0.113.8'));
    await app.close();
    return statuses;
  };
  expect(await ask(PROXIES)).toEqual([200, 200, 429, 200]);
  expect(await ask([])).toEqual([200, 200, 429, 429]);
});

test('addresses and ranges are taken; names, ranges of everybody and mistakes are not', () => {
  expect(TrustedProxies.parse(['10.0.0.5', '10.0.0.0/8', '::1', 'fd00::/8'])).toHaveLength(4);
  for (const wrong of [
    '',
    'proxy',
    '10.0.0',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '::1/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
  ])
    expect(TrustedProxies.safeParse([wrong]).success, wrong).toBe(false);
});
