import { isWordChar } from '../characters.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

const MIN_PART = 8;

/** JSON Web Tokens (RFC 7519): three or five base64url parts by dots, the first a JSON object (`eyJ`); signed, plain or encrypted. */
export const jwtDetector: Detector = {
  name: 'jwt',
  needs: SIGHT.jwt,
  find(text, emit) {
    const { line } = text;
    let claimed = 0;
    for (const { literal, start } of text.sightings.anchors) {
      if (literal.sight !== SIGHT.jwt || start < claimed || !line.startsWith('eyJ', start)) continue;
      if (start > 0 && isWordChar(line.charCodeAt(start - 1))) continue;
      let end = start;
      let dots = 0;
      for (; end < line.length && isTokenChar(line.charCodeAt(end)); end++)
        if (line.charAt(end) === '.') dots++;
      while (end > start && line.charAt(end - 1) === '.') {
        end--;
        if (end < line.length - 1 || !line.slice(start, end).includes('.')) dots--;
      }
      const parts = line.slice(start, end).split('.');
      const isLong =
        parts[0] !== undefined && parts[0].length >= MIN_PART && (parts[1]?.length ?? 0) >= MIN_PART;
      if (dots < 1 || !isLong) continue;
      emit({
        entity: 'jwt',
        start,
        end,
        score: dots >= 2 ? 0.98 : 0.8,
        rule: 'jwt.parts',
        evidence: ['JSON header and payload in base64url'],
      });
      claimed = end;
    }
  },
};

function isTokenChar(code: number): boolean {
  return isWordChar(code) || code === 0x2d || code === 0x2e;
}
