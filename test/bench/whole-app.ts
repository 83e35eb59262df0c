import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import type { RecordingHealth } from '../../contract/recording.ts';
import type { Role } from '../../contract/server-api.ts';
import { createApp } from '../../main/app/app.ts';
import type { ServerChild } from '../../main/cli/demo/server-child.ts';
import { initialiseServer, startServerChild } from '../../main/cli/demo/server-child.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createIdentityStore } from '../../main/review/identity-store.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { ensureRenderer } from '../../main/shell/renderer-build.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../../main/web/web-shell-facts.ts';
import { startWebShell } from '../../main/web/web-shell.ts';
import { AppWindow } from '../e2e/pages/app-window.ts';
import { Launcher } from '../e2e/pages/launcher.ts';
import { SessionView } from '../e2e/pages/session-view.ts';
import { grantAccess, httpOf, openTestWindow } from '../support/client-world.ts';
import type { TestWindow } from '../support/client-world.ts';
import { enrolledProfile, startToUse } from './start-to-use.ts';
import { logStream } from './streams.ts';
import type { Latencies } from './terminal-latency.ts';
import { firstPrompt, hoverReactions, typedKeyLatencies } from './terminal-latency.ts';

/** Two whole installations that differ in nothing but the session host: server process, client, web shell, Chromium. */
export interface WholeApp {
  /** Seconds from the Enter behind `cat FILE` until xterm has drawn the line after it. */
  catSeconds(mode: 'on' | 'off'): Promise<number>;
  readonly megabytes: number;
  /** Milliseconds from a key to its glyph, a figure a key. */
  keyLatencies(mode: 'on' | 'off'): Promise<Latencies>;
  /** Milliseconds until the window shows where the mouse is while `cat` of the file floods the terminal. */
  floodReactions(): Promise<Latencies>;
  /** Milliseconds from the press on `Connect` to the first prompt of a local session, the client at rest before it. */
  firstPromptMs(): Promise<number>;
  /** Milliseconds from the start of `sallyport serve` until an enrolled person's launcher takes a press in an open browser. */
  startMs(): Promise<number>;
  close(): Promise<void>;
}

const FILE_BYTES = 50_000_000;
const CAT_DEADLINE_MS = 120_000;
/** A look at each frame makes a frame of each: sixty a second, a third of all that the processes do under a flood. */
const LOOK_EVERY_MS = 50;
const HOST_WITHOUT = fileURLToPath(new URL('host-without-redaction.ts', import.meta.url));
const GRANT_S = 3_600;
/** A client to which somebody comes has done all that it does by itself: ended the session before, started the next host ahead. */
const AT_REST_MS = 4_000;
const PROMPT = /[$#] ?$/m;

interface Client {
  catSeconds(): Promise<number>;
  keyLatencies(): Promise<Latencies>;
  floodReactions(): Promise<Latencies>;
  firstPromptMs(): Promise<number>;
  close(): Promise<void>;
}

export async function startWholeApp(): Promise<WholeApp> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  const started: { close(): Promise<unknown> }[] = [
    { close: () => rm(folder, { recursive: true, force: true }) },
  ];
  const close = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.close();
  };
  // as the program sets it, for the processes that it starts
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../out/compile-cache', import.meta.url));
  try {
    const file = join(folder, 'app.log');
    await writeFile(file, logStream(FILE_BYTES));
    const serverFolder = join(folder, 'server');
    const adminCode = await initialiseServer(serverFolder, process.env);
    const server = await startServerChild(serverFolder, process.env);
    started.push({ close: () => server.stop() });
    const admin = httpOf(await enrolDevice({ serverUrl: server.url, code: adminCode }));
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    started.push(browser);
    const parts = { folder, file, server, admin, browser };
    const clients = {
      on: await startClient(parts, { name: 'on', modulePath: null }),
      off: await startClient(parts, { name: 'off', modulePath: HOST_WITHOUT }),
    };
    started.push(clients.on, clients.off);
    const startable = await enrolledProfile(parts);
    return {
      catSeconds: mode => clients[mode].catSeconds(),
      megabytes: FILE_BYTES / 1_000_000,
      keyLatencies: mode => clients[mode].keyLatencies(),
      floodReactions: () => clients.on.floodReactions(),
      firstPromptMs: () => clients.on.firstPromptMs(),
      startMs: () => startToUse(browser, startable),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  readonly folder: string;
  readonly file: string;
  readonly server: ServerChild;
  readonly admin: ReturnType<typeof httpOf>;
  readonly browser: Browser;
}

/** `modulePath`: another session host; null for the product's. */
async function startClient(
  { folder, file, server, admin, browser }: Parts,
  { name, modulePath }: { readonly name: string; readonly modulePath: string | null },
): Promise<Client> {
  const profile = openProfile(join(folder, `profile-${name}`), {});
  const recipient = await createIdentityStore(profile.identityFolder).create(null);
  await admin.call('putTarget', {
    input: {
      target: { id: 'tg_local' as never, kind: 'local', name: 'This machine' },
      accounts: ['user'],
      redaction: {},
      scope: {},
      session: {},
      maxMinutes: 60,
      secret: { kind: 'none' },
    },
  });
  const app = createApp({
    profile,
    secretBox: fileSecretBox,
    shell: WEB_SHELL_FACTS,
    forkHost: createForkNodeHost(modulePath === null ? {} : { modulePath }),
    createReviewService,
    environment: { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', LANG: 'C.UTF-8' },
  });
  const enrol = async (person: string, role: Role): Promise<TestWindow> => {
    const { enrolCode } = await admin.call('createAccount', { input: { name: person, roles: [role] } });
    return openTestWindow(app, await app.enrol(server.url, enrolCode));
  };
  const operator = await enrol(`Olga ${name}`, 'operator');
  const approver = await enrol(`Anna ${name}`, 'approver');
  const reviewer = await enrol(`Rita ${name}`, 'reviewer');
  await admin.call('putRecipient', { input: { recipient, accountId: reviewer.account.id } });
  await grantAccess({ operator, approver }, GRANT_S);

  const rendererFolder = await ensureRenderer(message => void process.stderr.write(`${message}\n`));
  const shell = await startWebShell({ app, rendererFolder, port: 0 });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(shell.issueAddress());
  await new AppWindow(page).actAs(`Olga ${name}`);
  const launcher = new Launcher(page);
  let session = await launcher.connect('incident 7');
  const { terminal } = session;
  await terminal.shows(PROMPT);
  let runs = 0;
  const catSeconds = async (): Promise<number> => {
    await page.bringToFront();
    const mark = `drawn-${name}-${(runs += 1)}`;
    // the line as typed does not hold the mark
    await terminal.type(`clear; cat ${file}; echo dr''awn-${name}-${runs}`);
    await terminal.shows(new RegExp(`dr''awn-${name}-${runs}`));
    const startedMs = performance.now();
    await terminal.press('Enter');
    await page.waitForFunction(
      text => document.querySelector('[data-testid=terminal] .xterm-rows')?.textContent.includes(text),
      mark,
      { polling: LOOK_EVERY_MS, timeout: CAT_DEADLINE_MS },
    );
    const seconds = (performance.now() - startedMs) / 1000;
    if (modulePath === null) await untilUploaded(operator);
    return seconds;
  };
  return {
    catSeconds,
    async keyLatencies() {
      await page.bringToFront();
      await terminal.run('clear', PROMPT);
      return typedKeyLatencies(page);
    },
    async floodReactions() {
      let isOver = false;
      const flood = catSeconds().finally(() => (isOver = true));
      const [reactions] = await Promise.all([hoverReactions(page, () => isOver), flood]);
      return reactions;
    },
    async firstPromptMs() {
      await page.bringToFront();
      await session.end();
      await session.ended.getByRole('button', { name: 'Back to the launcher' }).click();
      const connect = launcher.grant('incident 7').getByRole('button', { name: /^Connect/ });
      await connect.waitFor();
      await new Promise(resolve => setTimeout(resolve, AT_REST_MS));
      const ms = await firstPrompt(page, () => connect.click());
      session = new SessionView(page);
      return ms;
    },
    async close() {
      await page.close();
      await shell.close();
      await app.dispose();
    },
  };
}

/** The next run begins when this one's recording is on the server: what it left behind would be measured with the other. */
async function untilUploaded({ events }: TestWindow): Promise<void> {
  const newest = (): RecordingHealth | undefined =>
    events
      .filter(event => event.name === 'session.recording')
      .map(event => (event.payload as { readonly health: RecordingHealth }).health)
      .at(-1);
  const deadlineMs = performance.now() + CAT_DEADLINE_MS;
  for (let health = newest(); performance.now() < deadlineMs; health = newest()) {
    if (health !== undefined && health.uploadedBytes >= health.spooledBytes) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('The recording did not reach the server.');
}
