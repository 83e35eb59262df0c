/**
 * Keys that are pressed together, written as `Mod+Shift+K`, `Alt+1`, `?`. `Mod` is Ctrl, on macOS Cmd. The last part is the value of
 * `KeyboardEvent.key`, letters in upper case (https://www.w3.org/TR/uievents-key/).
 */
export type Chord = string;

export type KeyFacts = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };

export function matchesChord(event: KeyFacts, chord: Chord, isMac: boolean): boolean {
  const { key, modifiers } = partsOf(chord);
  const has = (name: string) => modifiers.includes(name);
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  const isOther = isMac ? event.ctrlKey : event.metaKey;
  if (isMod !== has('Mod') || isOther || event.altKey !== has('Alt')) return false;
  // a sign is typed with whatever its layout needs; Shift counts with letters and digits only
  const isSign = !/^[A-Z0-9]$/.test(key);
  if (!isSign && event.shiftKey !== has('Shift')) return false;
  return keyOf(event, has('Alt')) === key;
}

/** As a person reads it: `Ctrl+Shift+K`, on macOS `⇧⌘K`. */
export function chordWords(chord: Chord, isMac: boolean): string {
  const { key, modifiers } = partsOf(chord);
  if (!isMac) return [...modifiers.map(name => (name === 'Mod' ? 'Ctrl' : name)), key].join('+');
  return [...modifiers.toReversed().map(name => MAC_SIGNS[name] ?? name), key].join('');
}

/** Without Ctrl, Cmd or Alt: pressed by chance, or by speech input. */
export function isSingleKey(chord: Chord): boolean {
  const { modifiers } = partsOf(chord);
  return !modifiers.includes('Mod') && !modifiers.includes('Alt');
}

function partsOf(chord: Chord): { readonly key: string; readonly modifiers: readonly string[] } {
  const parts = chord.split('+');
  return { key: parts.at(-1) ?? '', modifiers: parts.slice(0, -1) };
}

/** Alt makes other signs of digits and letters on some layouts (macOS): the place of the key counts then. */
function keyOf({ key, code }: KeyFacts, hasAlt: boolean): string {
  const place = /^(?:Digit|Key)([A-Z0-9])$/.exec(code)?.[1];
  if (hasAlt && place !== undefined) return place;
  return key.length === 1 ? key.toUpperCase() : key;
}
