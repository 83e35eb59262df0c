import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { OUTPUT_HIGH_WATERMARK_BYTES } from '../../contract/data-plane.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { createSessionHostPool } from '../../main/session-host-client/create-session-host-pool.ts';
import { openSegments, verify } from '../support/recording-bench.ts';
import type { HostBench } from '../support/started-session.ts';
import { createHostBench, eventually, processesMarked, quiet } from '../support/started-session.ts';

/** The real process with its real parts: a local shell, the redactor, the recorder. */
const benches: HostBench[] = [];
async function bench(): Promise<HostBench> {
  const made = await createHostBench();
  benches.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(benches.splice(0).map(each => each.dispose()));
});

describe('a session host process', () => {
  it('runs a shell: input passes only an open gate, output comes, the end is proven, the recording is whole', async () => {
    const { start } = await bench();
    const { terminal } = await start();
    terminal.type('echo too-early\r');
    await terminal.sees(/[$#] /);
    terminal.send({ kind: 'gate', isOpen: true });
    terminal.type('echo "a$((40+2))b"; stty size\r');
    await terminal.sees(/a42b\r\n24 80\r\n/);
    expect(terminal.text).not.toContain('too-early');
    terminal.send({ kind: 'end', cause: 'closed-by-operator' });
    const ended = await terminal.hears('ended');
    expect(ended).toMatchObject({ cause: 'closed-by-operator', processesLeft: 0 });
    expect(ended.segments).toBeGreaterThan(0);
    expect(verify(readFileSync(ended.recordingPath ?? ''))).toMatchObject({
      isVerified: true,
      endCause: 'closed-by-operator',
    });
  });

  it('shows and records what the redactor let through, the same in both', async () => {
    const { start, identity } = await bench();
    const { terminal } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type(
      "printf 'mail %s@%s.ru card %s\\n' olga.ivanova corp 4012888888881881; echo done-$((1+1))\r",
    );
    await terminal.sees(/done-2/);
    expect(terminal.text).not.toContain('olga.ivanova@corp.ru');
    expect(terminal.text).toMatch(/mail \S+ card/);
    await terminal.hears('masked');
    terminal.send({ kind: 'end', cause: 'operator' });
    const ended = await terminal.hears('ended');
    const contents = await openSegments(readFileSync(ended.recordingPath ?? ''), identity);
    const events = contents.flatMap(content => content.events);
    const recorded = events.flatMap(event => (event.kind === 'output' ? [event.bytes] : []));
    expect(Buffer.concat(recorded).toString('utf8')).toBe(terminal.text);
    const marks = events.flatMap(event => (event.kind === 'marker' ? [event.marker] : []));
    expect(marks.map(marker => (marker.kind === 'mask' ? marker.mask.entity : marker.kind))).toEqual(
      expect.arrayContaining(['email', 'card']),
    );
  });

  it('says with which status the shell exited, after its last line', async () => {
    const { start } = await bench();
    const { terminal } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('echo last-$((1+1)); exit 7\r');
    const ended = await terminal.hears('ended');
    expect(terminal.text).toContain('last-2');
    expect(ended).toMatchObject({ cause: 'exited', exitStatus: 7, processesLeft: 0 });
  });

  it('gives the shell the environment of the session and nothing else, and has none itself', async () => {
    process.env['SALLYPORT_TEST_LEAK'] = 'leaked';
    try {
      const { start } = await bench();
      const { terminal, open } = await start();
      terminal.send({ kind: 'gate', isOpen: true });
      await terminal.sees(/[$#] /);
      terminal.type('env | cut -d= -f1 | sort | tr "\\n" " "; echo ppid=$PPID.\r');
      const line = await terminal.sees(/[A-Z_ ]+ppid=\d+\./);
      const names = new Set(line.split('ppid')[0]?.trim().split(' '));
      const given = new Set([...Object.keys(open.environment), 'COLORTERM', 'LANG', 'SALLYPORT_SESSION']);
      // What a login shell sets by itself.
      for (const own of ['PWD', 'SHLVL', '_', 'OLDPWD', 'PPID', 'LINES', 'COLUMNS']) given.add(own);
      expect([...names].filter(name => !given.has(name))).toEqual([]);
      const host = /ppid=(\d+)/.exec(line)?.[1] ?? '';
      expect(readFileSync(`/proc/${host}/environ`, 'latin1')).not.toContain('leaked');
      expect(readFileSync(`/proc/${host}/environ`, 'latin1')).not.toContain('PATH=');
      expect(readFileSync(`/proc/${host}/cmdline`, 'latin1').split('\0').length).toBeLessThanOrEqual(3);
    } finally {
      delete process.env['SALLYPORT_TEST_LEAK'];
    }
  });

  it('stops a flood at a terminal that does not acknowledge, and goes on when it does', async () => {
    const { start } = await bench();
    const { terminal } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.acknowledges(false);
    terminal.type('yes\r');
    await terminal.hasReceived(OUTPUT_HIGH_WATERMARK_BYTES);
    await quiet(() => terminal.receivedBytes);
    expect(terminal.receivedBytes).toBeLessThan(OUTPUT_HIGH_WATERMARK_BYTES + 70_000);
    terminal.acknowledges(true);
    await terminal.hasReceived(4 * OUTPUT_HIGH_WATERMARK_BYTES);
    terminal.type('\x03');
  });

  it('is quiet soon after Ctrl-C in a flood', async () => {
    const { start } = await bench();
    const { terminal } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('yes\r');
    await terminal.hasReceived(3 * 1024 * 1024);
    const before = terminal.receivedBytes;
    terminal.type('\x03');
    await terminal.sees(/[$#] $/);
    expect(terminal.receivedBytes - before).toBeLessThan(2 * OUTPUT_HIGH_WATERMARK_BYTES);
  });

  it('covers: nothing more is shown, and after the cover everything comes', async () => {
    const { start } = await bench();
    const { terminal } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('for i in $(seq 1 400); do echo line-$i; sleep 0.001; done; echo over-$((1+1))\r');
    await terminal.sees(/line-20\r/);
    terminal.send({ kind: 'cover', isCovered: true });
    await quiet(() => terminal.receivedBytes);
    const covered = terminal.receivedBytes;
    terminal.type('echo typed-under-cover\r');
    await quiet(() => terminal.receivedBytes);
    expect(terminal.receivedBytes).toBe(covered);
    terminal.send({ kind: 'cover', isCovered: false });
    await terminal.sees(/over-2\r\n/);
    const lines = [...terminal.text.matchAll(/line-(\d+)\r\n/g)].map(match => Number(match[1]));
    expect(lines).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    expect(terminal.text).not.toContain('typed-under-cover');
  });

  it('leaves no process behind, also none that was detached, and says so', async () => {
    const { start } = await bench();
    const { terminal, open } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type(
      "(trap '' HUP; exec setsid sleep 1000) & nohup sleep 1001 >/dev/null 2>&1 & echo up-$((1+1))\r",
    );
    await terminal.sees(/up-2/);
    expect(processesMarked(open.sessionId).length).toBeGreaterThanOrEqual(3);
    terminal.send({ kind: 'end', cause: 'grant-expired' });
    await expect(terminal.hears('ended')).resolves.toMatchObject({ processesLeft: 0 });
    expect(processesMarked(open.sessionId)).toEqual([]);
  });

  it('killed, is told as lost, and what it started ends too', async () => {
    const { start } = await bench();
    const { terminal, open } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type("sleep 1000 & (trap '' HUP; exec setsid sleep 1001) & echo pid=$PPID.\r");
    const host = Number(/pid=(\d+)/.exec(await terminal.sees(/pid=\d+\./))?.[1]);
    await eventually(() => processesMarked(open.sessionId).length >= 3);
    process.kill(host, 'SIGKILL');
    await expect(terminal.isLost()).resolves.toBe('exited');
    await eventually(() => processesMarked(open.sessionId).length === 0);
  });

  it('stopped, is noticed by its missing heartbeat, also when it goes on, and ends by force where it does not', async () => {
    const { start } = await bench();
    const { terminal, handle } = await start();
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('echo pid=$PPID.\r');
    const host = Number(/pid=(\d+)/.exec(await terminal.sees(/pid=\d+\./))?.[1]);
    process.kill(host, 'SIGSTOP');
    await eventually(() => terminal.silences.at(-1) === true);
    process.kill(host, 'SIGCONT');
    await eventually(() => terminal.silences.at(-1) === false);
    process.kill(host, 'SIGSTOP');
    await handle.close(100);
    expect(existsSync(`/proc/${host}`)).toBe(false);
    expect(terminal.losses).toEqual([]);
  });

  it('refuses, in words, to be started by hand', () => {
    let message = '';
    try {
      execFileSync(process.execPath, ['main/session-host/process.ts'], { stdio: 'pipe', encoding: 'utf8' });
    } catch (error) {
      if (error instanceof Error && 'stderr' in error) message = String(error.stderr);
    }
    expect(message).toMatch(/run "sallyport" instead/);
  });
});

describe('a pool of real processes', () => {
  it('gives up in words when they cannot run', async () => {
    const pool = createSessionHostPool({ fork: createForkNodeHost({ modulePath: '/nonexistent/host.js' }) });
    await expect(pool.take()).rejects.toMatchObject({ code: 'host-failed' });
    await pool.dispose();
  });

  it('gives up in words when the Node program is missing', async () => {
    const pool = createSessionHostPool({ fork: createForkNodeHost({ execPath: '/nonexistent/node' }) });
    await expect(pool.take()).rejects.toMatchObject({ code: 'host-failed' });
    await pool.dispose();
  });
});
