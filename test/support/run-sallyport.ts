import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../main/cli/sallyport.js', import.meta.url));

export interface RunningCommand {
  readonly stdin: Writable;
  /** The exit code; -1 where a signal ended the process. */
  readonly ended: Promise<number>;
  stdout(): string;
  stderr(): string;
  /** What stdout has said once `isEnough` holds; rejects if the process ends before. */
  untilStdout(isEnough: (text: string) => boolean): Promise<string>;
  closeStdout(): void;
  interrupt(): void;
}

/** Starts the real `sallyport` binary in a process of its own. */
export function startSallyport(args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin.on('error', () => undefined);
  const stdout = (): string => Buffer.concat(out).toString();
  const ended = new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)));
  return {
    stdin: child.stdin,
    ended,
    stdout,
    stderr: () => Buffer.concat(errors).toString(),
    untilStdout: isEnough =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (isEnough(stdout())) resolve(stdout());
        };
        child.stdout.on('data', look);
        void ended.then(code => reject(new Error(`the command ended with ${code} before`)));
        look();
      }),
    closeStdout: () => child.stdout.destroy(),
    interrupt: () => child.kill('SIGINT'),
  };
}

/** Commands whose standard output is what a terminal showed. */
const TERMINAL_BYTES: readonly (string | undefined)[] = ['redact', 'export'];

/** Runs it to its end with the given input. Throws where it writes escape sequences although nothing of it is a terminal. */
export async function runSallyport(
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly stdout: Buffer; readonly stderr: string }> {
  const child = startSallyport(args);
  child.stdin.end(input);
  const code = await child.ended;
  const said = `${TERMINAL_BYTES.includes(args[0]) ? '' : child.stdout()}${child.stderr()}`;
  if (said.includes('\x1b')) throw new Error(`Escape sequences in a pipe: ${JSON.stringify(said)}`);
  return { code, stdout: Buffer.from(child.stdout()), stderr: child.stderr() };
}
