import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

const BEGIN = /-----BEGIN (?:(?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/;
const END = /-----END (?:(?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/;
/** PuTTY's .ppk files have no marks: lines of base64 behind their number, and a MAC behind them. */
const PUTTY = /^\s{0,40}Private-Lines: \d{1,3}\s*$/;
/** A line of OpenVPN's static keys: shorter than any base64, and not the last. */
const HEX_LINE = /^[0-9a-f]{32}$/;
const BODY = /^[A-Za-z0-9+/=_-]+$/;
const HEADER = /^(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Content-Domain|Key-Info|X-[\w-]+): ?/;
/** No private key in use has more lines; a block that never ends is given up. */
const MAX_LINES = 400;

/** What must be remembered inside a private key: how long its lines are, and whether a shorter one has announced the end. */
export interface PemBlock {
  readonly lines: number;
  readonly width: number;
  readonly isLastSeen: boolean;
  readonly afterHeader: boolean;
}

/** The state after `line`; null outside of a private key. A line that can be no base64 (a prompt) recovers. */
export function pemAfter(block: PemBlock | null, line: string): PemBlock | null {
  const begin = BEGIN.exec(line);
  if (begin !== null) {
    const rest = line.slice(begin.index + begin[0].length);
    return END.test(rest) || /\\n/.test(rest)
      ? null
      : { lines: 0, width: 0, isLastSeen: false, afterHeader: false };
  }
  if (PUTTY.test(line)) return { lines: 0, width: 0, isLastSeen: false, afterHeader: false };
  if (block === null || END.test(line)) return null;
  return isPemBody(block, line) ? next(block, bodyOf(line)) : null;
}

/** Whether a complete or growing line can belong to the block. */
export function isPemBody(block: PemBlock, line: string): boolean {
  const text = bodyOf(line);
  if (block.lines >= MAX_LINES) return false;
  if (text === '') return block.afterHeader || block.lines === 0;
  if (HEADER.test(text)) return true;
  if (text.startsWith('-----E')) return true;
  return BODY.test(text) && !block.isLastSeen && (block.width === 0 || text.length <= block.width);
}

function next(block: PemBlock, text: string): PemBlock {
  const isHeader = HEADER.test(text);
  const isBody = text !== '' && !isHeader;
  return {
    lines: block.lines + 1,
    width: isBody && block.width === 0 ? text.length : block.width,
    isLastSeen:
      isBody &&
      !HEX_LINE.test(text) &&
      (text.length < Math.max(block.width, 40) || /=$/.test(text)) &&
      !text.startsWith('='),
    afterHeader: isHeader,
  };
}

/** Without indentation, list marks, quotes and the mark of a wrapped table cell. */
function bodyOf(line: string): string {
  return line.replace(/^[\s|>"'+]{0,200}/, '').replace(/(?:\\n)?["',+|\s]{0,200}$/, '');
}

/** Private keys (RFC 7468, RFC 4716 style OpenSSH, OpenPGP armour, static keys of OpenVPN) that begin or end on this line, also in one line with `\n` in it. */
export const pemDetector: Detector = {
  name: 'pem',
  needs: SIGHT.pem,
  find(text, emit) {
    const { line } = text;
    let from = 0;
    for (;;) {
      const begin = BEGIN.exec(line.slice(from));
      if (begin === null) return;
      const start = from + begin.index;
      const bodyStart = start + begin[0].length;
      const end = END.exec(line.slice(bodyStart));
      const stop = end === null ? endOfEscapedBody(line, bodyStart) : bodyStart + end.index + end[0].length;
      emit({
        entity: 'private-key',
        start,
        end: stop,
        score: 1,
        rule: 'private-key.pem',
        evidence: ['PEM header'],
      });
      from = stop;
    }
  },
};

function endOfEscapedBody(line: string, start: number): number {
  let end = start;
  while (end < line.length && /[A-Za-z0-9+/=\\ -]/.test(line.charAt(end))) end++;
  return end;
}
