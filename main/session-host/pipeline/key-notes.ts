import type { KeyNote } from '../recorder/command-lines.ts';

const CARRIAGE_RETURN = 0x0d;
/** ^C, ^D, ^Z, ^\\: the line is left. */
const LEAVING: ReadonlySet<number> = new Set([0x03, 0x04, 0x1a, 0x1c]);

/** What a recorder may know of input: that something was typed, entered or left. Nothing of what it was. */
export function keyNotesOf(bytes: Uint8Array): readonly KeyNote[] {
  if (bytes.some(byte => LEAVING.has(byte))) return ['left'];
  if (!bytes.includes(CARRIAGE_RETURN)) return ['typed'];
  return ['typed', 'entered'];
}
