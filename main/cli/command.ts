import type { Readable, Writable } from 'node:stream';

/** Exit codes of every command: a contract with scripts. */
export const EXIT = { ok: 0, findings: 1, usage: 2, refused: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command may touch of its process; tests pass their own. */
export interface CommandIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Aborted by SIGINT, SIGTERM and SIGHUP: end what you started, then return. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One command of the `sallyport` binary, in main/cli/commands/<name>.ts as `export const command`. */
export interface Command {
  readonly name: string;
  /** one line for the overview */
  readonly summary: string;
  /** the whole text of `--help` */
  readonly help: string;
  /**
   * Runs with the arguments after the name. Throws `UsageError` for wrong arguments and `SallyportError` for expected failures;
   * both are printed as one line on stderr.
   */
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}

/** Wrong arguments: exit code 2 and one line that says which. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
