import { MAX_PENDING_INPUT_BYTES } from '../../contract/data-plane.ts';

/** What to do with pasted text: one line goes in at once, several lines are shown first, too much is refused. */
export type PasteVerdict =
  | { readonly kind: 'paste' }
  | { readonly kind: 'ask'; readonly lines: number; readonly hasControls: boolean }
  | { readonly kind: 'refuse'; readonly message: string };

// Escape sequences in pasted text can press keys; a newline runs what stands before it. Tab is harmless enough.
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

export function judgePaste(text: string): PasteVerdict {
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_PENDING_INPUT_BYTES) {
    return {
      kind: 'refuse',
      message: `That is ${Math.ceil(size / 1024)} KiB of text; a terminal takes at most ${MAX_PENDING_INPUT_BYTES / 1024} KiB at once. Put it into a file on the target instead.`,
    };
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  const hasControls = CONTROLS.test(text);
  return lines > 1 || hasControls ? { kind: 'ask', lines, hasControls } : { kind: 'paste' };
}

/** The text with control characters as visible pictures (U+2400 …), for the preview. */
export function visibleControls(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, control => {
    const code = control.charCodeAt(0);
    return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
  });
}
