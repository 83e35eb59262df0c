import { DoorOpen } from 'lucide-react';
import { expect, test } from 'vitest';
import type { Command, CommandGroup } from './command.ts';
import { findCommands } from './command.ts';

const command = (label: string, group: CommandGroup, detail?: string): Command => ({
  id: label,
  label,
  group,
  icon: DoorOpen,
  run: () => undefined,
  ...(detail === undefined ? {} : { detail }),
});
const COMMANDS = [
  command('Launcher', 'views'),
  command('Recordings', 'views'),
  command('Request access to shop', 'targets', 'production · postgres'),
  command('Request access to web-01', 'targets', 'staging · ssh'),
  command('Replay shop', 'recordings', 'Omar Operator, 2 hours ago'),
];
const labels = (text: string) =>
  findCommands(COMMANDS, text).flatMap(({ commands }) => commands.map(({ label }) => label));

test('letters in order find a command, not only its beginning', () => {
  expect(labels('rqshop')[0]).toBe('Request access to shop');
  expect(labels('recs')[0]).toBe('Recordings');
});

test('what tells commands apart is searched too', () => {
  expect(labels('omar')).toEqual(['Replay shop']);
  expect(labels('staging')).toEqual(['Request access to web-01']);
});

test('words in another order are found', () => {
  expect(labels('shop request')[0]).toBe('Request access to shop');
});

test('the group of the best hit comes first', () => {
  expect(findCommands(COMMANDS, 'replay')[0]?.group).toBe('recordings');
});

test('nothing typed offers every group, no group more than six', () => {
  const many = Array.from({ length: 9 }, (_, index) => command(`Replay ${index}`, 'recordings'));
  const groups = findCommands([...COMMANDS, ...many], '  ');
  expect(groups.map(({ group, commands }) => [group, commands.length])).toEqual([
    ['views', 2],
    ['targets', 2],
    ['recordings', 6],
  ]);
});

test('what no command has finds nothing', () => {
  expect(labels('zzz')).toEqual([]);
});
