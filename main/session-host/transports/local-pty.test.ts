import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openLocalPty } from './local-pty.ts';
import { openProcessTree, readProcess, SESSION_MARK } from './process-tree.ts';

const OPTIONS = {
  cwd: '/',
  environment: { PATH: '/usr/bin:/bin' },
  cols: 80,
  rows: 24,
  sessionId: 'se_unit',
};

async function outputOf(options: Partial<Parameters<typeof openLocalPty>[0]>): Promise<string> {
  const transport = openLocalPty({ ...OPTIONS, file: 'sh', args: [], ...options });
  const chunks: Uint8Array[] = [];
  transport.onOutput = bytes => chunks.push(Uint8Array.from(bytes));
  await transport.ended;
  return Buffer.concat(chunks).toString();
}

describe('a local terminal', () => {
  it('gives its program exactly the environment that it was given, with terminal, language and mark', async () => {
    process.env['SALLYPORT_TEST_LEAK'] = 'leaked';
    const text = await outputOf({ file: 'env', environment: { PATH: '/usr/bin:/bin', GIVEN: 'yes' } });
    delete process.env['SALLYPORT_TEST_LEAK'];
    expect(text.trim().split('\r\n').toSorted()).toEqual([
      'COLORTERM=truecolor',
      'GIVEN=yes',
      'LANG=C.UTF-8',
      'PATH=/usr/bin:/bin',
      'PWD=/',
      'SALLYPORT_SESSION=se_unit',
      'TERM=xterm-256color',
    ]);
  });

  it('keeps the terminal type and the language that it was given', async () => {
    const text = await outputOf({
      file: 'env',
      environment: { PATH: '/usr/bin', TERM: 'vt100', LANG: 'de_DE.UTF-8' },
    });
    expect(text).toContain('TERM=vt100\r\n');
    expect(text).toContain('LANG=de_DE.UTF-8\r\n');
  });

  it('says that a program or a folder is not there', () => {
    expect(() => openLocalPty({ ...OPTIONS, file: 'no-such-program', args: [] })).toThrow(
      expect.objectContaining({ code: 'program-missing' }),
    );
    expect(() => openLocalPty({ ...OPTIONS, file: 'sh', args: [], cwd: '/nonexistent' })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  it('tells the signal that ended the program', async () => {
    const transport = openLocalPty({ ...OPTIONS, file: 'sh', args: ['-c', 'kill -TERM $$'] });
    expect(await transport.ended).toEqual({ exitStatus: null, signal: 'SIGTERM', message: null });
  });

  it('loses nothing when this process was too busy to read at the exit', async () => {
    const transport = openLocalPty({
      ...OPTIONS,
      file: 'sh',
      args: ['-c', "sleep 0.05; seq 1 500; printf 'la%s' st"],
    });
    let text = '';
    transport.onOutput = bytes => (text += Buffer.from(bytes).toString());
    // Longer than the child lives and than node-pty waits after its exit.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    await transport.ended;
    expect(text.endsWith('last')).toBe(true);
    expect(text.split('\r\n')).toHaveLength(501);
  });

  it('takes no input and no size after its end', async () => {
    const transport = openLocalPty({ ...OPTIONS, file: 'true', args: [] });
    await transport.ended;
    expect(transport.write(Buffer.from('x'))).toBe(false);
    transport.resize(100, 30);
    expect(await transport.end(0)).toEqual({ processesLeft: 0, isChannelClosed: null });
  });
});

describe('the end of a process tree', () => {
  const start = (mark: string): ReturnType<typeof spawn> =>
    spawn('sleep', ['300'], { stdio: 'ignore', env: { PATH: '/usr/bin:/bin', [SESSION_MARK]: mark } });

  it('leaves alone what this session did not start: another mark, and a leader whose number was given away', async () => {
    const stranger = start('se_other');
    await once(stranger, 'spawn');
    const pid = stranger.pid ?? 0;
    const tree = openProcessTree({ leaderPid: pid, leaderStartTicks: '1', sessionId: 'se_tree' });
    expect(await tree.end(50)).toBe(0);
    expect(readProcess(pid)).not.toBeNull();
    stranger.kill('SIGKILL');
    await once(stranger, 'exit');
  });

  it('finds the leader in its first moment, when it has neither the session of its own nor the mark yet', async () => {
    const newborn = start('se_of_its_parent');
    await once(newborn, 'spawn');
    const exited = once(newborn, 'exit');
    const pid = newborn.pid ?? 0;
    const ticks = readProcess(pid)?.startTicks ?? null;
    const tree = openProcessTree({ leaderPid: pid, leaderStartTicks: ticks, sessionId: 'se_newborn' });
    expect(await tree.end(1000)).toBe(0);
    expect((await exited)[1]).toBe('SIGHUP');
  });

  it('finds a process by its mark alone', async () => {
    const detached = start('se_marked');
    await once(detached, 'spawn');
    const exited = once(detached, 'exit');
    const tree = openProcessTree({ leaderPid: 999_999_999, leaderStartTicks: null, sessionId: 'se_marked' });
    expect(await tree.end(1000)).toBe(0);
    expect((await exited)[1]).toBe('SIGHUP');
  });
});
