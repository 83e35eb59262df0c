import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** `sallyport demo --web` as its users start it: a real server, real targets, one process that owns them all. */
export interface DemoProcess {
  /** works once */
  readonly address: string;
  /** Halts the grant and recording server, as a network that swallows everything would; `resume` lets it go on. */
  haltServer(): { resume(): void };
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../../../main/cli/sallyport.js', import.meta.url));
const START_MS = 120_000;
const STOP_MS = 30_000;

export async function startDemo(): Promise<DemoProcess> {
  // The embedded databases run as another user, who has to pass through.
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-e2e-'));
  const child = spawn(process.execPath, [PROGRAM, 'demo', '--web', '--data', join(folder, 'demo')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
  });
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  let said = '';
  child.stderr.on('data', piece => (said = `${said}${String(piece)}`.slice(-8_000)));
  const stop = async () => {
    child.kill('SIGINT');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(force);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(child.stdout, exited, () => said);
    return { address, stop, haltServer: () => haltServerOf(child.pid ?? 0) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(
  output: NodeJS.ReadableStream,
  exited: Promise<void>,
  said: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The demo ${why}. It said:\n${said()}`));
    const timer = setTimeout(() => fail(`printed no address within ${START_MS} ms`), START_MS);
    void exited.then(() => fail('ended before it printed an address'));
    createInterface({ input: output }).on('line', line => {
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

function haltServerOf(demoPid: number): { resume(): void } {
  const pid = childrenOf(demoPid).find(child => / server --data /.test(commandOf(child)));
  if (pid === undefined) throw new Error('The demo has no server process.');
  process.kill(pid, 'SIGSTOP');
  return { resume: () => void process.kill(pid, 'SIGCONT') };
}

/** Linux: the fourth field of /proc/PID/stat is the parent; the second may hold spaces, but ends with the last bracket. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      const fields = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
      return Number(fields[1]) === parent;
    });
}

const commandOf = (pid: number): string => readProc(pid, 'cmdline').replaceAll('\0', ' ');

/** Empty for a process that ended meanwhile. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
