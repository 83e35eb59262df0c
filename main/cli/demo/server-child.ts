import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SallyportError } from '../../../contract/errors.ts';
import { endWithThisProcess } from '../../../server/end-with-this-process.ts';

export interface ServerChild {
  readonly url: string;
  stop(): Promise<void>;
}

const COMMAND = fileURLToPath(new URL('../sallyport.js', import.meta.url));
const Ready = z.object({ kind: z.literal('ready'), url: z.url() });
const Initialised = z.object({ enrolCode: z.string() });
/** A child that does not end when asked is ended by force after this long. */
const STOP_DEADLINE_MS = 15_000;

/** Makes the server's data folder; returns the one-time code of its first administrator. */
export async function initialiseServer(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(
    process.execPath,
    [COMMAND, 'server', 'init', '--data', folder, '--admin', 'Demo administrator', '--json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: withoutDatabase(environment),
      // Ctrl-C in the terminal must not reach the programs that make the database: what they then say helps nobody.
      detached: true,
    },
  );
  const [output, complaint, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise(resolve => child.once('close', resolve)),
  ]);
  const parsed = Initialised.safeParse(lastJson(output));
  if (code !== 0 || !parsed.success) {
    throw new SallyportError(
      'server-failed',
      `The demo's server could not be set up: ${complaint.trim() || output.trim() || 'no reason given'}`,
    );
  }
  return parsed.data.enrolCode;
}

/**
 * Starts the grant and recording server as a process of its own and waits until it accepts connections. `onLost`: it ended afterwards
 * without being asked to.
 */
export async function startServerChild(
  folder: string,
  environment: NodeJS.ProcessEnv,
  onLost: (message: string) => void = () => undefined,
): Promise<ServerChild> {
  const child = spawn(process.execPath, [COMMAND, 'server', '--data', folder, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutDatabase(environment),
    // Ctrl-C in the terminal reaches the demo only, which ends its parts in order.
    detached: true,
  });
  endWithThisProcess(child, 'TERM');
  let complaint = '';
  child.stderr.on('data', piece => (complaint = `${complaint}${String(piece)}`.slice(-2000)));
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()));
  let isStopping = false;
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      const ready = Ready.safeParse(lastJson(line));
      if (ready.success) resolve(ready.data.url);
    });
    void closed.then(() =>
      reject(
        new SallyportError(
          'server-failed',
          `The demo's server did not start: ${complaint.trim() || 'no reason given'}`,
        ),
      ),
    );
  });
  void closed.then(() => {
    if (isStopping) return;
    const how = child.signalCode === null ? `with code ${child.exitCode ?? 0}` : `by ${child.signalCode}`;
    const last = complaint.trim().split('\n').at(-1) ?? '';
    onLost(`The demo's server has ended ${how}.${last === '' ? '' : ` It said: ${last}`}`);
  });
  return {
    url,
    async stop() {
      isStopping = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await closed;
      clearTimeout(force);
    },
  };
}

/** The demo's server keeps to its own database, whatever the user's environment names. */
function withoutDatabase(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'DATABASE_URL'));
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const piece of stream) all += String(piece);
  return all;
}

function lastJson(output: string): unknown {
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}
