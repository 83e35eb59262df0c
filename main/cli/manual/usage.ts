import type { Command, Completes } from '../command.ts';

/** One place in a command line: what may stand there after the words before it. */
export interface Place {
  /** the words up to here, such as `keys break-glass` */
  readonly path: string;
  /** verbs that may follow */
  readonly verbs: readonly string[];
  /** names of options, without dashes */
  readonly options: readonly string[];
  /** what the arguments are; null where they are nothing that a shell could know */
  readonly takes: Completes | null;
}

const VERBS = /^[a-z][a-z-]*(\|[a-z][a-z-]*)*$/;
/** Placeholders of paths, such as `FILE.sprec`, `BUNDLE.tar`, `PATH...` or `SHARE`. */
const FILES = /^\[?(FILE|BUNDLE|TOMBSTONE|PATH|SHARE)\b/;

/**
 * The places of a command, out of the lines of its usage. An option that no line names goes with every verb; one that some line names goes
 * with the verbs of those lines only.
 */
export function placesOf({ name, help, options }: Pick<Command, 'name' | 'help' | 'options'>): Place[] {
  const lines = help.usage.map(readLine);
  const named = new Set(lines.flatMap(line => line.options));
  const everywhere = Object.keys(options).filter(option => !named.has(option));
  const paths = new Set([name]);
  for (const { paths: own } of lines)
    for (const path of own) for (const before of prefixes(path)) paths.add(before);
  return [...paths].map(path => {
    const here = lines.filter(line => line.paths.includes(path));
    const below = [...paths].filter(each => each.startsWith(`${path} `));
    return {
      path,
      verbs: below.map(each => each.slice(path.length + 1)).filter(verb => !verb.includes(' ')),
      options: [...new Set([...here.flatMap(line => line.options), ...everywhere])],
      takes: here.some(line => line.takesFile) ? 'file' : null,
    };
  });
}

/** The names of the options that the lines of a usage show, without dashes. */
export function optionsInUsage(usage: readonly string[]): string[] {
  return [...new Set(usage.flatMap(line => readLine(line).options))];
}

/** Each verb of a command by its words after the command's name, such as `break-glass new`. */
export function verbsOf(command: Pick<Command, 'name' | 'help' | 'options'>): string[] {
  return placesOf(command)
    .map(({ path }) => path)
    .filter(path => path !== command.name)
    .map(path => path.slice(command.name.length + 1));
}

interface UsageLine {
  readonly paths: readonly string[];
  readonly options: readonly string[];
  readonly takesFile: boolean;
}

function readLine(line: string): UsageLine {
  const words = line.split(/\s+/);
  let paths = [words[0] ?? ''];
  let at = 1;
  for (; VERBS.test(words[at] ?? ''); at++) {
    const verbs = (words[at] ?? '').split('|');
    paths = paths.flatMap(path => verbs.map(verb => `${path} ${verb}`));
  }
  const rest = words.slice(at);
  // A word after an option is its value, and none of the arguments.
  const own = rest.filter((_, index) => !/^\[?\(?--/.test(rest[index - 1] ?? ''));
  return {
    paths,
    options: [...line.matchAll(/--([a-z][a-z-]*)/g)].map(match => match[1] ?? ''),
    takesFile: own.some(word => FILES.test(word)),
  };
}

/** `a b c` as `a`, `a b`, `a b c`. */
function prefixes(path: string): string[] {
  const words = path.split(' ');
  return words.map((_, index) => words.slice(0, index + 1).join(' '));
}
