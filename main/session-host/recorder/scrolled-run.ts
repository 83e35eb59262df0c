/** Lines of a text that scroll out of the screen before it ends: what they hold no longer shows. */
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
/** SGR (ECMA-48, 8.3.117) with parameters of digits only. */
const SGR = /\x1b\[[\d;:]*m/y;
const RESETS: ReadonlySet<string> = new Set(['\x1b[m', '\x1b[0m']);

interface Style {
  readonly at: number;
  readonly sequence: string;
}

/** The first run at or after `from`, null where there is none. Looks at printed characters, tabs, CR LF and SGR; all else ends a run. */
export function findScrolledRun(text: string, from: number, keptLines: number): ScrolledRun | null {
  let lineEnds: number[] = [];
  let styles: Style[] = [];
  for (let at = from; ; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if ((code >= 0x20 && code < 0x7f) || code >= 0xa0 || code === TAB) continue;
    if (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) {
      at += 1;
      lineEnds.push(at + 1);
      continue;
    }
    if (code === ESCAPE && text.charCodeAt(at + 1) === BRACKET) {
      SGR.lastIndex = at;
      const sequence = SGR.exec(text)?.[0];
      if (sequence !== undefined) {
        styles.push({ at, sequence });
        at += sequence.length - 1;
        continue;
      }
    }
    const [start] = lineEnds;
    const end = lineEnds.at(-1 - keptLines);
    if (start !== undefined && end !== undefined && end > start)
      return { start, end, styles: stylesWithin(styles, start, end) };
    if (at >= text.length) return null;
    lineEnds = [];
    styles = [];
  }
}

/** From the last reset on: what was before it has no effect. */
function stylesWithin(styles: readonly Style[], start: number, end: number): string {
  const sequences = styles.filter(({ at }) => at >= start && at < end).map(({ sequence }) => sequence);
  const reset = sequences.findLastIndex(sequence => RESETS.has(sequence));
  return sequences.slice(Math.max(0, reset)).join('');
}
