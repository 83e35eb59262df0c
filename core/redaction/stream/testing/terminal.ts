import headless from '@xterm/headless';
import type { Terminal as HeadlessTerminal } from '@xterm/headless';
import { RedactionPolicy } from '../../../../contract/redaction.ts';
import type { MaskMark } from '../../../../contract/redaction.ts';
import { TERMINAL_SCROLLBACK_ROWS } from '../../../../contract/terminal.ts';
import type { Redactor, RedactorOptions } from '../../redactor.ts';
import { encodeUtf8 } from '../../vt/parser.ts';
import { createRedactor } from '../create-redactor.ts';
import { decodeUtf8 } from '../utf8-text.ts';
import { fakeDetector } from './fake-detector.ts';

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3 + 4);
  let length = 0;
  for (const character of text) length += encodeUtf8(character.codePointAt(0) ?? 0, bytes, length);
  return bytes.slice(0, length);
}

/** Throws where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  const again = bytesOf(text);
  if (again.length !== bytes.length || again.some((byte, i) => byte !== bytes[i]))
    throw new Error('not UTF-8');
  return text;
}

export interface Screenshot {
  /** Scrollback and screen, each row to its last character. */
  readonly rows: readonly string[];
  readonly wraps: readonly boolean[];
  readonly cursor: readonly [number, number];
  readonly title: string;
  readonly isAlternate: boolean;
}

/** xterm.js itself, without a window. */
export async function oracle(
  cols: number,
  rows: number,
): Promise<{
  write(bytes: Uint8Array): Promise<void>;
  resize(cols: number, rows: number): void;
  screenshot(): Screenshot;
  terminal: HeadlessTerminal;
}> {
  const terminal = new headless.Terminal({
    cols,
    rows,
    scrollback: TERMINAL_SCROLLBACK_ROWS,
    allowProposedApi: true,
    logLevel: 'off',
  });
  let title = '';
  terminal.onTitleChange(next => {
    title = next;
  });
  return Promise.resolve({
    terminal,
    write: bytes => new Promise<void>(resolve => terminal.write(bytes, resolve)),
    resize: (c, r) => terminal.resize(c, r),
    screenshot() {
      const buffer = terminal.buffer.active;
      const texts: string[] = [];
      const wraps: boolean[] = [];
      for (let y = 0; y < buffer.length; y++) {
        const line = buffer.getLine(y);
        texts.push(line?.translateToString(false).trimEnd() ?? '');
        wraps.push(line?.isWrapped ?? false);
      }
      return {
        rows: texts,
        wraps,
        cursor: [buffer.cursorX, buffer.cursorY],
        title,
        isAlternate: buffer.type === 'alternate',
      };
    },
  });
}

export interface Run {
  readonly bytes: Uint8Array;
  readonly marks: MaskMark[];
  readonly redactor: Redactor;
}

export type RunOptions = Partial<RedactorOptions> & { readonly flushes?: boolean };

/** Writes the chunks one after the other, flushing after each where asked, and ends the stream. */
export function redact(chunks: readonly (string | Uint8Array)[], options: RunOptions = {}): Run {
  const { redactor, marks } = testRedactor(options);
  const parts: Uint8Array[] = [];
  for (const chunk of chunks) {
    parts.push(redactor.write(typeof chunk === 'string' ? bytesOf(chunk) : chunk));
    if (options.flushes === true)
      for (let i = 0; redactor.holdMs !== null && i < 3; i++) parts.push(redactor.flush());
  }
  parts.push(redactor.end());
  return { bytes: concat(parts), marks, redactor };
}

export function testRedactor(options: Partial<RedactorOptions> = {}): {
  redactor: Redactor;
  marks: MaskMark[];
} {
  const marks: MaskMark[] = [];
  const redactor = createRedactor({
    cols: 80,
    rows: 24,
    policy: RedactionPolicy.parse({}),
    detector: fakeDetector(),
    tokenOf: null,
    onMask: mark => marks.push(mark),
    onBlock: () => undefined,
    ...options,
  });
  return { redactor, marks };
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What xterm.js shows for a stream. */
export async function render(
  bytes: Uint8Array,
  [cols, rows]: readonly [number, number] = [80, 24],
): Promise<Screenshot> {
  const terminal = await oracle(cols, rows);
  await terminal.write(bytes);
  return terminal.screenshot();
}

/** Every run of four significant characters of the value, as they would be read. */
function fragmentsOf(value: string): string[] {
  const significant = value.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const fragments: string[] = [];
  for (let i = 0; i + 4 <= significant.length; i++) fragments.push(significant.slice(i, i + 4));
  return fragments;
}

/**
 * Fragments of the value that can be read in the bytes sent (escape sequences left in), in the rendered rows and in the title.
 * Separators are ignored on both sides, so that a value in another grouping counts too.
 */
export async function leaks(
  value: string,
  bytes: Uint8Array,
  size: readonly [number, number] = [80, 24],
): Promise<string[]> {
  const raw = textOf(bytes);
  const bare = raw.replaceAll(/\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|.)/g, '');
  const onScreen = await screenLeaks(value, bytes, size);
  return [...new Set([...onScreen, ...leaksIn(value, [raw, bare])])];
}

/** Fragments of the value that can be read in what is on the screen and above it at the end, and in the title. */
export async function screenLeaks(
  value: string,
  bytes: Uint8Array,
  size: readonly [number, number] = [80, 24],
): Promise<string[]> {
  const { rows, title } = await render(bytes, size);
  return leaksIn(value, [rows.join('\n'), rows.join(''), title]);
}

function leaksIn(value: string, texts: readonly string[]): string[] {
  const places = texts.map(text => text.replaceAll(/[^\p{L}\p{N}\n\x1b•*]/gu, ''));
  return fragmentsOf(value).filter(fragment => places.some(place => place.includes(fragment)));
}
