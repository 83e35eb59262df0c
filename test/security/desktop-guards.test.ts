import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { createExternalLinks } from '../../main/electron/external-links.ts';
import { guardContents, guardNetwork, guardPermissions, isAppUrl } from '../../main/electron/guards.ts';
import { createSafeStorageBox } from '../../main/electron/safe-storage-box.ts';
import { createElectronDouble } from '../support/electron-double/electron-double.ts';
import { SessionDouble } from '../support/electron-double/session.ts';
import { DialogDouble, ShellDouble } from '../support/electron-double/system.ts';
import { WebContentsDouble } from '../support/electron-double/web-contents.ts';
import { ENGLISH } from '../../main/electron/shell-texts.ts';

const APP = 'sallyport-app://ui/index.html';
const FOREIGN = [
  'sallyport-app://ui.evil/index.html',
  'sallyport-app://evil/index.html',
  'sallyport-app://ui:8080/index.html',
  'sallyport-app-x://ui/index.html',
  'https://ui/index.html',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'data:text/html,x',
  'blob:sallyport-app://ui/1',
  'about:blank',
  'javascript:alert(1)',
  'sallyport://session/1',
  'not a url',
];

/** A page of the app under the guards, and the addresses that it wanted opened. */
function guardedPage() {
  const app = new EventEmitter();
  const wanted: string[] = [];
  // Of `App` the guard uses `on` only.
  guardContents(app as unknown as App, { openExternal: url => wanted.push(url) });
  const contents = new WebContentsDouble();
  app.emit('web-contents-created', {}, contents);
  contents.commit(APP);
  return { contents, wanted };
}

function guardedSession() {
  const session = new SessionDouble();
  // The double has what the guards use of `Session`.
  guardPermissions(session as unknown as Session);
  guardNetwork(session as unknown as Session);
  const contents = new WebContentsDouble();
  contents.commit(APP);
  return { session, contents };
}

describe("the app's origin", () => {
  it('is exact', () => {
    expect(isAppUrl(APP)).toBe(true);
    expect(isAppUrl('sallyport-app://ui/assets/a.js')).toBe(true);
    for (const url of FOREIGN) expect(isAppUrl(url), url).toBe(false);
  });
});

describe('a page of the desktop shell', () => {
  it('may go to the app, in its main frame', () => {
    const { contents } = guardedPage();
    expect(contents.navigateFromPage('sallyport-app://ui/index.html#/audit')).toBe(true);
    expect(contents.getURL()).toBe('sallyport-app://ui/index.html#/audit');
    expect(contents.redirect(APP)).toBe(true);
  });

  it.each(FOREIGN)('may not go to %s, nor be sent there', url => {
    const { contents } = guardedPage();
    expect(contents.navigateFromPage(url)).toBe(false);
    expect(contents.redirect(url)).toBe(false);
    expect(contents.getURL()).toBe(APP);
  });

  it('may not fill a frame, not even with the app', () => {
    const { contents } = guardedPage();
    const frame = contents.addSubframe('about:blank');
    expect(contents.navigateFromPage(APP, frame)).toBe(false);
    expect(contents.navigateFromPage('https://example.org/', frame)).toBe(false);
  });

  it('gets no window of its own and embeds nothing', () => {
    const { contents, wanted } = guardedPage();
    expect(contents.openFromPage(APP)).toBe('deny');
    expect(contents.openFromPage('https://example.org/')).toBe('deny');
    expect(wanted).toEqual([APP, 'https://example.org/']);
    expect(contents.attachWebview('https://example.org/')).toBe(false);
  });
});

describe('the double, without guards', () => {
  it('lets a page do all that: what holds above is the guards', () => {
    const contents = new WebContentsDouble();
    contents.commit(APP);
    expect(contents.openFromPage('https://example.org/')).toBe('allow');
    expect(contents.attachWebview('https://example.org/')).toBe(true);
    expect(contents.redirect('https://example.org/')).toBe(true);
    expect(contents.navigateFromPage('https://example.org/', contents.addSubframe('about:blank'))).toBe(true);
    expect(contents.navigateFromPage('https://example.org/')).toBe(true);
    const session = new SessionDouble();
    const details = { isMainFrame: true, requestingUrl: 'https://example.org/' };
    expect(session.ask(contents, 'geolocation', details)).toBe(true);
    expect(session.check('geolocation', 'https://example.org')).toBe(true);
    expect(session.checkDevice('https://example.org')).toBe(true);
    expect(session.leaves('https://example.org')).toBe(true);
  });
});

describe('permissions', () => {
  const own = { isMainFrame: true, requestingUrl: APP };

  it('are one: the app itself may copy', () => {
    const { session, contents } = guardedSession();
    expect(session.ask(contents, 'clipboard-sanitized-write', own)).toBe(true);
    expect(session.check('clipboard-sanitized-write', 'sallyport-app://ui/')).toBe(true);
  });

  it.each([
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'media',
    'display-capture',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'hid',
    'serial',
    'usb',
    'local-network-access',
    'unknown',
  ] as const)('do not include %s', permission => {
    const { session, contents } = guardedSession();
    expect(session.ask(contents, permission, own)).toBe(false);
    expect(session.check(permission, 'sallyport-app://ui/')).toBe(false);
  });

  it('are nothing to others, be they inside a page of the app', () => {
    const { session, contents } = guardedSession();
    const permission = 'clipboard-sanitized-write';
    for (const requestingUrl of FOREIGN) {
      expect(session.ask(contents, permission, { isMainFrame: true, requestingUrl })).toBe(false);
      expect(session.ask(contents, permission, { isMainFrame: false, requestingUrl })).toBe(false);
      expect(session.check(permission, requestingUrl)).toBe(false);
    }
    expect(session.ask(contents, permission, { isMainFrame: false, requestingUrl: APP })).toBe(false);
  });

  it('give no device to anybody', () => {
    expect(guardedSession().session.checkDevice('sallyport-app://ui')).toBe(false);
  });
});

describe('requests of pages', () => {
  it('stay inside the app', () => {
    const { session } = guardedSession();
    for (const url of [APP, 'blob:sallyport-app://ui/1', 'data:,x'])
      expect(session.leaves(url), url).toBe(true);
  });

  it.each([
    'https://example.org/?leak',
    'http://127.0.0.1:80/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'not a url',
  ])('do not leave the machine or read it: %s', url => {
    expect(guardedSession().session.leaves(url)).toBe(false);
  });
});

describe('links that lead out', () => {
  function links() {
    const dialog = new DialogDouble();
    const shell = new ShellDouble();
    return { dialog, shell, external: createExternalLinks(dialog, shell, () => ENGLISH) };
  }

  it('are opened when the user says so, and the user sees where they lead', async () => {
    const { dialog, shell, external } = links();
    const asked = external.ask('https://example.org/a?b');
    expect(dialog.questions[0]?.options.detail).toBe('https://example.org/a?b');
    expect(shell.opened).toEqual([]);
    dialog.questions[0]?.answer(0);
    await asked;
    expect(shell.opened).toEqual(['https://example.org/a?b']);
  });

  it('stay closed where the user says no, which is what Enter and Escape say', async () => {
    const { dialog, shell, external } = links();
    const asked = external.ask('https://example.org/');
    expect(dialog.questions[0]?.options).toMatchObject({
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    dialog.questions[0]?.answer(1);
    await asked;
    expect(shell.opened).toEqual([]);
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ssh://host/',
    'sallyport://session/1',
    APP,
    'smb://x/y',
    'not a url',
  ])('are never %s', async url => {
    const { dialog, shell, external } = links();
    await external.ask(url);
    expect(dialog.questions).toEqual([]);
    expect(shell.opened).toEqual([]);
  });

  it('come one at a time', async () => {
    const { dialog, external } = links();
    const first = external.ask('https://example.org/1');
    await external.ask('https://example.org/2');
    expect(dialog.questions).toHaveLength(1);
    dialog.questions[0]?.answer(1);
    await first;
    void external.ask('https://example.org/3');
    expect(dialog.questions).toHaveLength(2);
  });
});

describe("secrets in the system's keychain", () => {
  async function storage() {
    const electron = createElectronDouble();
    await electron.app.becomeReady();
    return electron.safeStorage;
  }
  // The double has what the box uses of `SafeStorage`.
  const boxOf = (double: Awaited<ReturnType<typeof storage>>, platform: NodeJS.Platform) =>
    createSafeStorageBox(double as never, platform);

  it('are sealed, and opened by the same keychain only', async () => {
    const box = boxOf(await storage(), 'linux');
    const sealed = box.seal('a device key');
    expect(sealed).not.toContain('a device key');
    expect(box.open(sealed)).toBe('a device key');
    const another = boxOf(await storage(), 'linux');
    expect(() => another.open(sealed)).toThrow('decrypting');
    expect(() => box.open('a device key')).toThrow('does not appear to be encrypted');
  });

  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const)('may lie in %s', async backend => {
    const double = await storage();
    double.backend = backend;
    expect(boxOf(double, 'linux').scheme).toBe('safe-storage');
  });

  it.each(['basic_text', 'unknown'] as const)('may not lie in %s on Linux', async backend => {
    const double = await storage();
    double.backend = backend;
    expect(() => boxOf(double, 'linux')).toThrow('no keychain');
    // The other systems have one way only and do not know the question.
    expect(boxOf(double, 'darwin').scheme).toBe('safe-storage');
  });

  it('are refused before the app is ready', () => {
    expect(() => boxOf(createElectronDouble().safeStorage, 'darwin')).toThrow('no keychain');
  });
});
