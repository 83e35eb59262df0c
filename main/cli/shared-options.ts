import type { CommandIo, OptionDescription } from './command.ts';

/** Options that mean the same in every command that has them. */
export const PROFILE = {
  type: 'string',
  value: 'DIR',
  completes: 'folder',
  about: "the client's folder (default: sallyport in your data folder)",
} satisfies OptionDescription;

export const JSON_OUTPUT = {
  type: 'boolean',
  default: false,
  about: 'the answer as JSON, one object a line',
} satisfies OptionDescription;

/** An answer on standard output: as one line of JSON, or in words. */
export function answer(io: CommandIo, isJson: boolean, value: unknown, words: string): void {
  io.stdout.write(isJson ? `${JSON.stringify(value)}\n` : words.replace(/\n?$/, '\n'));
}
