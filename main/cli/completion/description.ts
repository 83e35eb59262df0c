import type { Command, Completes, OptionDescription } from '../command.ts';
import type { Place } from '../manual/usage.ts';
import { placesOf } from '../manual/usage.ts';

/** What a shell has to know: where one can be in a command line, and what may come next. */
export interface CompletionDescription {
  readonly places: readonly DescribedPlace[];
  readonly values: readonly ValueOption[];
}
export interface DescribedPlace {
  readonly path: string;
  readonly verbs: readonly Described[];
  /** with their dashes */
  readonly options: readonly Described[];
  readonly takes: Completes | null;
}
export interface Described {
  readonly name: string;
  /** one line without quotes, backslashes, brackets or colons, which shells read in their own ways */
  readonly about: string;
}
/** An option that a value follows. */
export interface ValueOption {
  readonly command: string;
  /** with its dashes */
  readonly option: string;
  readonly completes: Completes | null;
}

const HELP: Described = { name: '--help', about: 'tells more of it' };

/** The whole command line, from the descriptions of its commands. */
export function describeCompletion(commands: readonly Command[]): CompletionDescription {
  const top: DescribedPlace = {
    path: '',
    verbs: commands.map(({ name, summary }) => ({ name, about: plain(summary) })),
    options: [HELP, { name: '--version', about: 'the version of the program' }],
    takes: null,
  };
  return {
    places: [top, ...commands.flatMap(command => placesOf(command).map(place => describe(command, place)))],
    values: commands.flatMap(({ name, options }) =>
      Object.entries(options)
        .filter(([, { type }]) => type === 'string')
        .map(([option, { completes }]) => ({
          command: name,
          option: `--${option}`,
          completes: completes ?? null,
        })),
    ),
  };
}

function describe(command: Command, { path, verbs, options, takes }: Place): DescribedPlace {
  const before = path.slice(command.name.length + 1);
  const optionOf = (name: string): OptionDescription | undefined => command.options[name];
  return {
    path,
    takes,
    verbs: verbs.map(name => ({
      name,
      about: plain(command.help.verbs?.[before === '' ? name : `${before} ${name}`] ?? ''),
    })),
    options: [
      ...options.map(name => ({ name: `--${name}`, about: plain(optionOf(name)?.about ?? '') })),
      HELP,
    ],
  };
}

const MAX_LENGTH = 70;

/** The first clause of a description. */
function plain(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replaceAll("'", '’')
    .replace(/["`\\[\]$]/g, '');
  const clause = line.split(/[.:;(]/, 1)[0]?.trim() ?? '';
  return clause.length <= MAX_LENGTH ? clause : `${clause.slice(0, clause.lastIndexOf(' ', MAX_LENGTH))} …`;
}
