import { go } from 'fuzzysort';
import type { LucideIcon } from 'lucide-react';
import type { Chord } from './chord.ts';

export const COMMAND_GROUPS = [
  'views',
  'actions',
  'sessions',
  'targets',
  'recordings',
  'appearance',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that a person can go to or do. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** what tells it from others of the same label; searched too */
  readonly detail?: string;
  /** searched, not shown */
  readonly words?: string;
  readonly icon: LucideIcon;
  readonly chord?: Chord | null;
  readonly run: () => void;
}

export interface FoundGroup {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

const MOST_FOUND = 40;
/** of a group while nothing is typed: the others are a word away */
const MOST_OFFERED = 6;
/** below it, letters are so scattered that nobody meant them */
const LEAST_SCORE = 0.2;

/** The commands that a text means, in groups: the group of the best one first. An empty text offers the first ones of each group. */
export function findCommands(commands: readonly Command[], text: string): FoundGroup[] {
  const query = text.trim();
  if (query === '') {
    return COMMAND_GROUPS.map(group => ({
      group,
      commands: commands.filter(command => command.group === group).slice(0, MOST_OFFERED),
    })).filter(found => found.commands.length > 0);
  }
  const found = go(query, commands, {
    keys: [command => command.label, command => command.detail, command => command.words],
    limit: MOST_FOUND,
    threshold: LEAST_SCORE,
  }).map(({ obj }) => obj);
  const groups = [...new Set(found.map(({ group }) => group))];
  return groups.map(group => ({ group, commands: found.filter(command => command.group === group) }));
}
