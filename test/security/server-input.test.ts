import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import { Problem } from '../../contract/server-api.ts';
import type { RouteName } from '../../contract/server-routes.ts';
import { SERVER_ROUTES } from '../../contract/server-routes.ts';
import type { TestDevice } from '../support/server-device.ts';
import { send } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

let server: TestServer;
let everyone: TestDevice;
beforeAll(async () => {
  server = await startTestServer({ limits: { enrolPerAddress: 20 } });
  everyone = await server.person('Every Role', 'operator', 'approver', 'reviewer', 'administrator');
  await server.target({ target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' } });
});
afterAll(() => server.close());

const names = Object.keys(SERVER_ROUTES) as RouteName[];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\0', '\ud800', '../..', "'; DROP TABLE grants; --", '\u202e', 'shell', 'deploy', 'age1'),
);
const value: fc.Arbitrary<unknown> = fc.oneof(text, fc.jsonValue(), fc.double(), fc.constant(null));
const field = fc.constantFrom(
  ...[
    'name',
    'roles',
    'reason',
    'targetId',
    'account',
    'durationS',
    'readOnly',
    'ticket',
    'decision',
    'note',
  ],
  ...['grantId', 'sessionId', 'frozenAtMs', 'deviceId', 'recipient', 'isSuspended', 'masked', 'publicKey'],
);
const body = fc.oneof(value, fc.dictionary(field, value));

/** Bodies that pass the schema but for one character that PostgreSQL cannot store. */
const unstorable = ['a\0b', 'a\ud800b'];

describe('whatever comes in', () => {
  test.each(names)('%s answers with a problem or an answer of its own, never with a fault', async name => {
    const { method, path: template } = SERVER_ROUTES[name];
    await fc.assert(
      fc.asyncProperty(body, text, fc.option(text), async (input, id, query) => {
        const filled = template.replace(':id', encodeURIComponent(id.toWellFormed()) || 'x');
        const path = query === null ? filled : `${filled}?limit=${encodeURIComponent(query.toWellFormed())}`;
        const authorization = `Sallyport ${await everyone.proof({ method, path })}`;
        const answer = await send(`${server.url()}${path}`, method, {
          authorization,
          ...(method === 'GET' ? {} : { body: input }),
        });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(Problem.parse(answer.body).status).toBe(answer.status);
      }),
      { numRuns: name === 'enrol' ? 10 : 25 },
    );
  });

  test.each(unstorable)(
    'text that cannot be stored (%j) is refused, in every field of free text',
    async odd => {
      const calls = [
        everyone.call('createRequest', {
          input: { targetId: 'shell' as never, account: 'deploy', reason: odd, durationS: 60 },
        }),
        everyone.call('createAccount', { input: { name: odd, roles: ['operator'] } }),
        everyone.call('revokeDevice', { input: { deviceId: everyone.deviceId + odd, reason: odd } as never }),
      ];
      for (const answer of await Promise.all(calls))
        expect(answer).toMatchObject({ status: 400, body: { code: 'bad-input' } });
    },
  );

  test('an Authorization header of any form is refused with a problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async junk => {
        const header = `Sallyport ${junk.replaceAll(/[^\x21-\x7e]/g, '.')}`;
        const answer = await send(`${server.url()}/v1/account`, 'GET', { authorization: header });
        expect(answer.status).toBe(401);
      }),
      { numRuns: 50 },
    );
  });
});

describe('limits', () => {
  test('codes cannot be tried without end', async () => {
    let last = 0;
    for (let i = 0; i < 40 && last !== 429; i++) {
      const answer = await send(`${server.url()}/v1/enrol`, 'POST', {
        body: { code: `guess-number-${i}`, deviceName: 'x', devicePublicKey: 'A'.repeat(43) },
      });
      last = answer.status;
      if (last === 429) expect(answer.body).toMatchObject({ code: 'rate-limited' });
    }
    expect(last).toBe(429);
    // Somebody else's guessing does not keep a device that is enrolled from its work.
    await everyone.ok('whoAmI');
  });
});
