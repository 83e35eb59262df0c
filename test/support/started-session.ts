import { generateIdentity, identityToRecipient } from 'age-encryption';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenSession } from '../../contract/session-host.ts';
import { createSessionHostPool } from '../../main/session-host-client/create-session-host-pool.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import type {
  SessionHostHandle,
  SessionHostPool,
} from '../../main/session-host-client/session-host-client.ts';
import type { GrantFixture } from './session-fixtures.ts';
import { openFixture } from './session-fixtures.ts';
import type { HostTerminal } from './host-terminal.ts';
import { attachTerminal } from './host-terminal.ts';

export const FAKE_HOST = fileURLToPath(new URL('./session-host-with-fakes.ts', import.meta.url));

/** A pool, sessions on it, and a folder; `dispose` ends and removes all. */
export interface HostBench {
  readonly folder: string;
  readonly pool: SessionHostPool;
  /** what hosts logged */
  readonly logs: readonly string[];
  /** An age identity whose recipient the sessions record to. */
  readonly identity: string;
  /** Opens a session and waits for it. */
  start(fixture?: GrantFixture & Partial<Omit<OpenSession, 'kind' | 'grant'>>): Promise<StartedSession>;
  dispose(): Promise<void>;
}

export interface StartedSession {
  readonly handle: SessionHostHandle;
  readonly terminal: HostTerminal;
  readonly open: OpenSession;
}

export async function createHostBench(modulePath?: string): Promise<HostBench> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-host-'));
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const logs: string[] = [];
  const pool = createSessionHostPool({
    fork: createForkNodeHost({
      onLog: line => logs.push(line),
      ...(modulePath === undefined ? {} : { modulePath }),
    }),
  });
  const handles: SessionHostHandle[] = [];
  return {
    folder,
    pool,
    logs,
    identity,
    async start(fixture = {}) {
      const handle = await pool.take();
      handles.push(handle);
      const terminal = attachTerminal(handle);
      const open = openFixture({
        spoolFolder: join(folder, 'spool', randomBytes(4).toString('hex')),
        recipients: [recipient],
        ...fixture,
      });
      terminal.send(open);
      await terminal.hears('opened');
      return { handle, terminal, open };
    },
    async dispose() {
      await Promise.all(handles.map(handle => handle.close(5_000)));
      await pool.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers of the living processes whose environment holds `mark` (Linux). */
export function processesMarked(mark: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        const isZombie = /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
        return !isZombie && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Asks again and again until it is so: for what the system does not tell by an event. */
export async function eventually(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 20));
}

/** Resolves when a number no longer changes: for output that must not come, of which no event can tell. */
export async function quiet(read: () => number): Promise<void> {
  for (let before = -1; before !== read(); ) {
    before = read();
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}
