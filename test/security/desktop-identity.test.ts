import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import { loadDesktopProgram, temporaryFolder } from '../support/desktop-program.ts';
import { onlyWindow } from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';

const ENROLLED = {
  account: { id: 'rita', name: 'Rita', roles: ['reviewer'] },
  deviceId: 'device-1',
  audience: 'a-server',
  issuer: 'a-server',
  jwks: { keys: [] },
};

describe('a reviewer’s key in the desktop program', () => {
  let folder: { readonly path: string; remove(): void };
  let programs: DesktopProgram[];
  let server: Server;
  beforeEach(async () => {
    folder = temporaryFolder();
    programs = [];
    // It enrols and is out of reach then: nothing about keys on this machine needs a server.
    server = createServer((request, response) => {
      const isEnrolment = request.url === '/v1/enrol';
      response.writeHead(isEnrolment ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isEnrolment ? ENROLLED : {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await Promise.all(programs.map(program => program.end()));
    server.closeAllConnections();
    server.close();
    folder.remove();
  });

  /** Asks what the page of a program would ask. */
  async function started(keychainKey?: Uint8Array) {
    const options = keychainKey === undefined ? {} : { keychainKey };
    const program = await loadDesktopProgram(['--profile', folder.path], options);
    programs.push(program);
    await program.becomeReady();
    const window = onlyWindow(program.electron);
    if (window.loaded.length === 0) await once(window, 'ready-to-show');
    const page = new PageDouble(program.electron.ipcMain, window.webContents);
    const ask = (name: string, input: object) => page.ipcRenderer.invoke(REQUEST_CHANNEL, name, input);
    return { program, ask };
  }

  it('is sealed by the keychain, open at once in the next program, and rotated without a passphrase', async () => {
    const keychainKey = randomBytes(32);
    const first = await started(keychainKey);
    const { port } = server.address() as AddressInfo;
    const serverUrl = `http://127.0.0.1:${port}`;
    expect(await first.ask('account.enrol', { serverUrl, code: 'a-code-for-rita' })).toMatchObject({
      ok: true,
    });
    expect(await first.ask('identity.state', {})).toMatchObject({
      value: { recipient: null, protection: null, hasKeychain: true },
    });
    const made = await first.ask('identity.create', { passphrase: null });
    expect(made).toMatchObject({ ok: true, value: { protection: 'keychain', isUnlocked: true } });
    expect(JSON.stringify(made)).not.toContain('AGE-SECRET-KEY');
    expect(await first.ask('identity.create', { passphrase: null })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const files = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).map(name =>
      join(folder.path, name),
    );
    for (const file of files.filter(each => statSync(each).isFile()))
      expect(readFileSync(file, 'latin1')).not.toContain('AGE-SECRET-KEY');
    await first.program.end();

    const second = await started(keychainKey);
    const state = (await second.ask('identity.state', {})) as { value: { recipient: string } };
    expect(state).toMatchObject({ value: { isUnlocked: true, needsPassphrase: false } });
    expect(await second.ask('identity.rotate', { passphrase: null })).toMatchObject({
      ok: true,
      value: { protection: 'keychain', recipients: [expect.any(String), state.value.recipient] },
    });
  });
});
