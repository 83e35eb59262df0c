import { describe, expect, test } from 'vitest';
import { SallyportError } from '../../contract/errors.ts';
import { REQUESTS } from '../../contract/ipc.ts';
import type { Handlers } from './router.ts';
import { createRouter } from './router.ts';

const fail = () => {
  throw new Error('secret /home/olga/.key');
};
const all = Object.fromEntries(Object.keys(REQUESTS).map(name => [name, fail]));
const handlers = {
  ...all,
  'links.follow': () => ({ link: null }),
  'session.end': () => {
    throw new SallyportError('session-ended', 'It is over.');
  },
  'targets.list': () => [{ id: 'broken' }],
} as unknown as Handlers<null>;
const bugs: unknown[] = [];
const route = createRouter(handlers, (_name, error) => bugs.push(error));

describe('router', () => {
  test('answers what its handler returns', async () => {
    expect(await route('links.follow', {}, null)).toEqual({
      ok: true,
      value: { link: null },
    });
  });

  test.each([['no.such'], ['__proto__'], ['toString'], [''], [7], [null], [undefined], [{}]])(
    'refuses the channel %j',
    async name => {
      expect(await route(name, {}, null)).toMatchObject({ ok: false, error: { code: 'not-found' } });
    },
  );

  test.each([[undefined], [null], ['x'], [[]], [{ extra: 1 }]])(
    'refuses the malformed input %j',
    async input => {
      expect(await route('links.follow', input, null)).toMatchObject({
        ok: false,
        error: { code: 'bad-input' },
      });
    },
  );

  test('names the field that is wrong', async () => {
    const answer = await route('session.open', { grantId: 'g', cols: 1, rows: 24 }, null);
    expect(answer).toMatchObject({
      error: { code: 'bad-input', message: expect.stringContaining('cols') as unknown },
    });
  });

  test('passes on the words of an expected failure', async () => {
    expect(await route('session.end', { sessionId: 's' }, null)).toEqual({
      ok: false,
      error: { code: 'session-ended', message: 'It is over.' },
    });
  });

  test('tells nothing of an unexpected one, nor of an output that is not in the contract', async () => {
    for (const [name, input] of [
      ['app.state', {}],
      ['targets.list', {}],
    ] as const) {
      const answer = await route(name, input, null);
      expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
      expect(JSON.stringify(answer)).not.toMatch(/secret|olga|broken|at /);
    }
    expect(bugs).toHaveLength(2);
  });
});
