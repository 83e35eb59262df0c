import type { Role } from '../../../contract/server-api.ts';
import type { PLAYER_KEYS } from '../../review/player-keys.ts';
import type { TERMINAL_KEYS } from '../../session/terminal-keys.ts';
import { placesOf } from '../places.ts';
import { chordWords } from './chord.ts';
import { WINDOW_KEYS } from './window-keys.ts';
import type { Place } from '../places.ts';
import type { WindowCommand } from './window-keys.ts';
import { t } from '../../texts/t.ts';

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
  const windowKeys = WINDOW_KEYS.flatMap(({ command, chords }) => {
    const keys = chords.map(chord => chordWords(chord, isMac));
    if (command === 'request' && !roles.includes('operator')) return [];
    const meaning = meaningOf(command, places);
    return meaning === null ? [] : [{ keys, meaning }];
  });
  const ofTerminal = terminalKeys.map(({ command, keys, macKeys }) => ({
    keys: [isMac ? macKeys : keys],
    meaning: t.terminalKeys[command],
  }));
  const ofPlayer = playerKeys.map(({ keys, meaning }) => ({
    keys: keys.split(' '),
    meaning: meaning.charAt(0).toUpperCase() + meaning.slice(1),
  }));
  return [
    {
      title: t.palette.everywhere,
      note: isMac ? t.palette.withCmd : t.palette.withCtrlShift,
      entries: windowKeys,
    },
    ...(roles.includes('operator') ? [{ title: t.palette.inTerminal, entries: ofTerminal }] : []),
    ...(roles.includes('reviewer') ? [{ title: t.palette.inReplay, entries: ofPlayer }] : []),
  ];
}

/** Null: a view that these roles do not have. */
function meaningOf(command: WindowCommand, places: readonly Place[]): string | null {
  switch (command) {
    case 'palette':
      return t.app.commandPalette;
    case 'shortcuts':
      return t.app.keyboardShortcuts;
    case 'settings':
      return t.places.settings;
    case 'request':
      return t.palette.requestAccess;
    default:
      return places[Number(command.slice('view-'.length)) - 1]?.label ?? null;
  }
}
