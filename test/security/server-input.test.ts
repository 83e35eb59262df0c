import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import { Problem } from '../../contract/server-api.ts';
import type { RouteName } from '../../contract/server-routes.ts';
import { SERVER_ROUTES } from '../../contract/server-routes.ts';
import { BYTE_ROUTES } from '../../server/http/openapi/byte-routes.ts';
import type { TestDevice } from '../support/server-device.ts';
import { valuesOf } from '../support/schema-values.ts';
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
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
afterAll(async () => {
  agent.destroy();
  await server.close();
});

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

const odd = fc.constantFrom(
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  'NaN',
  '9'.repeat(30),
  '*',
  '\u00ff\u00fe',
  'a'.repeat(3000),
  '../..',
  '%00',
  "'--",
);
/** What clients, proxies and attackers send, with values that are not theirs. */
const hostileHeaders = fc.dictionary(
  fc.constantFrom(
    ...[
      'content-type',
      'content-encoding',
      'accept',
      'accept-encoding',
      'if-none-match',
      'if-modified-since',
    ],
    ...[
      'range',
      'cookie',
      'origin',
      'referer',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'forwarded',
    ],
    ...[
      'x-http-method-override',
      'x-original-url',
      'traceparent',
      'tracestate',
      'upgrade-insecure-requests',
      'te',
    ],
    ...['authorization', 'x-server-time', '__proto__', 'constructor'],
  ),
  odd,
  { minKeys: 1, maxKeys: 6 },
);
const uploadHeaders = fc.dictionary(
  fc.constantFrom(
    ...[
      'tus-resumable',
      'upload-offset',
      'upload-length',
      'upload-defer-length',
      'upload-metadata',
      'upload-concat',
    ],
    ...['content-type', 'range', 'if-match', 'x-http-method-override'],
  ),
  fc.oneof(
    odd,
    fc.constantFrom(
      '1.0.0',
      'application/offset+octet-stream',
      'recordingId eA==',
      'recordingId',
      'bytes=0-',
      'bytes=9-1',
    ),
  ),
  { maxKeys: 7 },
);

/** By `node:http`, as `fetch` would not send such headers. */
async function exchange(
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: Uint8Array,
): Promise<{ readonly status: number; readonly allow: string; readonly body: unknown }> {
  const { port } = new URL(server.url());
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent });
  const [response] = (await Promise.all([once(sent, 'response'), sent.end(body)]))[0] as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    // an answer that is no JSON
  }
  return { status: response.statusCode ?? 0, allow: response.headers.allow ?? '', body: parsed };
}

describe('whatever comes in', () => {
  test.each(names)('%s answers with a problem or an answer of its own, never with a fault', async name => {
    const { method, path: template } = SERVER_ROUTES[name];
    await fc.assert(
      fc.asyncProperty(body, text, fc.option(text), async (input, id, query) => {
        const filled = template.replaceAll(/:[A-Za-z]+/g, encodeURIComponent(id.toWellFormed()) || 'x');
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

  const paths = [
    ...new Set([...names.map(name => SERVER_ROUTES[name].path), ...BYTE_ROUTES.map(({ path }) => path)]),
  ];
  test.each(paths)('%s takes no other method, and says which it takes', async template => {
    const path = template.replaceAll(/:[A-Za-z]+|\{[a-z]+\}/g, 'x');
    for (const method of [
      'GET',
      'HEAD',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'PROPFIND',
      'NONSENSE',
    ]) {
      const { status, allow, body } = await exchange(path, method, {});
      expect(status, `${method} ${path}`).toBeLessThan(500);
      if (status !== 405) continue;
      expect(allow.split(', ')).not.toContain(method);
      expect(allow).not.toBe('');
      if (method !== 'HEAD') expect(Problem.parse(body)).toMatchObject({ status: 405, code: 'bad-input' });
    }
  });

  test.each(names)('%s with headers that nobody should send is answered without a fault', async name => {
    const { method, path: template } = SERVER_ROUTES[name];
    const path = template.replaceAll(/:[A-Za-z]+/g, 'x');
    await fc.assert(
      fc.asyncProperty(hostileHeaders, async headers => {
        const authorization = `Sallyport ${await everyone.proof({ method, path })}`;
        const { status, body } = await exchange(path, method, { authorization, ...headers });
        expect(status).toBeLessThan(500);
        if (status >= 400) expect(Problem.parse(body).status).toBe(status);
      }),
      { numRuns: 12 },
    );
  });

  test.each(BYTE_ROUTES.map(route => [route.name, route] as const))(
    '%s answers with a problem or an answer of its own, whatever its headers and bytes are',
    async (_name, route) => {
      const method = route.method.toUpperCase();
      await fc.assert(
        fc.asyncProperty(
          text,
          uploadHeaders,
          fc.uint8Array({ maxLength: 300 }),
          async (id, headers, bytes) => {
            const path = route.path.replace('{id}', encodeURIComponent(id.toWellFormed()) || 'x');
            // A stream of events would not end.
            const query = route.name === 'followEvents' ? '?after=-1' : '';
            const authorization = `Sallyport ${await everyone.proof({ method, path: `${path}${query}` })}`;
            const { status, body } = await exchange(
              `${path}${query}`,
              method,
              { authorization, ...headers },
              method === 'PATCH' || method === 'POST' ? Buffer.from(bytes) : undefined,
            );
            expect(status).toBeLessThan(500);
            if (status >= 400 && method !== 'HEAD') expect(Problem.parse(body).status).toBe(status);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

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

describe('bodies that the schemas let in', () => {
  test('are refused in words or done, never a failure, on every route that takes one', async () => {
    let beyondTheSchema = 0;
    let sent = 0;
    for (const name of names) {
      const shape = SERVER_ROUTES[name];
      if (shape.proof !== 'device' || !('input' in shape)) continue;
      for (const input of fc.sample(valuesOf(shape.input), { numRuns: 4, seed: 5 })) {
        // Nobody's id: what these bodies do is done to nobody who is needed here.
        const params = { id: 'nobody', shareId: 'none' };
        const answer = await everyone.call(name, { params, input: input as never });
        expect(answer.status, `${name} ${JSON.stringify(input)}`).toBeLessThan(500);
        if (answer.status >= 400) Problem.parse(answer.body);
        sent += 1;
        if (answer.status !== 400) beyondTheSchema += 1;
      }
    }
    // Else the bodies would test the schemas only.
    expect(beyondTheSchema).toBeGreaterThan(sent * 0.6);
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
