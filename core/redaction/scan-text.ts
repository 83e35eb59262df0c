import type { Finding } from '../../contract/redaction.ts';
import type { LineDetector } from './line-detector.ts';

/** A finding in a text: offsets in Unicode code points of the whole input, end exclusive; line and column count from 1. */
export interface TextFinding extends Finding {
  readonly line: number;
  /** In code points. */
  readonly column: number;
  /** What `show` made of the value. */
  readonly shown?: string;
}

export interface TextScanner {
  /** The next piece of the input; a value may be cut anywhere, also inside a surrogate pair. Findings come when their line is over. */
  feed(text: string): readonly TextFinding[];
  /** The input is over: findings of the last line. The scanner is used up. */
  end(): readonly TextFinding[];
}

export interface TextScannerOptions {
  readonly detector: LineDetector;
  /** Longer lines are looked at in pieces, cut where no value is under way; bounds memory. In UTF-16 units. */
  readonly maxLineLength?: number;
  /** What may be told of a value, e.g. its mask: the scanner itself never passes a value on. */
  readonly show?: (finding: Finding, value: string) => string;
}

const DEFAULT_MAX_LINE = 64 * 1024;

/** Scans text of any length in memory bounded by `maxLineLength`. Line ends are `\n`, `\r\n` and `\r` before `\n` only. */
export function createTextScanner(options: TextScannerOptions): TextScanner {
  const { detector, show } = options;
  const maxLine = options.maxLineLength ?? DEFAULT_MAX_LINE;
  let rest = '';
  /** Where `rest` begins. */
  let position = { offset: 0, line: 1, column: 1 };

  const look = (line: string, isComplete: boolean): readonly TextFinding[] => {
    const findings = detector.findings(line, isComplete);
    if (findings.length === 0) return [];
    let at = 0;
    let counted = 0;
    return findings.map(finding => {
      counted += codePoints(line, at, finding.start);
      const start = counted;
      counted += codePoints(line, finding.start, finding.end);
      at = finding.end;
      return {
        ...finding,
        start: position.offset + start,
        end: position.offset + counted,
        line: position.line,
        column: position.column + start,
        ...(show === undefined ? {} : { shown: show(finding, line.slice(finding.start, finding.end)) }),
      };
    });
  };

  /** Takes one complete line, its line feed not included. */
  const take = (line: string): readonly TextFinding[] => {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    const found = look(text, true);
    detector.commit(text);
    position = {
      offset: position.offset + codePoints(line, 0, line.length) + 1,
      line: position.line + 1,
      column: 1,
    };
    return found;
  };

  /** Takes the beginning of an over-long line, up to where a value may be under way. */
  const takePiece = (): readonly TextFinding[] => {
    const piece = rest.slice(0, maxLine);
    const open = detector.openCandidate(piece);
    const last = detector.findings(piece, false).at(-1);
    const floor = maxLine >> 1;
    let cut = open === null ? maxLine : open.start;
    if (last !== undefined && last.start < cut && last.end > cut) cut = last.start;
    if (cut < floor) cut = maxLine;
    if (isLowSurrogate(rest.charCodeAt(cut))) cut--;
    const head = rest.slice(0, cut);
    const found = look(head, false);
    const length = codePoints(head, 0, head.length);
    position = { offset: position.offset + length, line: position.line, column: position.column + length };
    rest = rest.slice(cut);
    return found;
  };

  return {
    feed(text) {
      const found: TextFinding[] = [];
      const all = rest + text;
      let from = 0;
      for (let feed = all.indexOf('\n'); feed >= 0; feed = all.indexOf('\n', from)) {
        rest = all.slice(from, feed);
        while (rest.length > maxLine) found.push(...takePiece());
        found.push(...take(rest));
        from = feed + 1;
      }
      rest = all.slice(from);
      while (rest.length > maxLine) found.push(...takePiece());
      return found;
    },
    end() {
      const line = rest;
      rest = '';
      return line === '' ? [] : take(line);
    },
  };
}

function codePoints(text: string, start: number, end: number): number {
  let count = end - start;
  for (let i = start; i < end; i++) if (isLowSurrogate(text.charCodeAt(i))) count--;
  return count;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
