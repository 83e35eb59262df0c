import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** The tokens of a theme as the cascade leaves them: later blocks win. */
function tokensOf(theme: 'dark' | 'light', contrast: 'usual' | 'high'): ReadonlyMap<string, string> {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = new Map<string, string>();
  for (const [, selectors = '', body = ''] of css.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    const isMeant = selectors.split(',').some(selector => {
      const wanted = [...selector.matchAll(/\[data-(\w+)="(\w+)"\]/g)];
      return wanted.every(
        ([, name, value]) => value === (name === 'theme' ? theme : name === 'contrast' ? contrast : ''),
      );
    });
    if (!isMeant) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g))
      found.set(name, value);
  }
  return found;
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = ['text', 'muted', 'accent', 'danger', 'warn', 'ok', 'info', 'mask'];
const GROUNDS = ['ground', 'raised', 'inset'];
/** text on a ground of its own */
const PAIRS = [
  ...TEXTS.flatMap(text => GROUNDS.map(ground => [text, ground] as const)),
  ['on-accent', 'accent-fill'],
  ['on-danger', 'danger-fill'],
  ['text', 'accent-wash'],
  ['accent', 'accent-wash'],
  ['text', 'danger-wash'],
  ['text', 'warn-wash'],
] as const;

describe.each([
  ['dark', 'usual', 4.5, 3],
  ['light', 'usual', 4.5, 3],
  ['dark', 'high', 7, 4.5],
  ['light', 'high', 7, 4.5],
] as const)('the %s theme in %s contrast', (theme, contrast, forText, forLines) => {
  const tokens = tokensOf(theme, contrast);
  const ratio = (one: string, other: string) =>
    contrastOf(tokens.get(one) ?? '#000000', tokens.get(other) ?? '#000000');

  test(`has text of at least ${forText}:1 on every ground`, () => {
    const tooFaint = PAIRS.filter(([text, ground]) => ratio(text, ground) < forText);
    expect(tooFaint.map(([text, ground]) => `${text} on ${ground}: ${ratio(text, ground)}`)).toEqual([]);
  });

  test(`has control borders of at least ${forLines}:1`, () => {
    const tooFaint = GROUNDS.filter(ground => ratio('line-strong', ground) < forLines);
    expect(tooFaint.map(ground => `line-strong on ${ground}: ${ratio('line-strong', ground)}`)).toEqual([]);
  });
});
