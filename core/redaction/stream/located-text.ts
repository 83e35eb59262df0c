import type { Row } from '../screen/row.ts';

/** Text for the detector, and where each of its UTF-16 units stands on the screen and in the output. */
export interface LocatedText {
  readonly text: string;
  /** Sets `place` for the unit at `i`. */
  locate(i: number, place: Place): void;
}

/** Reused from unit to unit. `row` is null where the character is in no cell. */
export interface Place {
  row: Row | null;
  x: number;
  prov: number;
}

/** Whether the cell still holds the character that was put there. */
export function isCurrent(place: Place): boolean {
  return place.row !== null && place.row.prov[place.x] === place.prov && !place.row.isEmptyAt(place.x);
}

/** Format characters that take no column: a value is read over them, so the detector does not see them. */
export function isInvisible(cp: number): boolean {
  return (
    (cp >= 0x200b && cp <= 0x200f) ||
    (cp >= 0x202a && cp <= 0x202e) ||
    (cp >= 0x2060 && cp <= 0x206f) ||
    (cp >= 0xfe00 && cp <= 0xfe0f) ||
    cp === 0xad ||
    cp === 0xfeff
  );
}
