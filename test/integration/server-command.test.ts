import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice } from '../support/server-device.ts';

const PROGRAM = join(import.meta.dirname, '../../main/cli/sallyport.js');

let folder: string;
let data: string;
let admin: TestDevice;
let url = '';
const children = new Set<ChildProcessWithoutNullStreams>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-command-'));
  data = join(folder, 'data');
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [PROGRAM, 'server', ...args], {
    env: { ...process.env, ...env },
    // A process group of its own, as a shell gives it: Ctrl-C there goes to the whole group.
    detached: true,
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const child = start(args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', chunk => (stdout += String(chunk)));
  child.stderr.on('data', chunk => (stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Starts the server; resolves when it says that it is ready. */
async function serve(...args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  const child = start(['--data', data, '--port', '0', '--json', ...args]);
  let stderr = '';
  child.stderr.on('data', chunk => (stderr += String(chunk)));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', chunk => resolve(String(chunk)));
    child.once('exit', code => reject(new Error(`the server ended with ${String(code)}: ${stderr}`)));
  });
  const ready = JSON.parse(line) as { kind: string; url: string; pid: number };
  expect(ready).toEqual({
    kind: 'ready',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    pid: child.pid,
  });
  url = ready.url;
  return child;
}

async function stop(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): Promise<number | null> {
  process.kill(-(child.pid ?? 0), signal);
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** Processes of the embedded database of this test's folder: by the folder in their command line. */
async function databaseProcesses(): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(data)) found.push(Number(name));
    } catch {
      // It ended between the listing and the look.
    }
  }
  return found;
}

describe('sallyport server', () => {
  test('init makes the folder, its keys for this user alone, and a code', async () => {
    const made = await run(['init', '--data', data, '--admin', 'Ada', '--json']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const { kind, enrolCode, account } = JSON.parse(made.stdout) as Record<string, unknown>;
    expect({ kind, account }).toMatchObject({ kind: 'initialised', account: { name: 'Ada' } });
    expect(String(enrolCode).length).toBeGreaterThan(20);
    for (const file of [
      'keys/master-key',
      'keys/ssh-user-ca.pem',
      'keys/signing/0001.pem',
      'database/password',
    ]) {
      expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
    }
    const child = await serve();
    admin = await enrolDevice(() => url, String(enrolCode));
    expect(await stop(child, 'SIGTERM')).toBe(0);
    expect(await databaseProcesses()).toEqual([]);
  });

  test('init again gives the administrator a new code, and no other account administrator rights', async () => {
    const again = await run(['init', '--data', data, '--admin', 'ada', '--json']);
    expect(again.code).toBe(0);
    const { account } = JSON.parse(again.stdout) as { account: { id: string } };
    expect(account.id).toBe(admin.account.id);
  });

  test('a restart keeps accounts, targets and the places in event streams', async () => {
    const first = await serve();
    const before = await admin.events();
    const operator = await admin.ok('createAccount', { input: { name: 'Olga', roles: ['operator'] } });
    const device = await enrolDevice(() => url, operator.enrolCode);
    const target = await admin.ok('putTarget', {
      input: {
        target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' },
        accounts: ['deploy'],
        redaction: {},
        scope: {},
        session: {},
        maxMinutes: 5,
        secret: { kind: 'password', username: 'root', password: 'correct horse' },
      },
    });
    const ask = () =>
      device.ok('createRequest', {
        input: { targetId: target.id, account: 'deploy', reason: 'why', durationS: 60 },
      });
    await ask();
    const { sequence } = await before.find(({ event }) => event.kind === 'request-changed');
    expect(sequence).toBe(before.start + 1);
    expect(await stop(first, 'SIGINT')).toBe(0);
    await before.ended;

    const second = await serve();
    expect((await device.ok('listTargets')).targets).toEqual([target]);
    const resumed = await admin.events(before.start);
    await ask();
    await resumed.find(received => received.sequence === before.start + 2);
    expect(resumed.received.flatMap(received => received.sequence ?? [])).toEqual([
      before.start + 1,
      before.start + 2,
    ]);
    resumed.close();
    expect(await stop(second, 'SIGTERM')).toBe(0);
  });

  test('what was acknowledged before a kill -9 is there after it, and no database process is left', async () => {
    const child = await serve();
    const names = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const made = await admin.ok('createAccount', { input: { name: `Person ${i}`, roles: ['operator'] } });
        return made.account.name;
      }),
    );
    child.kill('SIGKILL');
    await once(child, 'close');
    await expect.poll(databaseProcesses).toEqual([]);
    const next = await serve();
    const { accounts } = await admin.ok('listAccounts');
    expect(accounts.map(account => account.name)).toEqual(expect.arrayContaining(names));
    expect(await stop(next, 'SIGTERM')).toBe(0);
  });

  test('a start at the very moment after a kill -9 waits for the database of before, or ends it', async () => {
    const child = await serve();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await serve();
    await admin.ok('whoAmI');
    // And a postmaster.pid that names a process which is somebody else's by now is passed over.
    expect(await stop(next, 'SIGTERM')).toBe(0);
    await writeFile(join(data, 'database/cluster/postmaster.pid'), `${process.pid}\n`);
    const third = await serve();
    expect(await stop(third, 'SIGTERM')).toBe(0);
  });

  test('when its database dies, the server says so and ends, and the next one has everything', async () => {
    const child = await serve();
    let stderr = '';
    child.stderr.on('data', chunk => (stderr += String(chunk)));
    const closed = once(child, 'close');
    const [postmaster] = readFileSync(join(data, 'database/cluster/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    expect((await closed)[0]).toBe(1);
    expect(stderr).toContain('sallyport server: The embedded database ended by itself.');
    const next = await serve();
    await admin.ok('whoAmI');
    expect(await stop(next, 'SIGTERM')).toBe(0);
    expect(await databaseProcesses()).toEqual([]);
  });

  test('a second server on the same folder is refused', async () => {
    const child = await serve();
    const second = await run(['--data', data, '--port', '0']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^sallyport server: Another sallyport server runs on [^\n]+\n$/);
    await admin.ok('whoAmI');
    expect(await stop(child, 'SIGTERM')).toBe(0);
  });

  test('what cannot be is said in one line, with an exit code that says whose fault it is', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const cases: readonly (readonly [readonly string[], number, RegExp, Record<string, string>?])[] = [
      [['--data', data, '--port', String(port)], 1, /Another program listens on 127\.0\.0\.1:\d+/],
      [['--data', data, '--host', '192.0.2.1', '--port', '0'], 1, /no address 192\.0\.2\.1/],
      [['--data', join(folder, 'nothing-here')], 1, /is not the data folder of a server.*server init/],
      [['init', '--data', join(file, 'below-a-file')], 1, /cannot be used \(ENOTDIR\)/],
      [['init', '--data', '/proc/x'], 1, /cannot be used \(ENOENT\)/],
      [['--data', data, '--port', 'http'], 2, /--port takes a number/],
      [['--data', data, '--log', 'loud'], 2, /--log takes one of/],
      [['--nonsense'], 2, /--nonsense/],
      [['frobnicate'], 2, /frobnicate/],
      [['--data', data], 2, /DATABASE_URL/, { DATABASE_URL: 'mysql://x' }],
      [
        ['--data', data],
        1,
        /database cannot be reached/,
        { DATABASE_URL: 'postgresql://x:secret-word@127.0.0.1:1/x' },
      ],
    ];
    for (const [args, code, words, env] of cases) {
      const ended = await run(args, env);
      expect(ended).toMatchObject({ code, stdout: '' });
      expect(ended.stderr).toMatch(words);
      expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(ended.stderr).not.toContain('secret-word');
    }
    taken.close();
    expect(await databaseProcesses()).toEqual([]);
  });

  test('a damaged key file stops the start before anything is changed', async () => {
    const key = join(data, 'keys/ssh-user-ca.pem');
    const kept = readFileSync(key);
    await writeFile(key, 'not a key');
    expect(await run(['--data', data, '--port', '0'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ssh-user-ca.pem is damaged'),
    });
    await writeFile(key, kept);
  });
});
