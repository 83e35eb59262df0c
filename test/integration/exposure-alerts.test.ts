import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebhookSink } from '../../server/monitoring/sinks/webhook.ts';
import type { ClientWorld } from '../support/client-world.ts';
import { attachTerminal, grantAccess, startClientWorld } from '../support/client-world.ts';

const secret = randomBytes(24).toString('base64');
const received: { headers: IncomingHttpHeaders; body: string; status: number }[] = [];
/** Refuses the first delivery, takes what comes then. */
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const status = received.length === 0 ? 503 : 204;
    received.push({ headers: request.headers, body, status });
    response.writeHead(status).end();
  });
});
let world: ClientWorld;
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/alerts`;
  world = await startClientWorld(
    {},
    {
      target: {
        budget: { valuesPerSession: 4 },
        monitoring: { bulkValues: 2, newTarget: true, suspendOn: ['new-target'] },
      },
      server: { alertSinks: [createWebhookSink({ name: 'hook', url, secret, nowMs: Date.now })] },
    },
  );
});
afterAll(async () => {
  await world.close();
  receiver.close();
});

const SOON = { timeout: 10_000 };
const record = async (sessionId: string) =>
  (await world.approver.ask('sessions.list', {})).find(({ id }) => id === sessionId);

test('a session over its budget locks until an approver lifts it; every alert is told, stored, audited and in the recording', async () => {
  const { grantId } = await grantAccess(world, 600);
  const { sessionId } = await world.operator.ask('session.open', { grantId, cols: 80, rows: 24 });

  // A rule of the target suspends the first session of a person.
  await world.operator.untilAccess(sessionId, access => access.lockReasons.includes('approver'));
  expect(await record(sessionId)).toMatchObject({ isSuspended: true, alerts: [{ rule: 'new-target' }] });
  await world.approver.ask('sessions.suspend', { sessionId, isSuspended: false });
  await world.operator.untilAccess(sessionId, access => access.isGateOpen);

  const terminal = attachTerminal(world.operator, sessionId);
  const show = (...names: string[]) =>
    terminal.type(
      `printf '%s@exa''mple.org\\n' ${names.join(' ')}; echo "=$((${String(names.length)} * 111))="\r`,
    );
  show('anna.alt', 'bert.braun', 'carl.cohn');
  await terminal.until(/=333=/);
  await expect
    .poll(() => record(sessionId).then(each => each?.alerts.map(({ rule }) => rule)), SOON)
    .toContain('bulk-personal-data');
  expect((await record(sessionId))?.lockReasons).toEqual([]);

  show('dora.dietz', 'emil.egli', 'fritz.frei');
  const locked = await world.operator.untilAccess(sessionId, access => access.lockReasons.includes('budget'));
  expect(locked.isGateOpen).toBe(false);
  expect((await world.operator.ask('session.unlock', { sessionId })).phase).toBe('locked');
  await expect(world.operator.ask('sessions.lift', { sessionId })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await expect.poll(() => record(sessionId).then(each => each?.lockReasons), SOON).toEqual(['budget']);
  await world.approver.ask('sessions.lift', { sessionId });
  await world.operator.untilAccess(sessionId, access => access.isGateOpen);
  terminal.type('echo "=$((7 * 191))="\r');
  await terminal.until(/=1337=/);
  await expect.poll(() => record(sessionId).then(each => each?.lockReasons), SOON).toEqual([]);
  await expect(world.approver.ask('sessions.lift', { sessionId })).rejects.toMatchObject({
    code: 'conflict',
  });
  await world.operator.ask('session.end', { sessionId });

  const notices = world.approver.events
    .filter(({ name }) => name === 'notice')
    .map(({ payload }) => JSON.stringify(payload));
  expect(
    notices.filter(text => text.includes('Olga on This machine: Bulk read of personal data')),
  ).toHaveLength(1);
  const { entries } = await world.admin.call('listAudit', { query: { limit: 200 } });
  const about = entries.filter(({ subject }) => subject === sessionId).map(({ action }) => action);
  expect(about.filter(action => action === 'session.alert')).toHaveLength(3);
  expect(about).toContain('session.lift');
  expect(JSON.stringify(entries)).not.toContain('anna.alt');
  await expect
    .poll(
      async () => (await world.reviewer.ask('recordings.list', {})).find(({ id }) => id === sessionId)?.state,
      {
        timeout: 15_000,
      },
    )
    .toBe('complete');
  const { check } = await world.reviewer.ask('replay.open', { recordingId: sessionId });
  const marked = check.marks.filter(({ kind }) => kind === 'alert');
  const told = (await record(sessionId))?.alerts ?? [];
  expect(marked.map(({ text }) => text).sort()).toEqual(told.map(({ text }) => text).sort());
  expect(marked).toHaveLength(3);
}, 60_000);

test('the webhook got each alert, signed, also the one that it refused at first', async () => {
  await expect
    .poll(() => new Set(received.filter(({ status }) => status === 204).map(ruleOf)))
    .toEqual(new Set(['new-target', 'bulk-personal-data', 'budget']));
  for (const { headers, body } of received) {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${mac}`);
  }
}, 30_000);

function ruleOf({ body }: { readonly body: string }): string {
  return (JSON.parse(body) as { data: { rule: string } }).data.rule;
}
