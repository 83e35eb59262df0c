import type { Params } from './params.ts';

/** Flags of `Sgr.flags`; three bits from UNDERLINE_SHIFT hold the underline style (0 none, 1 single … 5 dashed). */
export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const BLINK = 8;
export const INVERSE = 16;
export const INVISIBLE = 32;
export const STRIKE = 64;
export const OVERLINE = 128;
/** Not SGR but DECSCA; it lives and moves with the attributes. */
export const PROTECTED = 256;
const UNDERLINE_SHIFT = 9;
const UNDERLINE = 7 << UNDERLINE_SHIFT;

/** Colours: 0 is the default; else the mode in bits 24–25 and the value below. */
const PALETTE_16 = 1 << 24;
const PALETTE_256 = 2 << 24;
const RGB = 3 << 24;

const SIMPLE_CODES: Readonly<Record<number, number>> = {
  1: BOLD,
  2: DIM,
  3: ITALIC,
  5: BLINK,
  7: INVERSE,
  8: INVISIBLE,
  9: STRIKE,
  53: OVERLINE,
};
const SIMPLE_OFF_CODES: Readonly<Record<number, number>> = {
  22: BOLD | DIM,
  23: ITALIC,
  24: UNDERLINE,
  25: BLINK,
  27: INVERSE,
  28: INVISIBLE,
  29: STRIKE,
  55: OVERLINE,
};

const LAST_SIMPLE = 55;
const tableOf = (codes: Readonly<Record<number, number>>) =>
  Uint16Array.from({ length: LAST_SIMPLE + 1 }, (_, code) => codes[code] ?? 0);
const SIMPLE_ON = tableOf(SIMPLE_CODES);
const SIMPLE_OFF = tableOf(SIMPLE_OFF_CODES);

/** The graphic rendition in force: colours and flags as numbers, so that a cell can keep them (ECMA-48 SGR, xterm's extensions). */
export class Sgr {
  fg = 0;
  bg = 0;
  underlineColour = 0;
  flags = 0;

  reset(): void {
    this.fg = 0;
    this.bg = 0;
    this.underlineColour = 0;
    this.flags = 0;
  }

  copy(other: Sgr): void {
    this.fg = other.fg;
    this.bg = other.bg;
    this.underlineColour = other.underlineColour;
    this.flags = other.flags;
  }

  apply(params: Params): void {
    for (let i = 0; i < params.length; i++) {
      const p = params.values[i] ?? 0;
      if (p === 0) {
        const kept = this.flags & PROTECTED;
        this.reset();
        this.flags = kept;
      } else if (SIMPLE_ON[p]) this.flags |= SIMPLE_ON[p];
      else if (SIMPLE_OFF[p]) this.flags &= ~SIMPLE_OFF[p];
      else if (p === 4) this.#underline(params.sub(i, 0, 1));
      else if (p === 21) this.#underline(2);
      else if (p >= 30 && p <= 37) this.fg = PALETTE_16 | (p - 30);
      else if (p >= 40 && p <= 47) this.bg = PALETTE_16 | (p - 40);
      else if (p >= 90 && p <= 97) this.fg = PALETTE_16 | (p - 90 + 8);
      else if (p >= 100 && p <= 107) this.bg = PALETTE_16 | (p - 100 + 8);
      else if (p === 39) this.fg = 0;
      else if (p === 49) this.bg = 0;
      else if (p === 59) this.underlineColour = 0;
      else if (p === 38 || p === 48 || p === 58) i += this.#colour(params, i);
    }
  }

  #underline(style: number): void {
    this.flags = (this.flags & ~UNDERLINE) | ((style < 0 || style > 5 ? 1 : style) << UNDERLINE_SHIFT);
  }

  /** An extended colour from parameter `i` on; returns how many further parameters it took. */
  #colour(params: Params, i: number): number {
    const target = params.values[i];
    const subs = params.subCount(i);
    const mode = subs > 0 ? params.sub(i, 0, 0) : params.at(i + 1, 0);
    const taken = subs > 0 ? 0 : mode === 5 ? 2 : mode === 2 ? 4 : 1;
    if (mode !== 2 && mode !== 5) return taken;
    // ITU T.416 puts a colour space before the RGB values; the short form leaves it out
    const first = mode === 2 && subs > 4 ? 2 : 1;
    const at = (k: number) =>
      subs > 0 ? Math.max(0, params.sub(i, first + k, 0)) & 255 : params.at(i + 2 + k, 0) & 255;
    const value = mode === 5 ? PALETTE_256 | at(0) : RGB | (at(0) << 16) | (at(1) << 8) | at(2);
    if (target === 38) this.fg = value;
    else if (target === 48) this.bg = value;
    else this.underlineColour = value;
    return taken;
  }
}

function colourCodes(colour: number, base: 38 | 48 | 58): string {
  const value = colour & 0xffffff;
  switch (colour >>> 24) {
    case 1: {
      const start = base === 38 ? 30 : 40;
      return `;${value < 8 ? start + value : start + 60 + value - 8}`;
    }
    case 2:
      return `;${base}${base === 58 ? ':5:' : ';5;'}${value}`;
    case 3: {
      const rgb = [value >> 16, (value >> 8) & 255, value & 255];
      return base === 58 ? `;58:2::${rgb.join(':')}` : `;${base};2;${rgb.join(';')}`;
    }
    default:
      return '';
  }
}

/** The sequence that sets exactly this rendition, whatever was in force before. */
export function sgrSequence(fg: number, bg: number, flags: number, underlineColour = 0): string {
  let codes = '0';
  for (const [code, flag] of Object.entries(SIMPLE_CODES)) if (flags & flag) codes += `;${code}`;
  const style = (flags & UNDERLINE) >> UNDERLINE_SHIFT;
  if (style > 0) codes += style === 1 ? ';4' : `;4:${style}`;
  codes += colourCodes(fg, 38) + colourCodes(bg, 48) + colourCodes(underlineColour, 58);
  return `\x1b[${codes}m`;
}
