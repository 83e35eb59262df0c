import { Buffer } from 'node:buffer';
import type { Picture } from './emulator.ts';
import type { FuzzValue } from './scene.ts';

/** So many letters and digits of a value in a row, readable anywhere, are a leak. */
const LEAK_LENGTH = 4;
/** What stands between values, not in them: nobody reads a value over it. Masks do the same. */
const BETWEEN = /[|│"=;<>{}[\]\t]| {2,}/g;
const NOT_READ = /[^\p{L}\p{N}\n•*＊]/gu;

export const compact = (text: string): string => text.replaceAll(BETWEEN, '\n').replaceAll(NOT_READ, '');

/** Every run of four letters and digits of a text. */
export function fragmentsOf(text: string): string[] {
  const significant = text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const fragments: string[] = [];
  for (let i = 0; i + LEAK_LENGTH <= significant.length; i++)
    fragments.push(significant.slice(i, i + LEAK_LENGTH));
  return fragments;
}

/** What can be read in the bytes: the text in its order, and what the control strings hold, encoded or not. */
export function readableIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const strings = text.match(/\x1b[\]PX^_][^\x07\x1b]*/g) ?? [];
  const shown = text
    .replaceAll(/\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[\d;:]*m|\x1b[()][A-Z0-9]|\x1b[=>]/g, '')
    .replaceAll(/\x1b(?:\[[0-?]*[ -/]*[@-~]|.)|[\b\r\n]/g, '\n');
  return [shown, ...strings.flatMap(string => [string, percentDecoded(string), base64Decoded(string)])].map(
    compact,
  );
}

export function readableOn({ rows, title }: Picture): string[] {
  return [rows.join('\n'), rows.join(''), title].map(compact);
}

function percentDecoded(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, run => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function base64Decoded(text: string): string {
  return (text.match(/[A-Za-z\d+/_-]{8,}/g) ?? [])
    .map(run => Buffer.from(run, 'base64').toString('latin1'))
    .join('\n');
}

/** Fragments of the value that one of the texts shows and `allowed` does not hold. */
export function shownFragments(
  value: FuzzValue,
  texts: readonly string[],
  allowed: ReadonlySet<string>,
): string[] {
  return fragmentsOf(value.text).filter(
    fragment => !allowed.has(fragment) && texts.some(text => text.includes(fragment)),
  );
}
