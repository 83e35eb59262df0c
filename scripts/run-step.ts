import { spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import process from 'node:process';

export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** Colours are for a screen: what is kept or goes to a file is plain. */
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: undefined };

/** Runs one program of the project; its output is shown as it comes, or kept for the result when `isQuiet`. */
export function runStep(step: Step, isQuiet = false): Promise<StepResult> {
  const startedMs = performance.now();
  return new Promise(resolve => {
    const child = spawn(step.command, step.args, {
      stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      // npm makes the project's tools .cmd files on Windows, which only a shell starts; the words are the scripts' own.
      shell: process.platform === 'win32' && !isAbsolute(step.command),
      env: { ...process.env, ...(isQuiet || !process.stdout.isTTY ? PLAIN : {}), ...step.environment },
    });
    const pieces: string[] = [];
    child.stdout?.on('data', piece => pieces.push(String(piece)));
    child.stderr?.on('data', piece => pieces.push(String(piece)));
    const finish = (ok: boolean, more = '') =>
      resolve({
        name: step.name,
        ok,
        seconds: (performance.now() - startedMs) / 1000,
        output: pieces.join('') + more,
      });
    child.on('error', error => finish(false, `${step.command}: ${error.message}`));
    child.on('close', code => finish(code === 0));
  });
}
