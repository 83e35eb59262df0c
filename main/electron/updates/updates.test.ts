import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { NodeHttpExecutor } from 'builder-util';
import type { DownloadOptions } from 'builder-util-runtime';
import { configureRequestUrl } from 'builder-util-runtime';
import electronUpdater from 'electron-updater';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signRelease } from '../../../scripts/release/sign-release.ts';
import { updateArguments } from '../../../scripts/release/update-arguments.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import type { Updater } from './create-updates.ts';
import { createUpdates } from './create-updates.ts';
import { startUpdates } from './start-updates.ts';
import { readUpdateSettings } from './update-settings.ts';

const makers = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const publicKey = (pair: typeof makers): string => pair.publicKey.export({ format: 'jwk' }).x ?? '';

let folder: string;
let feed: { readonly url: string; readonly asked: string[]; close(): void };
const FILE = 'sallyport-1.1.0-linux-x64.AppImage';

interface Published {
  readonly version: string;
  readonly signedVersion: string;
  readonly key: KeyObject;
  readonly content: string;
}

/** A feed as electron-builder and `scripts/sign-update.ts` leave it, served over HTTP. */
async function publish(given: Partial<Published> = {}) {
  const { version = '1.1.0', key = makers.privateKey, content = 'new' } = given;
  const { signedVersion = version } = given;
  const files = join(folder, 'feed');
  writeFileSync(join(files, FILE), 'new');
  const { jws } = await signRelease({ folder: files, version: signedVersion, key });
  writeFileSync(join(files, `release-${version}.jws`), jws);
  writeFileSync(join(files, FILE), content);
  const sha512 = await signedHash(files);
  const entry = `version: ${version}\nfiles:\n  - url: ${FILE}\n    sha512: ${sha512}\n    size: ${content.length}\n`;
  for (const channel of ['latest', 'beta'])
    writeFileSync(join(files, `${channel}-linux.yml`), `${entry}path: ${FILE}\nsha512: ${sha512}\n`);
}

async function signedHash(files: string): Promise<string> {
  const { jws } = await signRelease({ folder: files, version: '0.0.0', key: makers.privateKey });
  const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly files: readonly { readonly sha512: string }[];
  };
  return payload.files[0]?.sha512 ?? '';
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-updates-'));
  for (const name of ['feed', 'cache', 'user']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'old.AppImage'), 'old');
  writeFileSync(
    join(folder, 'app-update.yml'),
    'provider: generic\nurl: http://127.0.0.1\nupdaterCacheDirName: sallyport-updater\n',
  );
  vi.stubEnv('http_proxy', undefined);
  vi.stubEnv('APPIMAGE', join(folder, 'old.AppImage'));
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    const name = basename(new URL(request.url ?? '', 'http://feed').pathname);
    asked.push(name);
    try {
      answer.end(readFileSync(join(folder, 'feed', name)));
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  feed = { url: `http://127.0.0.1:${port}/`, asked, close: () => void server.close() };
});
afterEach(() => {
  vi.unstubAllEnvs();
  feed.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What electron-updater has for Electron's HTTP, on Node's: the download itself, with its check of the hash, is the same. */
class NodeDownloads extends NodeHttpExecutor {
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = {};
      configureRequestUrl(url, request);
      const callback = (error: unknown) => (error instanceof Error ? reject(error) : resolve(destination));
      this.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

/** electron-updater's own updater for an AppImage, on Node's HTTP in place of Electron's. */
function client({ version = '1.0.0', channel = 'latest' as 'latest' | 'beta' } = {}) {
  const updater = new electronUpdater.AppImageUpdater(null, {
    version,
    name: 'sallyport',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: join(folder, 'user'),
    baseCachePath: join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  });
  Object.assign(updater, {
    httpExecutor: new NodeDownloads(),
    logger: null,
    disableDifferentialDownload: true,
  });
  const said: string[] = [];
  const timers = fakeTimers();
  const downloaded: string[] = [];
  updater.on('update-downloaded', ({ downloadedFile }) => downloaded.push(downloadedFile));
  const updates = createUpdates({
    settings: { feed: feed.url, channel, keys: [publicKey(stranger).replace(/^./, 'A'), publicKey(makers)] },
    updater,
    timers,
    fetchText: async url => {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    },
    tell: (level, message) => said.push(`${level}: ${message}`),
  });
  return { updates, updater, timers, said, downloaded };
}

// A feed has a list for each system; this one is Linux's.
describe.skipIf(process.platform !== 'linux')('an update', () => {
  it('that the makers signed is downloaded, told once, and waits until the program quits', async () => {
    await publish();
    const { updates, updater, said, downloaded } = client();
    await updates.check();
    expect(said).toEqual(['info: Sallyport 1.1.0 is ready. It is installed when you quit.']);
    expect(downloaded.map(file => readFileSync(file, 'utf8'))).toEqual(['new']);
    expect(updater.autoInstallOnAppQuit).toBe(true);
    await updates.check();
    expect(said).toHaveLength(1);
  });

  it.each([
    ['signed by somebody else', { key: stranger.privateKey }],
    ['with another content than was signed', { content: 'bad' }],
    ['under another version than was signed', { signedVersion: '1.0.9' }],
  ])('%s is not even downloaded, and told once', async (_what, wrong) => {
    await publish(wrong);
    const { updates, said, downloaded } = client();
    await updates.check();
    await updates.check();
    expect(said).toEqual([
      expect.stringMatching(/^error: The update 1\.1\.0 is not what the makers .* was not installed/),
    ]);
    expect(feed.asked).not.toContain(FILE);
    expect(downloaded).toEqual([]);
  });

  it('whose file is another one than the feed says is thrown away', async () => {
    await publish();
    writeFileSync(join(folder, 'feed', FILE), 'bad');
    const { updates, said, downloaded } = client();
    await updates.check();
    expect([said, downloaded]).toEqual([[], []]);
    expect(feed.asked).toContain(FILE);
  });

  it('without a signature is left alone until there is one', async () => {
    await publish();
    rmSync(join(folder, 'feed', 'release-1.1.0.jws'));
    const { updates, said } = client();
    await updates.check();
    expect([said, feed.asked.includes(FILE)]).toEqual([[], false]);
    await publish();
    await updates.check();
    expect(said).toHaveLength(1);
  });

  it('is never an older version, on no channel', async () => {
    await publish({ version: '1.1.0' });
    for (const channel of ['latest', 'beta'] as const) {
      const { updates, updater, said } = client({ version: '1.2.0', channel });
      await updates.check();
      expect([updater.allowDowngrade, said]).toEqual([false, []]);
    }
    expect(feed.asked).toEqual(['latest-linux.yml', 'beta-linux.yml']);
  });

  it('is looked for after the start and then from time to time, until that is ended', async () => {
    const { updates, timers } = client();
    expect(feed.asked).toEqual([]);
    timers.advance(30_000);
    await vi.waitFor(() => expect(timers.pending).toBe(1), { timeout: 60_000 });
    expect(feed.asked).toEqual(['latest-linux.yml']);
    updates.dispose();
    expect(timers.pending).toBe(0);
  });
});

describe('updates', () => {
  const settings = { feed: 'https://updates.example/sallyport', keys: publicKey(makers) };
  const loaded: string[] = [];
  const loadUpdater = (): Promise<Updater> => {
    loaded.push('updater');
    return Promise.resolve(fakeUpdater());
  };
  const start = (isPackaged: boolean, manifest: unknown) =>
    startUpdates({ isPackaged, manifest, tell: () => undefined, loadUpdater });

  it('are off, and electron-updater is not loaded, without a feed or in a checkout', async () => {
    (await start(true, { version: '1.0.0' }))();
    (await start(false, { updates: settings }))();
    expect(loaded).toEqual([]);
    (await start(true, { updates: settings }))();
    expect(loaded).toEqual(['updater']);
  });

  it('are packaged with a feed, the channel of the version, and keys', () => {
    const environment = { SALLYPORT_UPDATE_FEED: settings.feed, SALLYPORT_UPDATE_KEYS: settings.keys };
    expect(updateArguments({}, '1.0.0')).toEqual([]);
    expect(updateArguments(environment, '1.0.0-beta.2')).toContain('-c.extraMetadata.updates.channel=beta');
    expect(() => updateArguments({ SALLYPORT_UPDATE_FEED: settings.feed }, '1.0.0')).toThrow(
      'no Ed25519 key',
    );
  });

  it.each([
    ['http://updates.example', 'no https address'],
    ['https://user@updates.example', 'no https address'],
    ['file:///updates', 'no https address'],
  ])('refuse the feed %s', (address, words) => {
    expect(() => readUpdateSettings({ updates: { ...settings, feed: address } })).toThrow(words);
    expect(readUpdateSettings({ updates: settings })).toEqual({
      feed: 'https://updates.example/sallyport/',
      channel: 'latest',
      keys: [publicKey(makers)],
    });
  });
});

function fakeUpdater(): Updater {
  return {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    allowDowngrade: true,
    allowPrerelease: false,
    setFeedURL: () => undefined,
    checkForUpdates: () => Promise.resolve(null),
    downloadUpdate: () => Promise.resolve(),
  };
}
