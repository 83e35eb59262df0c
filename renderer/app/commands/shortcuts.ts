import type { Role } from '../../../contract/server-api.ts';
import type { PLAYER_KEYS } from '../../review/player-keys.ts';
import type { TERMINAL_KEYS } from '../../session/terminal-keys.ts';
import { placesOf } from '../places.ts';
import { chordWords } from './chord.ts';
import { WINDOW_KEYS } from './window-keys.ts';

export interface ShortcutGroup {
  readonly title: string;
  readonly note?: string;
  readonly entries: readonly { readonly keys: readonly string[]; readonly meaning: string }[];
}

export interface ShortcutSources {
  readonly roles: readonly Role[];
  readonly isMac: boolean;
  readonly terminalKeys: typeof TERMINAL_KEYS;
  readonly playerKeys: typeof PLAYER_KEYS;
}

/** The sheet of shortcuts of somebody with these roles, from the same tables that the handlers of keys read. */
export function shortcutGroups({ roles, isMac, terminalKeys, playerKeys }: ShortcutSources): ShortcutGroup[] {
  const places = placesOf(roles);
  const windowKeys = WINDOW_KEYS.flatMap(({ command, chords, meaning }) => {
    const keys = chords.map(chord => chordWords(chord, isMac));
    if (command === 'request' && !roles.includes('operator')) return [];
    if (!command.startsWith('view-')) return [{ keys, meaning }];
    const place = places[Number(command.slice('view-'.length)) - 1];
    return place === undefined ? [] : [{ keys, meaning: place.label }];
  });
  const ofTerminal = terminalKeys.map(({ keys, macKeys, meaning }) => ({
    keys: [isMac ? macKeys : keys],
    meaning,
  }));
  const ofPlayer = playerKeys.map(({ keys, meaning }) => ({
    keys: keys.split(' '),
    meaning: meaning.charAt(0).toUpperCase() + meaning.slice(1),
  }));
  return [
    {
      title: 'Everywhere',
      note: isMac ? 'In a terminal: those with Cmd.' : 'In a terminal: those with Ctrl and Shift.',
      entries: windowKeys,
    },
    ...(roles.includes('operator') ? [{ title: 'In a terminal', entries: ofTerminal }] : []),
    ...(roles.includes('reviewer') ? [{ title: 'In a replay', entries: ofPlayer }] : []),
  ];
}
