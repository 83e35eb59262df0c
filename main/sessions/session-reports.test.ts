import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { SallyportError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { SessionId } from '../../contract/ids.ts';
import type { SessionReport } from '../../contract/server-api.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { claimReportsFolder, removeEmptyFolder } from './reports-folder.ts';
import { createSessionReports, readLeftReports } from './session-reports.ts';
import { testFolder } from '../../test/support/test-folder.ts';

const report = (card: number, endCause: SessionReport['endCause'] = null): SessionReport => ({
  masked: { card },
  lockReasons: [],
  endCause,
});
const turn = () => new Promise(resolve => setImmediate(resolve));
let folder = '';
beforeEach(() => {
  folder = testFolder('reports');
});

function setUp() {
  const timers = fakeTimers();
  const told: unknown[] = [];
  let failure: ErrorCode | null = null;
  const call = (_name: string, args: { input: unknown }) => {
    if (failure !== null) return Promise.reject(new SallyportError(failure, 'no'));
    told.push(args.input);
    return Promise.resolve({});
  };
  const reports = createSessionReports({
    http: { call } as never,
    timers,
    random: () => 0,
    folder,
    sessionId: SessionId.parse('se_1'),
  });
  const fail = (code: ErrorCode | null) => {
    failure = code;
  };
  const pass = async (ms: number) => {
    timers.advance(ms);
    await turn();
  };
  return { reports, told, fail, pass };
}

describe('reports of a session', () => {
  test('counts are gathered for a while, the newest is told', async () => {
    const { reports, told, pass } = setUp();
    for (const card of [1, 2, 3]) reports.tell(report(card));
    expect(told).toEqual([]);
    await pass(1_000);
    expect(told).toEqual([report(3)]);
  });

  test('counts are in the file within a second, a lock at once', async () => {
    const { reports, pass, fail } = setUp();
    fail('server-unreachable');
    const left = () => readLeftReports(folder)[0]?.report;
    reports.tell(report(1));
    reports.tell(report(2));
    reports.tell(report(3));
    expect(left()?.masked).toEqual({ card: 1 });
    await pass(1_000);
    expect(left()?.masked).toEqual({ card: 3 });
    reports.tell({ ...report(4), lockReasons: ['grant-expired'] });
    expect(left()).toMatchObject({ masked: { card: 4 }, lockReasons: ['grant-expired'] });
  });

  test('the end is told at once, and nothing after it', async () => {
    const { reports, told, pass } = setUp();
    reports.tell(report(1));
    reports.tell(report(2, 'exited'));
    await pass(0);
    await reports.told;
    reports.tell(report(3));
    await pass(10_000);
    expect(told).toEqual([report(2, 'exited')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each<ErrorCode>(['server-unreachable', 'server-failed', 'rate-limited'])(
    'after %s it is tried again until it is told',
    async code => {
      const { reports, told, fail, pass } = setUp();
      fail(code);
      reports.tell(report(1, 'revoked'));
      for (let second = 0; second < 30; second += 1) await pass(1_000);
      expect(told).toEqual([]);
      expect(existsSync(join(folder, 'se_1.json'))).toBe(true);
      fail(null);
      await pass(6_000);
      expect(told).toEqual([report(1, 'revoked')]);
    },
  );

  test('a refusal for good ends the trying', async () => {
    const { reports, told, fail, pass } = setUp();
    fail('conflict');
    reports.tell(report(1, 'exited'));
    await pass(0);
    await reports.told;
    expect(told).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what could not be told lies in a file for the next client; a session that was cut off is "recovered"', () => {
    const { reports } = setUp();
    reports.tell(report(7));
    reports.dispose();
    writeFileSync(join(folder, 'se_2.json'), 'torn');
    expect(readLeftReports(folder)).toEqual([
      { sessionId: 'se_1', report: report(7, 'recovered') },
      { sessionId: 'se_2', report: { masked: {}, lockReasons: [], endCause: 'recovered' } },
    ]);
  });
});

describe('folders of reports', () => {
  test('a folder of a living client is left alone, one of a client that is gone is found', () => {
    const mine = claimReportsFolder(folder);
    const other = claimReportsFolder(folder);
    expect(mine.abandoned()).toEqual([]);
    writeFileSync(join(other.folder, 'se_1.json'), '{}');
    other.release();
    expect(mine.abandoned()).toEqual([other.folder]);
    removeEmptyFolder(other.folder);
    expect(mine.abandoned()).toEqual([other.folder]);
  });

  test('a number that another process has by now does not keep a folder', () => {
    const mine = claimReportsFolder(folder);
    const other = claimReportsFolder(folder);
    writeFileSync(join(other.folder, 'owner'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect(mine.abandoned()).toEqual([other.folder]);
    writeFileSync(join(other.folder, 'owner'), 'torn');
    expect(mine.abandoned()).toEqual([other.folder]);
  });

  test('an empty one goes with its client', () => {
    claimReportsFolder(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });
});
