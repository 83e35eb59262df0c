import { base64Decoded } from './base64-text.ts';
import { isHexDump } from './context/anti-evidence.ts';
import type { DecodedLine } from './decoded.ts';
import { decoded, mayBeEscaped } from './decoded.ts';
import { MARK } from './gate/character-kinds.ts';
import type { Sightings } from './gate/gate.ts';
import { SIGHT } from './gate/gate.ts';
import { hexDecoded } from './hex-text.ts';

/** What a line means besides what it says: its escapes undone, its bytes in hexadecimal and in base64 as text. */
export function meantBy(line: string, { sights, marks }: Sightings): readonly DecodedLine[] {
  const hasLongToken = (sights & SIGHT.longToken) !== 0;
  const mayBeHex = hasLongToken || (marks & (MARK.backslash | MARK.quote)) !== 0;
  const mayBePlain = mayBeEscaped(line, marks) && !isHexDump(line);
  return [
    mayBePlain ? decoded(line) : null,
    mayBeHex ? hexDecoded(line) : null,
    hasLongToken ? base64Decoded(line) : null,
  ].filter(read => read !== null);
}
