import type { Entity, Finding } from '../../../../contract/redaction.ts';
import type { LineDetector, OpenCandidate } from '../../line-detector.ts';

const EMAIL = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
const DIGITS = /(?<![\w.])\d(?:[ -]?\d){11,18}(?![\w])/g;
const IBAN = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d]){11,30}(?!\w)/g;
const ACCESS_KEY = /(?<!\w)AKIA[A-Z\d]{16}(?!\w)/g;
const SSN = /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g;
const BEGIN = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const END = /-----END [A-Z ]*PRIVATE KEY-----/;

/**
 * A small detector with real checksums, so that the stream can be tested without the product's own: e-mail, card, IBAN, SSN, AWS key
 * id, PEM blocks over several lines.
 */
export function fakeDetector(isInKey = false): LineDetector {
  let inKey = isInKey;
  return {
    findings(line) {
      if (inKey && isKeyBody(line)) return [finding('private-key', 0, line.length)];
      const begin = BEGIN.exec(line);
      const found: Finding[] = [];
      if (begin !== null) {
        const from = begin.index + begin[0].length;
        if (line.length > from) found.push(finding('private-key', from, line.length));
      }
      for (const [entity, pattern, accepts] of [
        ['email', EMAIL, () => true],
        ['iban', IBAN, isIban],
        ['card', DIGITS, isCard],
        ['ssn', SSN, () => true],
        ['api-key', ACCESS_KEY, () => true],
      ] as [Entity, RegExp, (value: string) => boolean][])
        for (const match of line.matchAll(pattern)) {
          const [start, end] = [match.index, match.index + match[0].length];
          if (accepts(match[0]) && !found.some(other => start < other.end && end > other.start))
            found.push(finding(entity, start, end));
        }
      return found.sort((a, b) => a.start - b.start);
    },
    openCandidate(line) {
      if (inKey && isKeyBody(line)) return { start: 0, strength: 'strong' };
      const begin = /(?<![\w-])-{1,5}(?:BEGIN[A-Z -]*)?$|-----BEGIN [A-Z ]*PRIVATE KEY-----.*$/.exec(line);
      if (begin !== null) return { start: begin.index, strength: begin[0].length > 8 ? 'strong' : 'weak' };
      return openToken(line);
    },
    commit(line) {
      if (BEGIN.test(line) && !END.test(line)) inKey = true;
      else if (inKey && (END.test(line) || !isKeyBody(line))) inKey = false;
    },
    fork: () => fakeDetector(inKey),
    memoryKey: () => (inKey ? 'in a key' : ''),
  };
}

function openToken(line: string): OpenCandidate | null {
  const iban = /(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z\d])* ?$/.exec(line);
  if (iban !== null) return { start: iban.index, strength: iban[0].length > 7 ? 'strong' : 'weak' };
  const digits = /(?<![\w.])\d(?:[ -]?\d)*[ -]?$/.exec(line);
  if (digits !== null) {
    const count = digits[0].replaceAll(/\D/g, '').length;
    return { start: digits.index, strength: count >= 6 ? 'strong' : 'weak' };
  }
  const token = /[\w.%+-]+(?:@[\w.-]*)?$/.exec(line);
  if (token === null) return null;
  const isStrong = token[0].includes('@') || /^AKIA/.test(token[0]);
  return { start: token.index, strength: isStrong ? 'strong' : 'weak' };
}

const isKeyBody = (line: string) => /^[A-Za-z\d+/=]*$/.test(line) || END.test(line) || line.startsWith('---');

function finding(entity: Entity, start: number, end: number): Finding {
  return { entity, start, end, score: 1, rule: `fake.${entity}`, evidence: [] };
}

function isCard(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (!/^[3-6]/.test(digits) || digits.length < 13) return false;
  let sum = 0;
  [...digits].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  const digits = (compact.slice(4) + compact.slice(0, 4)).replaceAll(/[A-Z]/g, c =>
    String(c.charCodeAt(0) - 55),
  );
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
