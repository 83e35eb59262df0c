import type { Command, OptionDescription, OptionTable } from '../command.ts';
import { fill, paragraphs } from './fill.ts';

const WIDTH = 100;
/** A longer term has its text below it. */
const MAX_TERM = 24;

/** What `sallyport COMMAND --help` prints, 100 characters wide. */
export function helpText({ help, options }: Pick<Command, 'help' | 'options'>): string {
  const usage = help.usage.flatMap((line, index) => usageLine(line, index === 0 ? 'Usage: ' : '       '));
  return [
    prose(help.about),
    usage,
    terms(Object.entries(help.verbs ?? {}), ''),
    terms(optionTerms(options), '  '),
    ...(help.lists ?? []).map(list => [`${list.title}:`, ...terms(Object.entries(list.terms), '  ')]),
    prose(help.notes ?? ''),
    fill(`Exit codes: ${help.exitCodes}.`, WIDTH),
  ]
    .filter(block => block.length > 0)
    .map(block => `${block.join('\n')}\n`)
    .join('\n');
}

/** `--output FILE` and what it is for, of each option. */
export function optionTerms(options: OptionTable): [string, string][] {
  return Object.entries(options).map(([name, option]) => [optionTerm(name, option), option.about]);
}

/** What options that take a value look like: `--output FILE`. */
export function optionTerm(name: string, { type, value = 'VALUE' }: OptionDescription): string {
  return type === 'string' ? `--${name} ${value}` : `--${name}`;
}

function usageLine(line: string, lead: string): string[] {
  const program = 'sallyport ';
  const [first = '', ...more] = fill(line, WIDTH - lead.length - program.length);
  const indent = ' '.repeat(lead.length + program.length);
  return [`${lead}${program}${first}`, ...more.map(each => `${indent}${each}`)];
}

function prose(text: string, width = WIDTH): string[] {
  return paragraphs(text).flatMap((paragraph, index) => [
    ...(index === 0 ? [] : ['']),
    ...(paragraph.kind === 'prose' ? fill(paragraph.text, width) : paragraph.lines),
  ]);
}

function terms(entries: readonly (readonly [string, string])[], indent: string): string[] {
  const column =
    Math.max(0, ...entries.map(([term]) => term.length).filter(length => length <= MAX_TERM)) + 2;
  const margin = indent + ' '.repeat(column);
  return entries.flatMap(([term, about]) => {
    const lines = prose(about, WIDTH - margin.length);
    const isBeside = term.length + 2 <= column;
    const [first = '', ...more] = lines;
    const below = (isBeside ? more : lines).map(line => (line === '' ? '' : `${margin}${line}`));
    return isBeside
      ? [`${indent}${term.padEnd(column)}${first}`.trimEnd(), ...below]
      : [`${indent}${term}`, ...below];
  });
}
