import { MAX_PENDING_INPUT_BYTES } from '../../contract/data-plane.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** What to do with pasted text: one line goes in at once, several lines are shown first, too much is refused. */
export type PasteVerdict =
  | { readonly kind: 'paste' }
  | { readonly kind: 'ask'; readonly lines: number; readonly hasControls: boolean }
  | { readonly kind: 'refuse'; readonly message: string };

/**
 * What does not show itself: escape sequences in pasted text can press keys; marks of direction and characters without width make a
 * command read as another one (CVE-2021-42574). A newline runs what stands before it. Tab is harmless enough.
 */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const LINE_END = /\r\n|\r|\n/;
/** Brackets of a bracketed paste inside the text would end it early, and what follows would count as typed. */
const PASTE_BRACKETS = /(?:\x1b\[|\x9b)20[01]~/g;

/** @param isTrusted whether the person let several lines through for this session; what does not show itself is asked about all the same */
export function judgePaste(text: string, isTrusted = false): PasteVerdict {
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_PENDING_INPUT_BYTES) {
    return {
      kind: 'refuse',
      message: t.terminal.tooMuch(number(Math.ceil(size / 1024)), number(MAX_PENDING_INPUT_BYTES / 1024)),
    };
  }
  const lines = text.split(LINE_END).length;
  const hasControls = CONTROLS.test(text);
  const isAsked = hasControls || (lines > 1 && !isTrusted);
  return isAsked ? { kind: 'ask', lines, hasControls } : { kind: 'paste' };
}

/** The text as it goes to the terminal: without the brackets of a bracketed paste, also those that taking some out would make. */
export function withoutPasteBrackets(text: string): string {
  let left = text;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replace(PASTE_BRACKETS, '');
  }
  return left;
}

/** Several lines as one: a blank for each line end and the indentation behind it, a continuing backslash taken out, none at the end. */
export function asOneLine(text: string): string {
  const [first = '', ...rest] = text.split(LINE_END);
  const lines = [first.trimEnd(), ...rest.map(line => line.trim())].filter(line => line !== '');
  return lines.map((line, index) => (index < lines.length - 1 ? line.replace(/\s*\\$/, '') : line)).join(' ');
}

/** A piece of a preview; `isControl`: stands for a character that does not show itself. */
export interface PreviewPiece {
  readonly text: string;
  readonly isControl: boolean;
}

/** The text with everything visible: control characters as `^[`, others by their number, line ends with a sign before them. */
export function previewPieces(text: string): PreviewPiece[] {
  const pieces: PreviewPiece[] = [];
  const add = (piece: string, isControl: boolean) => {
    const last = pieces.at(-1);
    if (last?.isControl === isControl) pieces[pieces.length - 1] = { text: last.text + piece, isControl };
    else pieces.push({ text: piece, isControl });
  };
  for (const character of text.replace(/\r\n|\r/g, '\n')) {
    if (character === '\n') {
      add('\u21b5', true);
      add('\n', false);
    } else if (CONTROLS.test(character)) add(pictureOf(character), true);
    else add(character, false);
  }
  return pieces;
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
