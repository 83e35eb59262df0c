import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../../test/support/test-folder.ts';
import { connectionsThatFit, openFilesLimit, tellOfDrops } from './open-files.ts';

describe('the limit of open files', () => {
  test.each([
    ['Max open files            1024                 524288               files     ', 1024],
    ['Max open files            unlimited            unlimited            files     ', Infinity],
    ['Max cpu time              unlimited            unlimited            seconds   ', null],
  ])('%s', (line, limit) => {
    const path = join(testFolder('limits'), 'limits');
    writeFileSync(
      path,
      `Limit                     Soft Limit           Hard Limit           Units     \n${line}\n`,
    );
    expect(openFilesLimit(path)).toBe(limit);
    expect(openFilesLimit(join(path, 'nowhere'))).toBeNull();
  });

  test.each([
    [1511, 1000, 999],
    [1512, 1000, 1000],
    [null, 1000, 1000],
    [100, 1000, 1],
  ])('under a limit of %s, of %i connections %i are taken, and fewer are said', (limit, wanted, taken) => {
    const { connections, warning } = connectionsThatFit(wanted, limit);
    expect(connections).toBe(taken);
    expect(warning ?? '').toMatch(taken < wanted ? /LimitNOFILE.*to 1512$/ : /^$/);
  });

  test('connections that are turned away are told once a minute', async () => {
    let nowMs = 0;
    const said: object[] = [];
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.maxConnections = 1;
    tellOfDrops(server, {
      nowMs: () => nowMs,
      log: { error: (facts: object) => void said.push(facts) } as never,
    });
    const { port } = server.address() as AddressInfo;
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    const turnedAway = async () => {
      const dropped = once(server, 'drop');
      const next = connect(port, '127.0.0.1').on('error', () => undefined);
      await dropped;
      next.destroy();
    };
    await turnedAway();
    await turnedAway();
    expect(said).toEqual([{ dropped: 1, connections: 1 }]);
    nowMs = 60_000;
    await turnedAway();
    expect(said).toEqual([expect.anything(), { dropped: 2, connections: 1 }]);
    first.destroy();
    server.close();
  });
});
