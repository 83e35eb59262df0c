import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';

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
  /** From now on SIGHUP asks to read files again instead of ending; absent where there are no signals to take. */
  readonly takeHangup?: (handle: () => void) => void;
}

/** What a value or an argument is, for completion: a path, a folder, one of these words, or one of them or a path. */
export type Completes = 'file' | 'folder' | readonly string[] | { readonly fileOr: readonly string[] };

/** One option: what `parseArgs` needs of it, and what help, manual and completion say of it. */
export interface OptionDescription {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** what stands for its value in the help, such as `FILE`; of options that take one */
  readonly value?: string;
  readonly completes?: Completes;
  readonly about: string;
}
/** By the option's name, without its dashes. */
export type OptionTable = Readonly<Record<string, OptionDescription>>;

/**
 * The text of a command's help and manual. Paragraphs are parted by empty lines and filled to the reader's width; one whose lines begin with
 * two blanks stays as it is.
 */
export interface HelpPage {
  readonly about: string;
  /**
   * Each way to call it, one after the other, without "sallyport". Small words after the command's name are its verbs: `admin hold|lift
   * RECORDING` has two. Completion takes verbs, options and the kind of the arguments (FILE, DIR) from here.
   */
  readonly usage: readonly string[];
  /** What each verb does, by its words after the command's name. */
  readonly verbs?: Readonly<Record<string, string>>;
  readonly lists?: readonly HelpList[];
  /** What stands after the options. */
  readonly notes?: string;
  readonly exitCodes: string;
}
export interface HelpList {
  readonly title: string;
  readonly terms: Readonly<Record<string, string>>;
}

/** One command of the `sallyport` binary, in main/cli/commands/<name>.ts as `export const command`. */
export interface Command {
  readonly name: string;
  /** one line for the overview */
  readonly summary: string;
  readonly help: HelpPage;
  readonly options: OptionTable;
  /**
   * Runs with the arguments after the name. Throws `UsageError` for wrong arguments and `SallyportError` for expected failures;
   * both are printed as one line on stderr.
   */
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>;
}

type Parsed<T extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: T }>
>;

/** A command whose options are parsed by the same table that its help, manual page and completion are made of. */
export function defineCommand<T extends OptionTable>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly help: HelpPage;
  readonly options: T;
  /** Default: it does. */
  readonly takesArguments?: boolean;
  run(parsed: Parsed<T>, io: CommandIo): Promise<ExitCode>;
}): Command {
  const { name, summary, help, options, takesArguments = true } = definition;
  return {
    name,
    summary,
    help,
    options,
    async run(args, io) {
      const parsed = parseArgs({ args: [...args], allowPositionals: takesArguments, options });
      // Where no arguments are allowed, parseArgs has thrown for the first: the list is empty.
      return definition.run(parsed as Parsed<T>, io);
    },
  };
}

/** Wrong arguments: exit code 2 and one line that says which. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
