import { chordWords } from './chord.ts';
import type { WindowCommand } from './window-keys.ts';
import { chordOf } from './window-keys.ts';

export const isMacPage = (): boolean => /^Mac/.test(navigator.platform);

/** The first chord of a command, as this system writes it; null where it has none. */
export function useShownChord(command: WindowCommand): string | null {
  const chord = chordOf(command);
  return chord === null ? null : chordWords(chord, isMacPage());
}
