import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { SallyportError } from '../../contract/errors.ts';
import type { CommandIo } from './command.ts';
import { UsageError } from './command.ts';

/**
 * A passphrase or code from the first line of a file, or asked for on the terminal without echo. It never comes from an argument: other users
 * of the machine can read those. Throws `UsageError` where there is neither a file nor a terminal.
 */
export async function readSecret(question: string, file: string | undefined, io: CommandIo): Promise<string> {
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
    } catch (cause) {
      throw new SallyportError('bad-input', `The file ${file} cannot be read.`, { cause });
    }
  }
  if (!('isTTY' in io.stdin) || io.stdin.isTTY !== true) {
    throw new UsageError(`there is no terminal to ask on ("${question.trim()}"): name a file that holds it.`);
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: silent, terminal: true });
  try {
    io.stderr.write(question);
    const answer = await lines.question('', { signal: io.signal });
    io.stderr.write('\n');
    return answer;
  } finally {
    lines.close();
  }
}
