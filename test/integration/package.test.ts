import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { createSessionHostPool } from '../../main/session-host-client/create-session-host-pool.ts';
import type { PackedFile } from '../support/asar.ts';
import { extractAsar, readAsar } from '../support/asar.ts';
import { loadDesktopProgram, temporaryFolder } from '../support/desktop-program.ts';
import { onlyWindow } from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';
import { writePlaceholderRuntime } from '../support/placeholder-runtime.ts';

const temporary = temporaryFolder();
const runtime = join(temporary.path, 'electron');
const dist = join(temporary.path, 'dist');
const program = join(dist, 'linux-unpacked');
const archive = join(program, 'resources', 'app.asar');
/** the archive, laid out in a folder far from the project's own packages */
const laidOut = join(temporary.path, 'app');
let files: readonly PackedFile[];

/** Ends with the exit code and what was said. */
async function run(args: readonly string[], environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (said += String(piece)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

/** A proxy that is not there: whatever wants the network fails. */
const OFFLINE = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
const PATHS = { PATH: `${join(process.cwd(), 'node_modules', '.bin')}:${process.env.PATH ?? ''}` };

// electron-builder packs for the system that it runs on; the placeholder is one for Linux.
describe.skipIf(process.platform !== 'linux')('npm run package, with a local Electron folder', () => {
  beforeAll(async () => {
    writePlaceholderRuntime(runtime);
    const { code, said } = await run(['scripts/package.ts', `-c.directories.output=${dist}`], {
      ...process.env,
      ...PATHS,
      ...OFFLINE,
      ELECTRON_OVERRIDE_DIST_PATH: runtime,
    });
    expect(code, said).toBe(0);
    files = readAsar(archive);
    extractAsar(archive, laidOut);
  }, 120_000);
  afterAll(() => {
    temporary.remove();
  });

  /** `name version` of each package in the archive; electron-builder lays them out anew, so where they lie says nothing */
  const packages = () =>
    [
      ...new Set(
        files.flatMap(
          ({ path }) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.slice(0, 1) ?? [],
        ),
      ),
    ].map(folder => nameAndVersion(join(laidOut, folder)));

  it('packs the three programs, the renderer and the manifest, and nothing else of the project', () => {
    const own = files.map(file => file.path).filter(path => !path.startsWith('node_modules/'));
    expect(own.filter(path => !path.startsWith('out/renderer/')).sort()).toEqual([
      'out/desktop/main.js',
      'out/desktop/preload.cjs',
      'out/desktop/session-host.js',
      'package.json',
    ]);
    expect(own).toContain('out/renderer/index.html');
    expect(files.filter(({ path }) => /\.(map|ts|tsx|md)$|\.test\./.test(path))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(laidOut, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({ main: 'out/desktop/main.js', type: 'module' });
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('packs the packages that the programs load, and no other', () => {
    const wanted = new Map<string, string>();
    const want = (name: string, from = ''): void => {
      const nested = `${from}/node_modules/${name}`;
      const place = from !== '' && existsSync(nested) ? nested : `node_modules/${name}`;
      if (wanted.has(place)) return;
      wanted.set(place, nameAndVersion(place));
      const manifest = JSON.parse(readFileSync(`${place}/package.json`, 'utf8')) as {
        readonly dependencies?: Readonly<Record<string, string>>;
      };
      // node-addon-api is what node-pty is compiled with; the prebuilt addon does not need it.
      for (const each of Object.keys(manifest.dependencies ?? {}))
        if (each !== 'node-addon-api') want(each, place);
    };
    for (const bundle of ['main.js', 'session-host.js']) for (const name of importsOf(bundle)) want(name);
    expect(packages().sort()).toEqual([...wanted.values()].sort());
  });

  it('lays licences, bill of materials and manual page beside it: of all that is inside, and of nothing else', () => {
    const resources = join(program, 'resources');
    expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked', 'notices']);
    const notice = (name: string) => readFileSync(join(resources, 'notices', name), 'utf8');
    expect(readdirSync(join(resources, 'notices')).sort()).toEqual([
      'LICENSE',
      'THIRD-PARTY-LICENCES.txt',
      'sallyport.1',
      'sbom.cdx.json',
    ]);
    const bundled = JSON.parse(readFileSync('out/renderer/packages.json', 'utf8')) as readonly string[];
    expect(bundled).toEqual(expect.arrayContaining(['react', 'react-dom', '@xterm/xterm', 'zod']));
    const all = [...new Set([...packages(), ...bundled.map(name => nameAndVersion(`node_modules/${name}`))])];
    const titles = [
      ...notice('THIRD-PARTY-LICENCES.txt').matchAll(/^={78}\n(\S+) (\S+) \(([^)]+)\)\n={78}\n\n(?=\S)/gm),
    ];
    expect(titles.map(match => `${match[1] ?? ''} ${match[2] ?? ''}`).sort()).toEqual(all.sort());
    for (const [, name, , licence = ''] of titles)
      expect(licence, name).toMatch(
        /^(MIT|ISC|Apache-2\.0|BSD-3-Clause|BlueOak-1\.0\.0|Python-2\.0|Unlicense)( OR |$)/,
      );
    const bill = JSON.parse(notice('sbom.cdx.json')) as {
      readonly components: readonly { readonly name: string; readonly version: string }[];
    };
    const listed = bill.components.map(({ name, version }) => `${name} ${version}`);
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: { electron: string };
    };
    expect(listed.sort()).toEqual([...all, `electron ${devDependencies.electron}`].sort());
    expect(notice('sbom.cdx.json')).not.toMatch(/\.tgz|"distribution"/);
    expect(notice('sbom.cdx.json')).not.toContain(process.cwd());
    expect(notice('sallyport.1')).toContain('.TH SALLYPORT 1');
  });

  it('reads SQL inside the archive, with the parser that a scope of tables is held by', async () => {
    const parent = pathToFileURL(join(laidOut, 'out/desktop/session-host.js')).href;
    const place = import.meta.resolve('libpg-query', parent);
    expect(place).toContain(pathToFileURL(laidOut).href);
    const parser = (await import(place)) as {
      loadModule(): Promise<void>;
      parseSync(sql: string): { stmts: unknown[] };
    };
    await parser.loadModule();
    expect(parser.parseSync('SELECT 1; SELECT 2').stmts).toHaveLength(2);
    // the other package that is loaded later, with all that it needs
    const updater = (await import(import.meta.resolve('electron-updater', parent))) as { default: object };
    expect(updater.default).toHaveProperty('AppImageUpdater');
  });

  it("unpacks node-pty, with this system's addon only", () => {
    const pty = files.filter(({ path }) => path.startsWith('node_modules/node-pty/'));
    expect(pty.every(file => file.isUnpacked)).toBe(true);
    const addons = files.filter(({ path }) => path.endsWith('.node')).map(file => file.path);
    expect(addons).toEqual([`node_modules/node-pty/prebuilds/linux-${process.arch}/pty.node`]);
    expect(existsSync(join(`${archive}.unpacked`, addons[0] ?? ''))).toBe(true);
  });

  it('switches off what an installed program does not need', async () => {
    const before = await getCurrentFuseWire(join(runtime, 'electron'));
    expect(before[FuseV1Options.RunAsNode]).toBe(FuseState.ENABLE);
    const fuses = await getCurrentFuseWire(join(program, 'sallyport'));
    const { DISABLE, ENABLE } = FuseState;
    expect(fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    });
  });

  it('finds every package of the main program inside the archive', () => {
    const parent = pathToFileURL(join(laidOut, 'out/desktop/main.js')).href;
    for (const name of importsOf('main.js'))
      expect(import.meta.resolve(name, parent), name).toContain(pathToFileURL(laidOut).href);
  });

  it('runs from the archive: its page with the policy, its version, its session host', async () => {
    const profile = join(temporary.path, 'profile');
    const { electron, becomeReady, end } = await loadDesktopProgram(['--profile', profile, '--demo-keys'], {
      bundle: join(laidOut, 'out/desktop/main.js'),
    });
    await becomeReady();
    try {
      const window = onlyWindow(electron);
      if (window.loaded.length === 0) await once(window, 'ready-to-show');
      const page = await electron.protocol.fetch(window.loaded[0] ?? '');
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const [script = ''] = /(?<=src="\.\/)[^"]+\.js/.exec(await page.text()) ?? [];
      expect((await electron.protocol.fetch(`sallyport-app://ui/${script}`)).status).toBe(200);
      const { ipcRenderer } = new PageDouble(electron.ipcMain, window.webContents);
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
      expect(await ipcRenderer.invoke(REQUEST_CHANNEL, 'app.state', {})).toMatchObject({
        value: { version, shell: { kind: 'desktop' } },
      });
      // the spare one comes when the window has had the processor for itself
      await expect
        .poll(() => electron.utilityProcess.forked[0]?.modulePath)
        .toBe(join(laidOut, 'out/desktop/session-host.js'));
      expect(existsSync(window.preferences.preload ?? '')).toBe(true);
    } finally {
      await end();
    }
  });

  it('tells when it was packaged with wrong settings for updates, and works all the same', async () => {
    const place = join(laidOut, 'package.json');
    const manifest = readFileSync(place, 'utf8');
    writeFileSync(
      place,
      JSON.stringify({ ...(JSON.parse(manifest) as object), updates: { feed: 'ftp://updates.example' } }),
    );
    const { electron, becomeReady, end } = await loadDesktopProgram(
      ['--profile', join(temporary.path, 'updates'), '--demo-keys'],
      { bundle: join(laidOut, 'out/desktop/main.js'), isPackaged: true },
    );
    try {
      await becomeReady();
      await expect
        .poll(() => electron.dialog.errors.map(([title]) => title))
        .toEqual(['Sallyport looks for no updates']);
      expect(onlyWindow(electron)).toBeDefined();
    } finally {
      writeFileSync(place, manifest);
      await end();
    }
  });

  it('starts a session host from the archive alone, on plain Node too', async () => {
    const modulePath = join(laidOut, 'out/desktop/session-host.js');
    const pool = createSessionHostPool({ fork: createForkNodeHost({ modulePath }) });
    const host = await pool.take();
    await host.close(5_000);
    await pool.dispose();
  });

  it('leaves no environment in a session host, whatever it was given', async () => {
    // The answer of a process that has emptied its environment and goes on to work.
    const child = fork(join(laidOut, 'out/desktop/session-host.js'), [], {
      env: { ...process.env, SALLYPORT_TEST_SECRET: 'hunter2' },
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(REPORT_ENVIRONMENT)}`],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const left = new Promise(resolve =>
      child.on('message', (message: { readonly environment?: unknown }) => {
        if (message.environment !== undefined) resolve(message.environment);
      }),
    );
    expect(await left).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

function nameAndVersion(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  return `${manifest['name'] ?? ''} ${manifest['version'] ?? ''}`;
}

/** Sent along with the host's own first message. */
const REPORT_ENVIRONMENT = `
  const send = process.send.bind(process);
  process.send = (message, ...more) => {
    if (message.kind === 'ready') send({ environment: Object.keys(process.env) });
    return send(message, ...more);
  };`;

/** The packages that a bundle loads. */
function importsOf(bundle: string): string[] {
  const code = readFileSync(join(laidOut, 'out/desktop', bundle), 'utf8');
  const names = [
    ...code.matchAll(/^import (?:.* from )?["']([^"'./][^"']*)["'];?$/gm),
    // what is loaded later
    ...code.matchAll(/\bimport\(["']([^"'./][^"']*)["']\)/g),
  ].map(match => /^(@[^/]+\/)?[^/]+/.exec(match[1] ?? '')?.[0] ?? '');
  return [...new Set(names)].filter(name => !isBuiltin(name) && name !== 'electron');
}
