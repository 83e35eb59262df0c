import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { createNodeClient } from '../../main/app/create-node-client.ts';
import type { ServerChild } from '../../main/cli/demo/server-child.ts';
import type { httpOf } from '../support/client-world.ts';

const PROGRAM = fileURLToPath(new URL('../../main/cli/sallyport.js', import.meta.url));

interface Parts {
  readonly folder: string;
  readonly server: ServerChild;
  readonly admin: ReturnType<typeof httpOf>;
}

/** The folder of a profile in which an operator is enrolled, as it lies there when nothing runs. */
export async function enrolledProfile({ folder, server, admin }: Parts): Promise<string> {
  const profileFolder = join(folder, 'profile-start');
  const { enrolCode } = await admin.call('createAccount', {
    input: { name: 'Otto start', roles: ['operator'] },
  });
  const app = createNodeClient({ profileFolder, environment: process.env });
  await app.enrol(server.url, enrolCode);
  await app.dispose();
  return profileFolder;
}

/** Starts the program as people do, opens the printed address in a new page, and waits until the launcher's first button is pressed. */
export async function startToUse(browser: Browser, profileFolder: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.bringToFront();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--json', '--profile', profileFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { address } = JSON.parse(line) as { readonly address: string };
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Request access' }).click();
    await page.getByRole('dialog', { name: 'Request access' }).waitFor();
    return performance.now() - startedMs;
  } finally {
    await page.close();
    child.kill('SIGINT');
    await exited;
  }
}
