import { MAX_COLS, MAX_ROWS, MIN_COLS, MIN_ROWS } from '../../contract/data-plane.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { ImportedFormat } from '../../contract/recording.ts';

/**
 * Reads asciicast v2 and v3 (https://docs.asciinema.org/manual/asciicast/v2/ and …/v3/) as their text arrives, cut anywhere. Whatever is not
 * as those say is refused with the number of its line and never quoted: casts are other people's terminals.
 */
export interface AsciicastReader {
  /** Throws `bad-input`. */
  push(text: string): readonly CastEvent[];
  /** The text is over. Throws `bad-input` for an unfinished last line, and where there was no header. */
  finish(): readonly CastEvent[];
  /** null until the first line was read */
  readonly header: CastHeader | null;
  /** keys that were recorded as input: they are left out, because a password may be among them */
  readonly inputsLeftOut: number;
}

export interface CastHeader {
  readonly format: ImportedFormat;
  readonly cols: number;
  readonly rows: number;
  /** milliseconds since the epoch; null where it is not told */
  readonly startedAtMs: number | null;
}

/** `atMs`: since the start, whole milliseconds, never backwards. */
export type CastEvent = { readonly atMs: number } & (
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'resize'; readonly cols: number; readonly rows: number }
  | { readonly kind: 'marker'; readonly text: string }
  | { readonly kind: 'exit'; readonly status: number }
);

/** A recorder that writes 4 KiB at a time escapes them to 24 KiB at worst; whole screens of slow recorders are a few hundred. */
export const MAX_LINE_CHARS = 2 * 1024 * 1024;
/** A month: what is longer has a broken clock. */
export const MAX_CAST_MS = 31 * 24 * 3_600_000;

export function createAsciicastReader(): AsciicastReader {
  let rest = '';
  let lineNumber = 0;
  let header: CastHeader | null = null;
  let lastMs = 0;
  let inputsLeftOut = 0;

  const eventOf = (line: string): CastEvent | null => {
    if (header === null) {
      header = headerOf(line);
      return null;
    }
    // v3: comments
    if (line.startsWith('#') || line.trim() === '') return null;
    const [time, code, payload] = fieldsOf(line, lineNumber);
    const ms = Math.round(time * 1000);
    if (!(ms >= 0)) throw refusal(lineNumber, 'its time is negative or no number');
    // v2 has times since the start, v3 since the event before; a v2 time that goes back is that of the event before
    const atMs = header.format === 'asciicast-v3' ? lastMs + ms : Math.max(lastMs, ms);
    if (atMs > MAX_CAST_MS) throw refusal(lineNumber, 'it is later than a month after the start');
    lastMs = atMs;
    switch (code) {
      case 'o':
        return { kind: 'output', atMs, text: payload };
      case 'r':
        return { kind: 'resize', atMs, ...sizeOf(/^(\d{1,5})x(\d{1,5})$/.exec(payload), lineNumber) };
      case 'm':
        return { kind: 'marker', atMs, text: payload };
      case 'x':
        return { kind: 'exit', atMs, status: exitOf(payload, lineNumber) };
      case 'i':
        inputsLeftOut += 1;
        return null;
      default:
        // both versions have readers pass over what they do not know
        return null;
    }
  };
  const take = (line: string): CastEvent[] => {
    lineNumber += 1;
    if (line.length > MAX_LINE_CHARS) throw refusal(lineNumber, 'it is longer than 2 MiB');
    const event = eventOf(line.endsWith('\r') ? line.slice(0, -1) : line);
    return event === null ? [] : [event];
  };

  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      const events = lines.flatMap(take);
      if (rest.length > MAX_LINE_CHARS) throw refusal(lineNumber + 1, 'it is longer than 2 MiB');
      return events;
    },
    finish() {
      const events = rest === '' ? [] : take(rest);
      rest = '';
      if (header === null) throw notACast('it is empty');
      return events;
    },
    get header() {
      return header;
    },
    get inputsLeftOut() {
      return inputsLeftOut;
    },
  };
}

function headerOf(line: string): CastHeader {
  const json = parseJson(line);
  if (!isObject(json)) throw notACast('its first line is no JSON object');
  const { version } = json;
  if (version === 1) throw notACast('it is of version 1; "asciinema convert" makes a newer one of it');
  if (version !== 2 && version !== 3)
    throw notACast(
      typeof version === 'number'
        ? `there is no version ${version} yet that is known`
        : 'it names no version',
    );
  const term = version === 2 ? { cols: json['width'], rows: json['height'] } : json['term'];
  if (!isObject(term)) throw notACast('its header tells no size of the terminal');
  const { timestamp } = json;
  const startedAtMs = typeof timestamp === 'number' ? Math.round(timestamp * 1000) : null;
  return {
    format: version === 2 ? 'asciicast-v2' : 'asciicast-v3',
    ...sizeOf([null, term['cols'], term['rows']], 1),
    startedAtMs: startedAtMs !== null && startedAtMs >= 0 && startedAtMs <= LAST_MS ? startedAtMs : null,
  };
}

/** As far as a Date reaches (ECMA-262, 21.4.1.1). */
const LAST_MS = 8.64e15;

function fieldsOf(line: string, lineNumber: number): [number, string, string] {
  const json = parseJson(line);
  if (!Array.isArray(json) || json.length < 3)
    throw refusal(lineNumber, 'it is not JSON of the form [time, code, text]; the file may be cut off there');
  const [time, code, payload] = json as unknown[];
  if (typeof time !== 'number' || typeof code !== 'string' || typeof payload !== 'string')
    throw refusal(lineNumber, 'it is not of the form [time, code, text]');
  return [time, code, payload];
}

function sizeOf(found: ArrayLike<unknown> | null, lineNumber: number): { cols: number; rows: number } {
  const [cols, rows] = [Number(found?.[1]), Number(found?.[2])];
  const fits =
    Number.isInteger(cols) &&
    Number.isInteger(rows) &&
    cols >= MIN_COLS &&
    rows >= MIN_ROWS &&
    cols <= MAX_COLS &&
    rows <= MAX_ROWS;
  if (!fits)
    throw refusal(
      lineNumber,
      `it has no size of a terminal between ${MIN_COLS}x${MIN_ROWS} and ${MAX_COLS}x${MAX_ROWS}`,
    );
  return { cols, rows };
}

function exitOf(payload: string, lineNumber: number): number {
  if (!/^-?\d{1,9}$/.test(payload)) throw refusal(lineNumber, 'its exit status is no whole number');
  return Number(payload);
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(lineNumber: number, why: string): SallyportError {
  return new SallyportError('bad-input', `Line ${lineNumber} of the cast cannot be taken: ${why}.`);
}

function notACast(why: string): SallyportError {
  return new SallyportError('bad-input', `This is no asciicast of version 2 or 3: ${why}.`);
}
