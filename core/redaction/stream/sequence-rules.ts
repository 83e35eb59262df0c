import type { ScreenBuffer } from '../screen/buffer.ts';
import { hasMode } from '../screen/perform.ts';
import type { Screen } from '../screen/screen.ts';
import type { CsiCommand } from '../vt/parser.ts';
import type { Params } from '../vt/params.ts';

const FINALS: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const PRIVATE_FINALS: readonly string[] = FINALS.map(final => `?${final}`);

/** Prefix and intermediates as one number, then the final byte. */
export function csiName({ collected, final }: CsiCommand): string {
  if (collected === 0) return FINALS[final] ?? '';
  if (collected === 0x3f) return PRIVATE_FINALS[final] ?? '';
  const name = String.fromCharCode(final);
  let rest = '';
  for (let bytes = collected; bytes > 0; bytes >>>= 8) rest = String.fromCharCode(bytes & 255) + rest;
  return rest + name;
}

/** Sequences that write the screen by address or move rows: after them text is no longer a stream of lines. */
const ADDRESSING = new Set([
  'A',
  'B',
  'E',
  'F',
  'H',
  'f',
  'd',
  'e',
  'L',
  'M',
  'S',
  'T',
  'r',
  'u',
  ' @',
  ' A',
  "'}",
  "'~",
]);

/** Window reports and requests that have no text in them: sizes, and the stack of (masked) titles. */
const WINDOW_ALLOWED = new Set([14, 16, 18, 19, 22, 23]);
/** Host-driven effects outside of the screen: printing, checksums and dumps of the screen's contents. */
const DENIED = new Set(['i', '?i', '*y', '$w', '&w', '$u', '$v', '+p']);

export function isDenied(name: string, params: Params): boolean {
  return DENIED.has(name) || (name === 't' && !WINDOW_ALLOWED.has(params.values[0] ?? 0));
}

/** Whether the sequence leaves the line that is being printed. */
export function isAddressing(name: string, params: Params, screen: Screen): boolean {
  if (ADDRESSING.has(name)) return true;
  if (name === 'J' || name === '?J') return params.values[0] !== 0 || !isBlankBelow(screen.buffer);
  if (name === '?h' || name === '?l') return hasMode(params, [6, 47, 1047, 1048, 1049, 2026]);
  return name === '!p';
}

/**
 * ED 1 with the cursor in the last cell of a screen without scrollback: xterm.js 6 throws in it, and stops. The whole screen is what
 * it erases, so ED 2 does the same.
 */
export function erasesWholeScreen(name: string, params: Params, { buffer }: Screen): boolean {
  if ((name !== 'J' && name !== '?J') || params.values[0] !== 1) return false;
  return buffer.x + 1 >= buffer.cols && buffer.y + 1 >= buffer.base + buffer.height;
}

/** Prompts erase to the end of the screen where there is nothing. */
function isBlankBelow(buffer: ScreenBuffer): boolean {
  for (let y = buffer.y + 1; y < buffer.height; y++) if (!buffer.row(y).isBlank) return false;
  return true;
}
