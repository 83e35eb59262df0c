/** Lines of output that scroll out of the screen before it ends: what they hold no longer shows. Offsets in bytes. */
export interface ScrolledRun {
  /** Begins behind a line's end … */
  readonly start: number;
  /** … and ends behind one, with at least `keptLines` more line ends after it that nothing but text and colours stands between. */
  readonly end: number;
  /** the colours and styles that are on behind it, as sequences to be written in its place */
  readonly styles: string;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const BRACKET = 0x5b;
const SGR_FINAL = 0x6d;
/** A longer sequence is left to the terminal. */
const MAX_SGR_BYTES = 128;
const RESETS: ReadonlySet<string> = new Set(['\x1b[m', '\x1b[0m']);
/** U+0080 to U+009F, which a terminal may take for control characters, begin with this byte and have one below the other behind it. */
const C1_LEAD = 0xc2;
const C1_END = 0xa0;

/**
 * The first run at or after `from`, null where there is none; `bytes`: whole characters of valid UTF-8. Looks at printed characters, tabs, CR LF and
 * SGR; all else ends a run.
 */
export function findScrolledRun(bytes: Uint8Array, from: number, keptLines: number): ScrolledRun | null {
  for (let begin = from; begin < bytes.length; ) {
    const stop = endOfPrinted(bytes, begin);
    const start = bytes.indexOf(LINE_FEED, begin) + 1;
    const end = start > 0 && start <= stop ? behindLineEnd(bytes, stop, keptLines) : 0;
    if (end > start) return { start, end, styles: stylesWithin(bytes, start, end) };
    begin = stop + 1;
  }
  return null;
}

/** The first byte of what is no printed character, tab, CR LF or SGR; the end where all is. */
function endOfPrinted(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (byte >= 0x80) {
      if (byte === C1_LEAD && (bytes[at + 1] ?? 0) < C1_END) return at;
    } else if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1;
    else if (byte === ESCAPE) {
      const end = endOfSgr(bytes, at);
      if (end < 0) return at;
      at = end - 1;
    } else if (byte !== TAB) return at;
  }
  return bytes.length;
}

/** Behind an SGR sequence (ECMA-48, 8.3.117) with parameters of digits only; -1 for anything else. */
function endOfSgr(bytes: Uint8Array, escape: number): number {
  if (bytes[escape + 1] !== BRACKET) return -1;
  for (let at = escape + 2; at < Math.min(bytes.length, escape + MAX_SGR_BYTES); at++) {
    const byte = bytes[at] ?? 0;
    if (byte === SGR_FINAL) return at + 1;
    // digits, colons, semicolons
    if (byte < 0x30 || byte > 0x3b) return -1;
  }
  return -1;
}

/** Behind the line end that has `keptLines` others between it and `stop`; 0 where there are not so many. */
function behindLineEnd(bytes: Uint8Array, stop: number, keptLines: number): number {
  let at = stop;
  for (let left = keptLines; left >= 0 && at > 0; left--) at = bytes.lastIndexOf(LINE_FEED, at - 1);
  return at < 0 ? 0 : at + 1;
}

/** The sequences from the last reset on: what was before it has no effect. */
function stylesWithin(bytes: Uint8Array, start: number, end: number): string {
  let styles = '';
  for (let at = end; at > start; ) {
    at = bytes.lastIndexOf(ESCAPE, at - 1);
    if (at < start) break;
    const sequence = String.fromCharCode(...bytes.subarray(at, endOfSgr(bytes, at)));
    styles = sequence + styles;
    if (RESETS.has(sequence)) break;
  }
  return styles;
}
