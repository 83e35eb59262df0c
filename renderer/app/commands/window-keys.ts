import type { Chord, KeyFacts } from './chord.ts';
import { isSingleKey, matchesChord } from './chord.ts';

/** What the keys of the window do, wherever the focus is. */
export type WindowCommand = 'palette' | 'shortcuts' | 'settings' | 'request' | `view-${number}`;

export interface WindowKey {
  readonly command: WindowCommand;
  /** any of them */
  readonly chords: readonly Chord[];
}

const VIEWS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/**
 * The only list of them: the handler, the sheet of shortcuts and the entries of the palette read it. In a terminal, what a program may
 * want is left to it: there only chords with Ctrl and Shift count, on macOS those with Cmd.
 */
export const WINDOW_KEYS: readonly WindowKey[] = [
  { command: 'palette', chords: ['Mod+K', 'Mod+Shift+K'] },
  { command: 'shortcuts', chords: ['?', 'Mod+/'] },
  { command: 'settings', chords: ['Mod+,'] },
  { command: 'request', chords: ['Alt+R'] },
  ...VIEWS.map(
    (number): WindowKey => ({
      command: `view-${number}`,
      chords: [`Alt+${number}`],
    }),
  ),
];

export interface KeyPlace {
  readonly isMac: boolean;
  /** the focus is in a terminal */
  readonly isInTerminal: boolean;
  /** the focus is where text is typed */
  readonly isInText: boolean;
  /** the preference of that name */
  readonly hasSingleKeys: boolean;
}

/** What a key means to the window; null: nothing, it goes on to whatever has the focus. */
export function windowCommand(event: KeyFacts, place: KeyPlace): WindowCommand | null {
  const { isMac, isInTerminal, isInText, hasSingleKeys } = place;
  const counts = (chord: Chord) =>
    isInTerminal
      ? chord.startsWith('Mod+Shift+') || (isMac && chord.startsWith('Mod+'))
      : !isSingleKey(chord) || (hasSingleKeys && !isInText);
  const found = WINDOW_KEYS.find(({ chords }) =>
    chords.some(chord => counts(chord) && matchesChord(event, chord, isMac)),
  );
  return found?.command ?? null;
}

/** The first chord of a command: what a menu shows beside it. */
export function chordOf(command: WindowCommand): Chord | null {
  return WINDOW_KEYS.find(key => key.command === command)?.chords[0] ?? null;
}
