import { entropyOf } from '../characters.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

/** Credentials after an authentication scheme (RFC 9110, 11.4; RFC 6750 Bearer; RFC 7617 Basic), with or without the header's name. */
export const authorizationDetector: Detector = {
  name: 'authorization',
  needs: SIGHT.authorization,
  find(text, emit) {
    const { line } = text;
    for (const { literal, end } of text.sightings.anchors) {
      if ((literal.sight & SIGHT.authorization) === 0) continue;
      if (literal.text.endsWith('authorization') || literal.text.endsWith('authorisation')) {
        const match = /^["']?\s{0,4}[:=]\s{0,4}["']?(?:[A-Za-z][\w-]{1,30} )?/.exec(
          line.slice(end, end + 60),
        );
        if (match === null) continue;
        const start = end + match[0].length;
        const isDigest = /digest $/i.test(match[0]);
        const stop = isDigest ? line.trimEnd().length : endOfCredentials(line, start);
        const value = line.slice(start, stop);
        const isCredential =
          /[\d+/=]|^\S{20,}$/.test(value) && !/^[A-Za-z_$.?]+$/.test(value) && !/^[\s=]/.test(value);
        if (/^\$\(|^<\w+>(?::<\w+>)?$/.test(value)) continue;
        if (stop - start >= 4 && (isCredential || /\w $/.test(match[0])))
          emit({
            entity: 'api-key',
            start,
            end: stop,
            score: 0.9,
            rule: 'api-key.authorization',
            evidence: ['Authorization header'],
          });
        continue;
      }
      const gap = /^ {1,3}/.exec(line.slice(end, end + 4));
      if (gap === null) continue;
      const start = end + gap[0].length;
      const stop = endOfToken(line, start);
      const token = line.slice(start, stop);
      if (token.length < 12 || !/\d|[+=]|[a-z][A-Z]/.test(token) || entropyOf(token) < 2.8) continue;
      // "Basic RetryHandler" is a heading: base64 changes its case more often
      if (/^(?:[A-Z][a-z]+){2,4}$/.test(token)) continue;
      emit({
        entity: 'api-key',
        start,
        end: stop,
        score: 0.8,
        rule: 'api-key.scheme',
        evidence: ['authentication scheme before it'],
      });
    }
  },
};

/** A header goes on to the end of its line or quote. */
function endOfCredentials(line: string, start: number): number {
  let end = start;
  while (end < line.length && !'"\'\\'.includes(line.charAt(end))) end++;
  while (end > start && ' ,;'.includes(line.charAt(end - 1))) end--;
  const isParameterised = line.slice(start, end).includes('=');
  const space = line.indexOf(' ', start);
  return !isParameterised && space > start && space < end ? space : end;
}

function endOfToken(line: string, start: number): number {
  let end = start;
  while (end < line.length && /[\w+/=.~-]/.test(line.charAt(end))) end++;
  return end;
}
