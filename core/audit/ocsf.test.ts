import { describe, expect, it } from 'vitest';
import { toOcsf } from './ocsf.ts';

const entry = (action: string, detail: Record<string, unknown> = {}) => ({
  sequence: 7,
  atMs: 1_800_000_000_000,
  actor: 'Anna',
  action,
  subject: 'r1',
  detail: { accountId: 'anna', deviceId: 'd1', ...detail },
  hash: 'f'.repeat(64),
});

describe('an audit entry as an OCSF event', () => {
  it.each([
    ['request.approve', 3005, 1, 1],
    ['grant.revoke', 3005, 2, 1],
    ['account.create', 3001, 1, 1],
    ['device.enrol', 3002, 1, 1],
    ['sign-in.refused', 3002, 1, 2],
    ['session.start', 3003, 1, 1],
    ['session.alert', 2004, 1, 1],
    ['refused', 3004, 99, 2],
    ['something.new', 3004, 99, 1],
  ])('%s', (action, classUid, activity, status) => {
    expect(toOcsf(entry(action), '1.2.3')).toMatchObject({
      class_uid: classUid,
      category_uid: Math.floor(classUid / 1000),
      type_uid: classUid * 100 + activity,
      activity_id: activity,
      status_id: status,
      time: 1_800_000_000_000,
      actor: { user: { name: 'Anna', uid: 'anna' } },
      device: { uid: 'd1' },
      metadata: { version: '1.5.0', uid: '7', product: { version: '1.2.3' } },
    });
  });

  it('loses nothing', () => {
    const event = toOcsf(entry('request.deny', { reason: 'no ticket', note: 'x' }), '1');
    expect(event).toMatchObject({
      status_detail: 'no ticket',
      unmapped: { subject: 'r1', hash: 'f'.repeat(64), detail: { note: 'x' } },
    });
  });
});
