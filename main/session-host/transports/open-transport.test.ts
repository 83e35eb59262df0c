import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../../test/support/session-fixtures.ts';
import { findSecretsInProcesses } from '../../../test/support/process-secrets.ts';
import { createSshKey } from '../../../test/support/ssh-key.ts';
import { collectTerminal } from '../../../test/support/terminal-of.ts';
import { openTransport } from './open-transport.ts';

describe('a session on this machine', () => {
  it.each([
    ['the shell of the environment', '/bin/sh', '/sh'],
    ['another shell where that one is not there', '/nonexistent/zsh', '/bash'],
  ])('starts %s as a login shell, at home', async (_name, shell, expected) => {
    const environment = { PATH: '/usr/bin:/bin', HOME: tmpdir(), SHELL: shell, PS1: '$ ' };
    const terminal = collectTerminal(openTransport(openFixture({ environment })));
    await terminal.transport.opened;
    terminal.type('echo "0=$0 in=$PWD" exe=$(readlink /proc/$$/exe)\n');
    const found = await terminal.until(/0=(\S+) in=(\S+) exe=(\/\S+)/);
    expect(found[1]).toContain(expected.slice(1));
    expect(found[2]).toBe(tmpdir());
    expect(await terminal.transport.end(300)).toEqual({ processesLeft: 0, isChannelClosed: null });
  });
});

describe('a session that is ended in the middle of its login', () => {
  it.each(['openssh', 'ssh2'] as const)('leaves no process and no file behind with %s', async transport => {
    // Accepts, and never says a word.
    const server = createServer(socket => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const key = createSshKey();
    const open = openFixture({
      target: {
        kind: 'ssh',
        transport,
        host: '127.0.0.1',
        port,
        trust: { pinnedKeys: [key.publicKey], hostCaKeys: [] },
      },
      sshPrivateKeyPem: key.privateKeyPem,
    });
    const session = openTransport(open);
    await once(server, 'connection');
    expect(await session.end(300)).toEqual({ processesLeft: null, isChannelClosed: true });
    await expect(session.opened).rejects.toMatchObject({ code: 'session-ended' });
    expect(findSecretsInProcesses(open.sessionId, []).processes).toBe(0);
    expect(foldersWith(`Port ${String(port)}\n`)).toEqual([]);
    server.close();
  });
});

/** Folders of sessions whose ssh configuration holds a text. */
function foldersWith(text: string): string[] {
  return readdirSync(tmpdir())
    .filter(name => /^sallyport-[A-Za-z0-9]{6}$/.test(name))
    .filter(name => {
      try {
        return readFileSync(join(tmpdir(), name, 'config'), 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}
