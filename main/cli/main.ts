import process from 'node:process';
import { SallyportError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { COMMANDS } from './command-list.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { EXIT, UsageError } from './command.ts';
import { isBrokenPipe } from './write.ts';
import { helpText } from './manual/help-text.ts';

/** Failures that are a policy's "no", not a fault: exit code 3. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not-allowed',
  'not-signed-in',
  'grant-altered',
  'grant-expired',
  'grant-not-yet-valid',
  'grant-foreign',
  'grant-unsupported',
  'grant-revoked',
  'host-key-unknown',
  'host-key-changed',
  'credential-refused',
]);

/** Runs one command line; returns the exit code. Never throws for an expected failure. */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  // "help redact" is "redact --help"
  const [topic] = rest;
  if (name === 'help' && topic !== undefined && !topic.startsWith('-')) return run([topic, '--help']);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === '--version') {
    const { version } = await import('../version.ts');
    process.stdout.write(`${version}\n`);
    return EXIT.ok;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    process.stderr.write(`sallyport: there is no command "${name}"; "sallyport --help" lists them.\n`);
    return EXIT.usage;
  }
  const { command } = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpText(command));
    return EXIT.ok;
  }
  return runCommand(command, rest);
}

/** Ctrl-C, a polite kill, and a terminal that was closed. */
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function runCommand(command: Command, args: readonly string[]): Promise<ExitCode> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  let onHangup = onSignal;
  const hangup = () => onHangup();
  for (const signal of END_SIGNALS) process.on(signal, signal === 'SIGHUP' ? hangup : onSignal);
  /** A full disk behind a redirection is told when nobody waits for the write any more: there is nothing left to do then. */
  const onUnwritable = (error: Error): void => {
    if (isBrokenPipe(error)) return;
    process.stderr.write(`sallyport ${command.name}: the output cannot be written: ${error.message}.\n`);
    process.exit(EXIT.findings);
  };
  process.stdout.on('error', onUnwritable);
  const io: CommandIo = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    environment: process.env,
    takeHangup: handle => {
      onHangup = handle;
    },
  };
  try {
    const empty = args.findIndex(arg => arg === '' || /^--[a-z-]+=$/.test(arg));
    if (empty >= 0) {
      const before = empty === 0 ? '' : ` after "${args[empty - 1] ?? ''}"`;
      throw new UsageError(
        args[empty] === ''
          ? `An argument${before} is empty. Is a variable not set?`
          : `"${args[empty] ?? ''}" has no value. Is a variable not set?`,
      );
    }
    return await command.run(args, io);
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      process.stderr.write(
        `sallyport ${command.name}: ${asSentence(error.message)} See "sallyport ${command.name} --help".\n`,
      );
      return EXIT.usage;
    }
    if (error instanceof SallyportError) {
      process.stderr.write(`sallyport ${command.name}: ${error.message}\n`);
      return REFUSALS.has(error.code)
        ? EXIT.refused
        : error.code === 'bad-input'
          ? EXIT.usage
          : EXIT.findings;
    }
    if (isSystemError(error)) {
      const what = error.path === undefined ? 'A file' : error.path;
      process.stderr.write(
        `sallyport ${command.name}: ${what} cannot be used: ${error.message.split(',')[0]}.\n`,
      );
      return EXIT.findings;
    }
    throw error;
  } finally {
    process.stdout.off('error', onUnwritable);
    for (const signal of END_SIGNALS) process.off(signal, signal === 'SIGHUP' ? hangup : onSignal);
  }
}

/** `node:util` parseArgs reports a wrong option as a TypeError with such a code. */
function isParseArgsError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** The system's "no" about a file: a full disk, a missing right. Anything else that was not foreseen is a bug and shows its place. */
function isSystemError(error: unknown): error is Error & { path?: string } {
  if (!(error instanceof Error) || !('syscall' in error)) return false;
  if ('path' in error) return typeof error.path === 'string';
  // a write to an open file does not say which
  return error.syscall === 'write';
}

/** parseArgs ends its messages without a full stop, and some go on for several lines. */
function asSentence(message: string): string {
  const [line = ''] = message.split('\n');
  const ambiguous = /^Option '(--[a-z-]+)[^']*' argument is ambiguous/.exec(line)?.[1];
  if (ambiguous !== undefined)
    return `${ambiguous} needs a value, and what follows begins with a dash. If that is the value, write ${ambiguous}=VALUE.`;
  const first = line.replace(/\. To specify a positional argument starting with a '-',.*$/, '.');
  const words = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return `Temporary production access: recorded, redacted, time-limited terminals.\n\nUsage: sallyport COMMAND [options]\n\n${lines.join('\n')}\n\n"sallyport COMMAND --help" tells more of one command.\n`;
}
