import type { Command } from '../command.ts';
import type { Paragraph } from './fill.ts';
import { fill, paragraphs } from './fill.ts';
import { optionTerms } from './help-text.ts';

/**
 * The manual page of the whole program, in the `man` macros of roff (man(7)), in ASCII. The same program gives the same page: it holds no
 * date.
 */
export function manPage(commands: readonly Command[], { version }: { readonly version: string }): string {
  return [
    '.\\" Made by "sallyport man" out of the descriptions of the commands.',
    `.TH SALLYPORT 1 "" "sallyport ${roff(version)}" "Sallyport manual"`,
    '.SH NAME',
    'sallyport \\- temporary production access: recorded, redacted, time\\-limited terminals',
    '.SH SYNOPSIS',
    '.B sallyport',
    '.I COMMAND',
    '[options]',
    '.SH DESCRIPTION',
    ...prose(DESCRIPTION),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, summary }) => term(name, summary)),
    ...commands.flatMap(section),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, words]) => term(code, words)),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, words]) => term(name, words)),
    '',
  ].join('\n');
}

const DESCRIPTION = `Everything of Sallyport that is not its window: a server, a client in the browser or in this terminal, what its administrators
and reviewers do, and the redactor as a filter. A target is reached under a grant, which somebody approved and which ends; what a session
shows is masked, recorded and sealed to reviewers before it is shown.

Each command explains itself with --help.`;

const EXIT_CODES = [
  ['0', 'it worked'],
  ['1', 'it did not, or something was found'],
  ['2', 'wrong use'],
  ['3', 'refused, revoked or expired: the no of a policy'],
] as const;

const ENVIRONMENT = [
  ['HOME, XDG_DATA_HOME', 'where the data folder is: $XDG_DATA_HOME, else ~/.local/share'],
  ['NO_COLOR', 'no colour and no reverse video when it is set and not empty'],
  ['TERM', 'a dumb terminal gets no progress that rewrites its line'],
] as const;

/** Of the lines of the source; the reader's terminal fills them anew. */
const SOURCE_WIDTH = 76;

function section({ name, help, options }: Command): string[] {
  return [
    `.SH SALLYPORT ${roff(name.toUpperCase())}`,
    ...prose(help.about),
    '.PP',
    '.nf',
    ...help.usage.flatMap(line => [`.B ${roff(`sallyport ${line}`)}`]),
    '.fi',
    ...Object.entries(help.verbs ?? {}).flatMap(([verb, about]) => term(verb, about)),
    ...(Object.keys(options).length === 0
      ? []
      : ['.SS Options', ...optionTerms(options).flatMap(([name_, about]) => term(name_, about))]),
    ...(help.lists ?? []).flatMap(list => [
      `.SS ${roff(list.title)}`,
      ...Object.entries(list.terms).flatMap(([name_, about]) => term(name_, about)),
    ]),
    ...(help.notes === undefined ? [] : ['.PP', ...prose(help.notes)]),
    '.SS Exit codes',
    ...body({ kind: 'prose', text: `${help.exitCodes}.` }),
  ];
}

/** A term in bold, its text indented below or beside it. */
function term(name: string, about: string): string[] {
  const [first, ...more] = paragraphs(about);
  const rest = more.flatMap(paragraph => ['.IP', ...body(paragraph)]);
  return ['.TP', `.B ${roff(name)}`, ...(first === undefined ? [] : body(first)), ...rest];
}

function prose(text: string): string[] {
  return paragraphs(text).flatMap((paragraph, index) => [
    ...(index === 0 ? [] : ['.PP']),
    ...body(paragraph),
  ]);
}

function body(paragraph: Paragraph): string[] {
  return paragraph.kind === 'prose'
    ? fill(paragraph.text, SOURCE_WIDTH).map(roff)
    : ['.nf', ...paragraph.lines.map(roff), '.fi'];
}

/** One line of text: backslashes and dashes as themselves, nothing at its beginning that would be a request, no character beyond ASCII. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(
      /[^\x20-\x7e]/gu,
      each => `\\[u${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^\./, '\\&.');
}
