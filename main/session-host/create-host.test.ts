import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { FromHost } from '../../contract/session-host.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { openFixture } from '../../test/support/session-fixtures.ts';
import { createHost } from './create-host.ts';
import type { HostOptions } from './create-host.ts';
import type { SessionMessage } from './session.ts';

const turn = async (): Promise<void> => new Promise(resolve => setImmediate(resolve));

function setUp(recover: HostOptions['recover'] = () => Promise.resolve({ sessionIds: [], failed: [] })) {
  const timers = fakeTimers();
  const posted: FromHost[] = [];
  const logged: string[] = [];
  const exits: number[] = [];
  const received: SessionMessage[] = [];
  const causes: string[] = [];
  const failures: Failure[] = [];
  const sealing = Promise.withResolvers<void>();
  let opened = 0;
  const host = createHost({
    post: message => posted.push(message),
    openSession() {
      opened += 1;
      return {
        receive: message => received.push(message),
        heard: () => undefined,
        fail(error) {
          failures.push(error);
          return sealing.promise;
        },
        end(cause) {
          causes.push(cause);
          return sealing.promise;
        },
        leaveUpload: () => causes.push('left upload'),
      };
    },
    recover,
    timers,
    log: (code, detail) => logged.push(detail === undefined ? code : `${code} ${detail}`),
    exit: code => exits.push(code),
  });
  return {
    host,
    timers,
    posted,
    logged,
    exits,
    received,
    causes,
    failures,
    sealed: () => sealing.resolve(),
    openedCount: () => opened,
  };
}

describe('a session host', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an unknown kind', { kind: 'launch' }],
    ['a gate that is not a boolean', { kind: 'gate', isOpen: 'yes' }],
    ['a gate without its field', { kind: 'gate' }],
    ['data that is text', { kind: 'data', frame: 'rm -rf /' }],
    ['an unknown cause', { kind: 'end', cause: 'because' }],
    ['an open without a grant', { ...openFixture(), grant: undefined }],
    [
      'an open with a claim that is unknown',
      { ...openFixture(), grant: { ...openFixture().grant, root: true } },
    ],
  ])('drops %s, logs only that it did, and goes on', (_name, message) => {
    const { host, logged, openedCount, posted } = setUp();
    host.receive(message);
    expect(logged).toEqual(['malformed-message']);
    expect(openedCount()).toBe(0);
    host.receive({ kind: 'heartbeat', n: 3 });
    expect(posted).toEqual([{ kind: 'heartbeat', n: 3 }]);
  });

  it('never throws, whatever comes, and opens no gate by it', () => {
    fc.assert(
      fc.property(fc.anything(), message => {
        const { host, received } = setUp();
        host.receive(openFixture());
        host.receive(message);
        expect(received).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('takes one session, and passes on what main says about it', () => {
    const { host, received, logged, openedCount } = setUp();
    host.receive({ kind: 'gate', isOpen: true });
    host.receive(openFixture());
    host.receive(openFixture());
    host.receive({ kind: 'gate', isOpen: true });
    expect(openedCount()).toBe(1);
    expect(logged).toEqual(['no-session', 'second-session']);
    expect(received).toEqual([{ kind: 'gate', isOpen: true }]);
  });

  it('is idle until it is asked for a session or a recovery', () => {
    const asked = setUp();
    asked.host.receive({ kind: 'heartbeat', n: 1 });
    expect(asked.host.isIdle()).toBe(true);
    asked.host.receive(openFixture());
    expect(asked.host.isIdle()).toBe(false);
    const left = setUp();
    left.host.mainLost();
    expect(left.host.isIdle()).toBe(false);
  });

  it('ends its session when main is gone, and exits once the recording is sealed', async () => {
    const { host, causes, exits, sealed } = setUp();
    host.receive(openFixture());
    host.mainLost();
    expect(causes).toEqual(['policy-stale']);
    await turn();
    expect(exits).toEqual([]);
    sealed();
    await turn();
    expect(causes).toEqual(['policy-stale', 'left upload']);
    expect(exits).toEqual([0]);
  });

  it('does not stay for ever when an end hangs', async () => {
    const { host, exits, timers } = setUp();
    host.receive(openFixture());
    host.mainLost();
    timers.advance(15_000);
    await turn();
    expect(exits).toEqual([0]);
  });

  it('ends what runs when main closes it', async () => {
    const { host, causes, exits, sealed } = setUp();
    host.receive(openFixture());
    host.receive({ kind: 'close' });
    sealed();
    await turn();
    expect(causes).toEqual(['closed-by-operator', 'left upload']);
    expect(exits).toEqual([0]);
  });

  it('after an uncaught error says so without its words, seals, and exits with 1', async () => {
    const { host, failures, exits, logged, sealed } = setUp();
    host.receive(openFixture());
    host.crashed(new RangeError('bad byte in "olga.ivanova@corp.ru"'));
    expect(failures).toMatchObject([{ code: 'internal' }]);
    expect(logged[0]).toMatch(/^unexpected-error RangeError\n\s+at /);
    expect(JSON.stringify([failures, logged])).not.toContain('olga');
    sealed();
    await turn();
    expect(exits).toEqual([1]);
  });

  it('says what it recovered, and in words when it could not', async () => {
    const message = {
      kind: 'recover',
      spoolFolder: '/spool',
      device: openFixture().device,
      upload: null,
      clockOffsetMs: 0,
    };
    const good = setUp(() => Promise.resolve({ sessionIds: [], failed: ['one could not be read'] }));
    good.host.receive(message);
    await turn();
    expect(good.posted).toEqual([{ kind: 'recovered', sessionIds: [], failed: ['one could not be read'] }]);
    const bad = setUp(() => Promise.reject(new SallyportError('spool-full', 'no room')));
    bad.host.receive(message);
    await turn();
    expect(bad.posted).toEqual([{ kind: 'failed', error: { code: 'spool-full', message: 'no room' } }]);
  });
});
