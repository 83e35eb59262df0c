import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessSnapshot } from '../../contract/access.ts';
import { TargetId } from '../../contract/ids.ts';
import type { ClientWorld } from '../support/client-world.ts';
import { attachTerminal, grantAccess, startClientWorld } from '../support/client-world.ts';

let world: ClientWorld;
beforeAll(async () => {
  world = await startClientWorld({ graceMs: 3_000 });
});
afterAll(() => world.close());

async function openSession(durationS = 600) {
  const { grantId } = await grantAccess(world, durationS);
  const { sessionId } = await world.operator.ask('session.open', { grantId, cols: 80, rows: 24 });
  return { grantId, sessionId, terminal: attachTerminal(world.operator, sessionId) };
}

/** The shell answers with a product, so that the echo of the command is not taken for the answer. */
const askShell = (terminal: { type(text: string): void }, a: number, b: number) =>
  terminal.type(`echo "=$((${a} * ${b}))="\r`);

describe('a session under a grant', () => {
  test('opens, works in the terminal, masks, ends with nothing left, and its recording reaches the server', async () => {
    const { sessionId, terminal } = await openSession();
    askShell(terminal, 6, 7);
    await terminal.until(/=42=/);
    terminal.type('echo "card 4111 1111 1111"" 1111 end"\r');
    await terminal.until(/card (?!4111).* end\r\n/);
    expect(terminal.shown()).not.toContain('4111 1111 1111 1111');
    terminal.type('exit\r');
    const over = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(over.endCause).toBe('exited');
    expect(await terminal.closed).toBe('ended');
    await expect
      .poll(async () => (await world.operator.ask('sessions.list', {})).find(each => each.id === sessionId))
      .toMatchObject({ endCause: 'exited', masked: { card: expect.any(Number) as unknown } });
    await expect
      .poll(
        async () => (await world.reviewer.ask('recordings.list', {})).find(each => each.id === sessionId),
        {
          timeout: 15_000,
        },
      )
      .toMatchObject({ state: 'complete' });
  });

  test('a revocation freezes input well under a second, and the measured time is on the grant', async () => {
    const { grantId, sessionId, terminal } = await openSession();
    askShell(terminal, 6, 8);
    await terminal.until(/=48=/);
    await world.approver.ask('grants.revoke', { grantId, reason: 'test' });
    const locked = await world.operator.untilAccess(sessionId, access =>
      access.lockReasons.includes('revoked'),
    );
    expect(locked.isGateOpen).toBe(false);
    askShell(terminal, 7, 9);
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('revoked');
    expect(terminal.shown()).not.toContain('=63=');
    await expect
      .poll(
        async () =>
          (await world.approver.ask('grants.list', {})).find(each => each.id === grantId)?.revocationMs,
      )
      .toBeLessThan(1000);
    await expect(world.operator.ask('session.open', { grantId, cols: 80, rows: 24 })).rejects.toMatchObject({
      code: 'grant-revoked',
    });
  });

  test('locks at the end of the grant, drops what is typed, and ends after the grace', async () => {
    const { sessionId, terminal } = await openSession(5);
    const locked = await world.operator.untilAccess(sessionId, access => access.phase === 'locked');
    expect(locked.lockReasons).toEqual(['grant-expired']);
    askShell(terminal, 5, 11);
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('grant-expired');
    expect(terminal.shown()).not.toContain('=55=');
  });

  test('an extension in the grace goes on with the same shell', async () => {
    const { grantId, sessionId, terminal } = await openSession(5);
    terminal.type('marker=$((4 * 19))\r');
    await world.operator.untilAccess(sessionId, access => access.phase === 'locked');
    const extension = await grantAccess(world, 600, grantId);
    const open = await world.operator.untilAccess(sessionId, access => access.isGateOpen);
    expect(open.grantId).toBe(extension.grantId);
    terminal.type('echo "=$marker="\r');
    await terminal.until(/=76=/);
    await world.operator.ask('session.end', { sessionId });
  });

  test('an extension asked before the end moves the countdown on while input stays open, as often as the grant allows', async () => {
    const { grantId, sessionId, terminal } = await openSession(120);
    terminal.type('marker=$((4 * 23))\r');
    const opened = await world.operator.untilAccess(sessionId, access => access.isGateOpen);
    const since = world.operator.events.length;
    let newest: string = grantId;
    let endMs = opened.expiresAtMs;
    for (const left of [2, 1, 0]) {
      const { grantId: next } = await grantAccess(world, 60, newest);
      const access = await world.operator.untilAccess(sessionId, each => each.grantId === next);
      expect(access).toMatchObject({ isGateOpen: true, extensionsLeft: left, expiresAtMs: endMs + 60_000 });
      newest = next;
      endMs = access.expiresAtMs;
    }
    await expect(grantAccess(world, 60, newest)).rejects.toThrow('extended 3 times, which is the limit');
    await expect(grantAccess(world, 60, grantId)).rejects.toThrow('extended already');
    const closed = world.operator.events
      .slice(since)
      .filter(({ name, payload }) => name === 'access.changed' && !(payload as AccessSnapshot).isGateOpen);
    expect(closed).toEqual([]);
    terminal.type('echo "=$marker="\r');
    await terminal.until(/=92=/);
    await world.operator.ask('session.end', { sessionId });
  });

  test('without activity it locks, its operator opens it, and after the idle end it is over', async () => {
    await world.admin.call('putTarget', {
      input: {
        target: { id: TargetId.parse('tg_idle'), kind: 'local', name: 'Idle' },
        accounts: ['user'],
        redaction: {},
        scope: {},
        session: { idleLockMs: 2_000, idleEndMs: 8_000 },
        maxMinutes: 60,
        secret: { kind: 'none' },
      },
    });
    const { grantId } = await grantAccess(world, 600, undefined, 'tg_idle');
    const { sessionId } = await world.operator.ask('session.open', { grantId, cols: 80, rows: 24 });
    const terminal = attachTerminal(world.operator, sessionId);
    const isIdle = (access: AccessSnapshot) => access.lockReasons.join() === 'idle';
    await world.operator.untilAccess(sessionId, isIdle);
    askShell(terminal, 3, 71);
    expect((await world.operator.ask('session.unlock', { sessionId })).isGateOpen).toBe(true);
    askShell(terminal, 3, 81);
    await terminal.until(/=243=/);
    expect(terminal.shown()).not.toContain('=213=');
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('idle');
  });

  test('an approver suspends and lets go on; the operator locks and unlocks', async () => {
    const { sessionId, terminal } = await openSession();
    await world.approver.ask('sessions.suspend', { sessionId, isSuspended: true });
    await world.operator.untilAccess(sessionId, access => access.lockReasons.includes('approver'));
    expect((await world.operator.ask('session.unlock', { sessionId })).phase).toBe('locked');
    await world.approver.ask('sessions.suspend', { sessionId, isSuspended: false });
    await world.operator.untilAccess(sessionId, access => access.isGateOpen);
    expect((await world.operator.ask('session.lock', { sessionId })).lockReasons).toEqual(['operator']);
    askShell(terminal, 3, 31);
    expect((await world.operator.ask('session.unlock', { sessionId })).isGateOpen).toBe(true);
    askShell(terminal, 3, 41);
    await terminal.until(/=123=/);
    expect(terminal.shown()).not.toContain('=93=');
    expect((await world.operator.ask('session.end', { sessionId })).endCause).toBe('closed-by-operator');
  });

  test('the machine is left: all is locked until its operator unlocks it', async () => {
    const { sessionId, terminal } = await openSession();
    world.app.away();
    await world.operator.untilAccess(sessionId, access => access.lockReasons.includes('operator'));
    world.app.resumed();
    await world.operator.untilAccess(sessionId, access => access.lockReasons.join() === 'operator');
    askShell(terminal, 3, 51);
    expect((await world.operator.ask('session.unlock', { sessionId })).isGateOpen).toBe(true);
    askShell(terminal, 3, 61);
    await terminal.until(/=183=/);
    expect(terminal.shown()).not.toContain('=153=');
    await world.operator.ask('session.end', { sessionId });
  });

  test('a window of another account sees and touches none of it', async () => {
    const { sessionId } = await openSession();
    expect(await world.approver.ask('sessions.running', {})).toEqual([]);
    await expect(world.approver.ask('session.end', { sessionId })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(() => attachTerminal(world.approver, sessionId)).toThrow(/does not run here/);
    expect(
      world.approver.events.filter(
        event => event.name === 'access.changed' || event.name === 'session.masked',
      ),
    ).toEqual([]);
    await world.operator.ask('session.end', { sessionId });
  });

  test('the renderer never gets a grant token', async () => {
    await grantAccess(world, 600);
    await world.operator.ask('grants.list', {});
    expect(JSON.stringify(await world.operator.ask('grants.list', {}))).not.toContain('eyJ');
    expect(JSON.stringify(world.operator.events)).not.toContain('eyJ');
  });
});
