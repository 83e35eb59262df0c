import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node-pty';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClientWorld } from '../support/client-world.ts';
import { grantAccess, startClientWorld } from '../support/client-world.ts';

let world: ClientWorld;
beforeAll(async () => {
  world = await startClientWorld({ graceMs: 30_000 });
});
afterAll(() => world.close());

const sallyport = fileURLToPath(new URL('../../main/cli/sallyport.js', import.meta.url));

/** `sallyport connect …` at a terminal of its own. */
function connect(args: readonly string[]) {
  const pty = spawn(
    process.execPath,
    [sallyport, 'connect', '--profile', world.profileFolder, '--account', 'Olga', ...args],
    { cols: 80, rows: 24, env: { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', TERM: 'xterm' } },
  );
  let text = '';
  const watchers = new Set<() => void>();
  pty.onData(data => {
    text += data;
    for (const look of [...watchers]) look();
  });
  const exited = new Promise<number>(resolve => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const until = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!pattern.test(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      void exited.then(code => reject(new Error(`ended with ${code}: ${text}`)));
    });
  /** What comes from now on. */
  const forget = () => {
    text = '';
  };
  return { pty, exited, until, forget, shown: () => text };
}

test('a session in the own terminal: works, covers when locked, gets more time, gives the terminal back, says where the recording is', async () => {
  const { grantId } = await grantAccess(world, 600);
  const terminal = connect([grantId]);
  await terminal.until(/[$#] /);
  terminal.pty.write('printf "=%s= %s\\n" $((6 * 7)) user@exam"ple".com\r');
  // One carriage return: the terminal adds none to what the session shows.
  await terminal.until(/=42= (?!user@example\.com)[^\r\n]+\r\n/);
  expect(terminal.shown()).not.toContain('\r\r');
  terminal.pty.write('\x1dl');
  await terminal.until(/\x1b\[\?1049h[^]*locked[^]*You have locked the session/);
  terminal.forget();
  terminal.pty.write('echo "=$((7 * 9))="\r');
  terminal.pty.write('\x1dl');
  await terminal.until(/\x1b\[\?1049l/);
  terminal.pty.write('echo "=$((8 * 9))="\r');
  await terminal.until(/=72=/);
  expect(terminal.shown()).not.toContain('=63=');
  terminal.pty.write('\x1de');
  await terminal.until(/More time on This machine[^]*For how many minutes/);
  terminal.pty.write('5\r');
  await terminal.until(/Why\? \[incident 7\]/);
  terminal.pty.write('\r');
  await terminal.until(/Asked for 5 minutes more/);
  const asked = (await world.approver.ask('requests.list', {})).find(each => each.supersedes === grantId);
  expect(asked).toMatchObject({ durationS: 300, reason: 'incident 7', state: 'pending' });
  await world.approver.ask('requests.decide', {
    requestId: asked?.id as never,
    decision: { decision: 'approve' },
  });
  await terminal.until(/There is more time/);
  await terminal.until(/\x1b\]0;This machine \(user\) · 15 minutes left · recorded/);
  terminal.pty.write('\x1ds');
  await terminal.until(/1[45] minutes left, \d extensions left\. [^]*Hidden: 1 email\./);
  terminal.pty.resize(100, 30);
  terminal.pty.write('until [ "$(stty size)" = "30 100" ]; do sleep 0.1; done; echo "=$((9 * 9))="; exit\r');
  await terminal.until(/=81=/);
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toContain('The program or the remote side has ended.');
  expect(terminal.shown()).toContain('Hidden in this session: 1 email.');
  expect(terminal.shown()).toContain('The recording is on the server.');
});

test('what is wrong with the recording of an earlier session is told in words, once, after the session', async () => {
  const { grantId } = await grantAccess(world, 600);
  const spool = join(world.profileFolder, 'spool');
  const devices = readdirSync(spool).filter(name => !name.endsWith('.reports'));
  const damaged = devices.map(device => join(spool, device, 'ses_damaged0.sprec'));
  for (const path of damaged) writeFileSync(path, 'this is no recording');
  const terminal = connect([grantId]);
  await terminal.until(/[$#] /);
  // Longer than it takes until the spool is looked at again.
  terminal.pty.write('sleep 4; echo "=$((6 * 7))="; exit\r');
  await terminal.until(/=42=/);
  expect(await terminal.exited).toBe(0);
  const [during = '', after = ''] = terminal.shown().split('The program or the remote side has ended.');
  expect(during).not.toContain('ses_damaged0');
  expect(after.split('Note: ')).toHaveLength(2);
  expect(after).toMatch(/The recording of an earlier session could not be closed \(.*ses_damaged0\.sprec\)/);
  for (const path of damaged) rmSync(path);
});

test('a session that is revoked ends with 3', async () => {
  const { grantId } = await grantAccess(world, 600);
  const terminal = connect([grantId]);
  await terminal.until(/[$#] /);
  await world.approver.ask('grants.revoke', { grantId, reason: 'test' });
  await terminal.until(/revoked/);
  expect(await terminal.exited).toBe(3);
});

test('Ctrl-] q ends it', async () => {
  const { grantId } = await grantAccess(world, 600);
  const terminal = connect([grantId]);
  await terminal.until(/[$#] /);
  terminal.pty.write('\x1dq');
  expect(await terminal.exited).toBe(0);
});

test('a grant that may not be used is refused with 3 and one line, before anything is opened', async () => {
  const { grantId } = await grantAccess(world, 600);
  await world.approver.ask('grants.revoke', { grantId, reason: 'test' });
  const terminal = connect([grantId]);
  expect(await terminal.exited).toBe(3);
  expect(terminal.shown()).toMatch(/sallyport connect: This grant was revoked\. Ask for a new one\.\r\n$/);
});

test('wrong use ends with 2, and --list prints the active grants', async () => {
  expect(await connect([]).exited).toBe(2);
  expect(await connect(['--account', 'Nobody', 'x']).exited).toBe(2);
  const { grantId } = await grantAccess(world, 600);
  const terminal = connect(['--list']);
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toContain(`${grantId}\tThis machine\tuser\t10 minutes`);
  const listed = connect(['--list', '--json']);
  expect(await listed.exited).toBe(0);
  expect(
    listed
      .shown()
      .split('\r\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as unknown),
  ).toContainEqual(expect.objectContaining({ id: grantId, state: 'active' }));
});
