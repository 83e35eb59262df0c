import { describe, expect, it } from 'vitest';
import { AccessSnapshot } from '../../../contract/access.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { AccessRequest, GrantRecord } from '../../../contract/server-api.ts';
import type { Ask } from './asks.ts';
import { createExtension } from './extension.ts';

const GRANT = {
  id: 'gra_00000001',
  account: 'user',
  reason: 'incident 7',
  target: { id: 'tg_local', name: 'This machine', maxMinutes: 60 },
} as GrantRecord;
const ACCESS = AccessSnapshot.parse({
  sessionId: 'ses_00000001',
  grantId: 'gra_00000001',
  phase: 'granted',
  lockReasons: [],
  isGateOpen: true,
  nowMs: 0,
  expiresAtMs: 60_000,
  graceEndsAtMs: null,
  warningMs: null,
  endCause: null,
  extensionsLeft: 1,
});
const PENDING = { id: 'req_00000001', state: 'pending', durationS: 900, decisionNote: null } as AccessRequest;

function start(
  options: { answers?: readonly string[] | null; known?: AccessRequest[]; refusal?: string } = {},
) {
  const said: string[] = [];
  const created: unknown[] = [];
  const ask = async (name: string, input: unknown): Promise<unknown> => {
    if (name === 'requests.list') return options.known ?? [];
    if (options.refusal !== undefined) throw new SallyportError('not-allowed', options.refusal);
    created.push(input);
    return PENDING;
  };
  const extension = createExtension({
    ask: ask as Ask,
    terminal: {
      ask: () => Promise.resolve(options.answers === undefined ? ['', ''] : options.answers),
      say: text => said.push(text),
    },
    grant: GRANT,
  });
  return { extension, said, created };
}

describe('more time from the terminal', () => {
  it('is asked for with what is proposed where nothing was typed', async () => {
    const { extension, said, created } = start();
    await extension.request(ACCESS);
    expect(created).toEqual([
      {
        targetId: 'tg_local',
        account: 'user',
        reason: 'incident 7',
        durationS: 900,
        supersedes: 'gra_00000001',
      },
    ]);
    expect(said).toEqual(['Asked for 15 minutes more. An approver decides.']);
  });

  it('tells once what was decided, and nothing of other requests', async () => {
    const { extension, said } = start();
    extension.requestChanged({ ...PENDING, state: 'approved' });
    await extension.request(ACCESS);
    extension.requestChanged({ ...PENDING, id: 'req_00000002' as never, state: 'approved' });
    const denied: AccessRequest = { ...PENDING, state: 'denied', decisionNote: 'Use the replica.' };
    extension.requestChanged(denied);
    extension.requestChanged(denied);
    expect(said.slice(1)).toEqual(['There is no more time: the request was denied. Use the replica.']);
  });

  it.each([['0'], ['61'], ['1.5'], ['ten']])('does not take %s minutes', async minutes => {
    const { extension, said, created } = start({ answers: [minutes, ''] });
    await extension.request(ACCESS);
    expect(created).toEqual([]);
    expect(said[0]).toContain('is no number of minutes from 1 to 60');
  });

  it('is not asked for twice, nor where none is left, nor when the person goes back', async () => {
    const twice = start({ known: [{ ...PENDING, supersedes: ACCESS.grantId }] });
    await twice.extension.request(ACCESS);
    expect([twice.created, twice.said]).toEqual([
      [],
      ['15 minutes more are asked for already. An approver decides.'],
    ]);
    const none = start();
    await none.extension.request({ ...ACCESS, extensionsLeft: 0 });
    expect(none.said[0]).toContain('No extension is left');
    const back = start({ answers: null });
    await back.extension.request(ACCESS);
    expect([none.created, back.created, back.said]).toEqual([[], [], []]);
  });

  it('says why the server refuses', async () => {
    const { extension, said } = start({ refusal: 'The policy allows two hours in all.' });
    await extension.request(ACCESS);
    expect(said).toEqual(['The policy allows two hours in all.']);
  });
});
