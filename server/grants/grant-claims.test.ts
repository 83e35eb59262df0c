import { describe, expect, test } from 'vitest';
import { AccountId, DeviceId, GrantId, RequestId, TargetId } from '../../contract/ids.ts';
import { TargetInput } from '../../contract/server-api.ts';
import type { TargetTerms } from '../database/schema.ts';
import type { RequestRow } from '../requests/request-records.ts';
import { summarize } from '../targets/targets.ts';
import { refuseUnlessActive } from './active-grant.ts';
import { refuseOtherTerms } from './extension.ts';
import { buildClaims, narrow } from './grant-claims.ts';
import type { GrantRow } from './grant-records.ts';
import { grantState } from './grant-records.ts';

const NOW_MS = 1_800_000_000_400;
const terms: TargetTerms = TargetInput.omit({ secret: true, viaSecrets: true }).parse({
  target: { id: 'db', kind: 'postgres', name: 'DB', host: 'db.internal', port: 5432 },
  accounts: ['support'],
  redaction: {},
  scope: { denyTables: ['salaries'] },
  session: {},
  maxMinutes: 30,
});
const request: RequestRow = {
  id: RequestId.parse('r1'),
  account_id: AccountId.parse('olga'),
  device_id: DeviceId.parse('d1'),
  target_id: TargetId.parse('db'),
  target: summarize(terms),
  login: 'support',
  reason: 'why',
  ticket: null,
  duration_s: 600,
  read_only: false,
  supersedes: null,
  state: 'pending',
  created_at_ms: 0,
  expires_at_ms: 0,
  decided_at_ms: null,
  decided_by: null,
  decision_note: null,
  grant_id: null,
  approvals_required: 1,
  policy_rule: null,
};
const options = {
  id: GrantId.parse('g1'),
  serverName: 'sallyport-x',
  nowMs: NOW_MS,
  request,
  terms,
  granted: { durationS: 600, readOnly: false },
  recipients: [`age1${'q'.repeat(58)}`],
  approvedBy: [AccountId.parse('anna')],
  superseded: null,
};

function grantOf(changes: Partial<GrantRow> = {}): GrantRow {
  const claims = buildClaims(options);
  return {
    id: options.id,
    request_id: request.id,
    account_id: request.account_id,
    device_id: request.device_id,
    target_id: request.target_id,
    root_id: options.id,
    supersedes: null,
    claims,
    jws: 'x.y.z',
    issued_at_ms: NOW_MS,
    expires_at_ms: claims.exp * 1000,
    state: 'active',
    revoked_at_ms: null,
    revocation_ms: null,
    ...changes,
  };
}

describe('narrowing', () => {
  test('less time and less right are granted as decided, else as asked', () => {
    expect(narrow(request, {})).toEqual({ durationS: 600, readOnly: false });
    expect(narrow(request, { durationS: 600 })).toEqual({ durationS: 600, readOnly: false });
    expect(narrow(request, { durationS: 599, readOnly: true })).toEqual({ durationS: 599, readOnly: true });
  });

  test('an extension is given less time, never another scope', () => {
    const extension = { ...request, supersedes: GrantId.parse('g0') };
    expect(narrow(extension, { durationS: 1 })).toEqual({ durationS: 1, readOnly: false });
    expect(() => narrow(extension, { readOnly: true })).toThrow('keeps the scope');
    expect(narrow({ ...extension, read_only: true }, { readOnly: true }).readOnly).toBe(true);
  });

  test('more is refused', () => {
    expect(() => narrow(request, { durationS: 601 })).toThrow('not more');
    expect(() => narrow({ ...request, read_only: true }, { readOnly: false })).toThrow('may not widen');
  });
});

describe('claims', () => {
  test('a grant begins now, in whole seconds, and lasts as long as was granted', () => {
    const claims = buildClaims(options);
    expect(claims.nbf).toBe(1_800_000_000);
    expect(claims.exp).toBe(1_800_000_600);
    expect(claims.target).toMatchObject({ host: 'db.internal', account: 'support' });
    expect(claims).not.toHaveProperty('supersedes');
  });

  test('read-only of the target stays, whatever is granted', () => {
    const strict = { ...terms, scope: { ...terms.scope, readOnly: true } };
    expect(buildClaims({ ...options, terms: strict }).scope.readOnly).toBe(true);
    expect(buildClaims({ ...options, granted: { durationS: 5, readOnly: true } }).scope).toEqual({
      ...terms.scope,
      readOnly: true,
    });
  });

  test('an extension is added to what is left, and to now where nothing is left', () => {
    const superseded = grantOf();
    const early = buildClaims({ ...options, superseded, nowMs: NOW_MS + 60_000 });
    expect(early.exp).toBe(superseded.claims.exp + 600);
    expect(early.nbf).toBe(1_800_000_060);
    const late = buildClaims({ ...options, superseded, nowMs: NOW_MS + 630_000 });
    expect(late.exp).toBe(1_800_000_630 + 600);
  });

  test('an extension has the terms of the grant that it extends, whatever became of the target', () => {
    const superseded = grantOf();
    const { target, scope, redaction, budget, recording, session } = superseded.claims;
    const changed: TargetTerms = {
      ...terms,
      target: { ...terms.target, host: 'elsewhere.internal' },
      scope: { ...terms.scope, readOnly: true },
      budget: { ...terms.budget, valuesPerSession: 1 },
      session: { ...terms.session, graceMs: 1 },
    };
    const claims = buildClaims({
      ...options,
      superseded,
      terms: changed,
      recipients: [`age1${'p'.repeat(58)}`],
      granted: { durationS: 600, readOnly: true },
    });
    expect(claims).toMatchObject({ target, scope, redaction, budget, recording, session });
    expect(claims.supersedes).toBe(superseded.id);
    for (const part of ['target', 'scope', 'budget'] as const)
      expect(() => refuseOtherTerms(superseded, { ...terms, [part]: changed[part] })).toThrow(part);
    expect(() => refuseOtherTerms(superseded, terms)).not.toThrow();
    const narrowed = grantOf({ claims: { ...superseded.claims, scope: { ...scope, readOnly: true } } });
    expect(() => refuseOtherTerms(narrowed, terms)).not.toThrow();
  });

  test('a grant that nobody could review is not built', () => {
    expect(() => buildClaims({ ...options, recipients: [] })).toThrow();
  });
});

describe('the state of a grant', () => {
  const end = grantOf().expires_at_ms;
  test.each([
    ['active', end - 1, 'active', null],
    ['active', end, 'expired', 'has expired'],
    ['expired', end + 1, 'expired', 'has expired'],
    ['revoked', end - 1, 'revoked', 'was revoked'],
    ['revoked', end + 1, 'revoked', 'was revoked'],
    ['superseded', end - 1, 'superseded', 'was extended'],
  ] as const)('%s at %d is %s', (state, nowMs, expected, refusal) => {
    const grant = grantOf({ state });
    expect(grantState(grant, nowMs)).toBe(expected);
    if (refusal === null) expect(() => refuseUnlessActive(grant, nowMs)).not.toThrow();
    else expect(() => refuseUnlessActive(grant, nowMs)).toThrow(refusal);
  });
});
