import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../contract/policy-source.ts';
import { TargetId } from '../../contract/ids.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import type { TestDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

let server: TestServer;
let operator: TestDevice;
let approver: TestDevice;
beforeAll(async () => {
  server = await startTestServer();
  operator = await server.person('Olga', 'operator');
  approver = await server.person('Anna', 'approver');
  const reviewer = await server.person('Rita', 'reviewer');
  await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
});
afterAll(() => server.close());

const register = (id: string, redaction: object) =>
  server.target({ target: { id: TargetId.parse(id), kind: 'local', name: id }, redaction });
const grantFor = async (id: string, redaction: object): Promise<GrantRecord> =>
  grantAccess(operator, approver, { target: await register(id, redaction) });
const tokenKey = (device: TestDevice, grant: GrantRecord) =>
  device.call('createTokenKey', { params: { id: grant.id } });

describe("a target's policy", () => {
  test('begins with a preset, and is stored and granted whole', async () => {
    const target = await register('support', { preset: 'support', entities: { email: 'token' } });
    expect(target.redaction).toEqual({
      ...POLICY_PRESETS.support,
      name: 'support, adapted',
      entities: { ...POLICY_PRESETS.support.entities, email: 'token' },
    });
    expect((await grantAccess(operator, approver, { target })).target.redaction).toEqual(target.redaction);
  });

  test('that cannot be read is refused with the key and what to do', async () => {
    const input = {
      target: { id: TargetId.parse('wrong'), kind: 'local', name: 'wrong' } as const,
      accounts: ['deploy'],
      redaction: { preset: 'strict', entities: { emial: 'mask' } },
      scope: {},
      session: {},
      maxMinutes: 60,
      secret: { kind: 'none' } as const,
    };
    const answer = await server.administrator.call('putTarget', { input });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(
      /redaction.entities.emial: there is no entity \\"emial\\"; did you mean \\"email\\"\?/,
    );
  });
});

describe("the organisation's key for pseudonyms", () => {
  const policy = { default: 'token', tokenScope: 'organisation' };

  test('goes to the device of a grant whose policy asks for it, the same for each', async () => {
    const first = await tokenKey(operator, await grantFor('one', policy));
    const second = await tokenKey(operator, await grantFor('two', policy));
    const key = first.body;
    expect(key).toEqual({ tokenKey: expect.stringMatching(/^[\w-]{43}$/) as string });
    expect(second.body).toEqual(key);
    await server.restart();
    expect((await tokenKey(operator, await grantFor('one', policy))).body).toEqual(key);
  });

  test('goes to nobody else, and to no grant with pseudonyms of its own', async () => {
    const grant = await grantFor('three', policy);
    expect((await tokenKey(approver, grant)).status).toBe(403);
    const other = await tokenKey(operator, await grantFor('four', { default: 'token' }));
    expect(other.status).toBe(403);
    expect(JSON.stringify(other.body)).toContain('tokenScope');
  });
});
