import { describe, expect, test } from 'vitest';
import type { AccessRequest, Account } from '../../../contract/server-api.ts';
import { requestNotification, warningNotification } from './notification-words.ts';

// only the fields that notifications read
const omar = { id: 'acc_omar', name: 'Omar Operator', roles: ['operator'] } as unknown as Account;
const ada = { id: 'acc_ada', name: 'Ada Approver', roles: ['approver'] } as unknown as Account;
const request = (changes: object = {}) =>
  ({
    id: 'req_1',
    requester: omar,
    target: { name: 'shop', environment: 'production' },
    account: 'support',
    reason: 'Refund of Anna Schmidt',
    durationS: 1800,
    supersedes: null,
    state: 'pending',
    decidedBy: null,
    decisionNote: null,
    ...changes,
  }) as unknown as AccessRequest;

describe('a request', () => {
  test('is told to an approver once, without its reason', () => {
    const told = requestNotification(request(), null, ada);
    expect(told).toMatchObject({ kind: 'request', title: 'Omar Operator asks for shop' });
    expect(told?.body).toBe('30 minutes as support, production.');
    expect(JSON.stringify(told)).not.toContain('Anna');
    expect(requestNotification(request(), request(), ada)).toBeNull();
  });

  test('is not told to who made it, nor to who decides nothing', () => {
    expect(requestNotification(request(), null, omar)).toBeNull();
    expect(requestNotification(request(), null, { ...ada, roles: ['reviewer'] })).toBeNull();
  });

  test.each([
    ['approved', 'Access to shop approved'],
    ['denied', 'Access to shop denied'],
  ])('that was %s is told to who made it', (state, title) => {
    const decided = request({ state, decidedBy: ada, decisionNote: 'Ask with a ticket' });
    const told = requestNotification(decided, request(), omar);
    expect(told).toMatchObject({ kind: 'decision', title });
    expect(JSON.stringify(told)).not.toContain('ticket');
    expect(requestNotification(decided, request(), ada)).toBeNull();
  });

  test('that was withdrawn or ran out is told to nobody', () => {
    for (const state of ['withdrawn', 'expired'])
      for (const account of [omar, ada])
        expect(requestNotification(request({ state }), request(), account)).toBeNull();
  });
});

describe('a warning', () => {
  const target = (id: string) => (id === 'ses_1' ? 'shop' : null);

  test('of an own session leads to it', () => {
    const notice = { level: 'warning', message: 'Five minutes left.', sessionId: 'ses_1' } as never;
    expect(warningNotification(notice, target)).toMatchObject({
      kind: 'countdown',
      title: 'Session on shop',
      link: { view: 'session', id: 'ses_1' },
    });
  });

  test('of another one is an alert', () => {
    const notice = { level: 'warning', message: 'Omar on shop: 500 rows' } as never;
    expect(warningNotification(notice, target)).toMatchObject({
      kind: 'alert',
      body: 'Omar on shop: 500 rows',
    });
  });

  test('information and errors stay in the window', () => {
    for (const level of ['info', 'error'])
      expect(warningNotification({ level, message: 'x' } as never, target)).toBeNull();
  });
});
