import type { SegmentContent } from '../../../core/recording/segment.ts';
import type { LineMatcher } from './line-matcher.ts';
import type { SearchHit } from './screen-hits.ts';
import { shownPart } from './screen-hits.ts';

/** Less is played at once. */
const MIN_CHARACTERS = 32 * 1024;
/** Everything but printed characters, line ends, tabs, bells and colours: with it the text alone does not say what the screen showed. */
const NOT_PLAIN = /[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]|\r(?!\r*\n)|\x1b(?!\[[\d;:]*m)/;
const COLOURS = /\x1b\[[\d;:]*m/g;
/** A keyframe puts each of its rows into its place. */
const PLACES = /\x1b\[\d*;\d*H/g;
const OTHER_SEQUENCES = /\x1b(?:\[[^@-~]*[@-~]|[()].|.)/g;

/**
 * The hits of a block of much output that is only lines and colours, as of `cat` or a log: its text alone tells them, many times faster
 * than a terminal. Null where a terminal is needed: for other output, and where the match may stand in what the block before left.
 */
export function hitsInPlainOutput(
  contents: readonly SegmentContent[],
  matcher: LineMatcher,
): readonly SearchHit[] | null {
  const outputs = outputsOf(contents);
  if (outputs === null) return null;
  const hits: SearchHit[] = [];
  let line = '';
  let known: number | null = null;
  let isFirst = true;
  const note = (atMs: number): void => {
    const match = line === '' ? null : matcher(line);
    if (match === null) return;
    const shown = shownPart(line, match);
    if (known === null) known = hits.push({ atMs, ...shown }) - 1;
    else hits[known] = { atMs: hits[known]?.atMs ?? atMs, ...shown };
  };
  for (const { atMs, text } of outputs) {
    const pieces = text.replaceAll(COLOURS, '').replaceAll('\t', ' ').split(/\r*\n/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        if (isFirst && isSeenFirst(contents, line, matcher)) return null;
        isFirst = false;
        line = '';
        known = null;
      }
      line += piece;
      note(atMs);
    }
  }
  return isFirst ? null : hits;
}

function outputsOf(contents: readonly SegmentContent[]): { atMs: number; text: string }[] | null {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const outputs: { atMs: number; text: string }[] = [];
  let characters = 0;
  for (const { events } of contents)
    for (const event of events) {
      if (event.kind === 'resize') return null;
      if (event.kind !== 'output') continue;
      const text = decoder.decode(event.bytes);
      // a sequence or a line end that was cut in two is none that is told by its text
      if (NOT_PLAIN.test(text)) return null;
      characters += text.length;
      outputs.push({ atMs: event.atMs, text });
    }
  return characters < MIN_CHARACTERS ? null : outputs;
}

/** Whether the line that the block begins in has the match, alone or with what stands before it. */
function isSeenFirst(contents: readonly SegmentContent[], line: string, matcher: LineMatcher): boolean {
  const keyframe = contents[0]?.keyframe ?? null;
  const shown = keyframe === null ? '' : keyframe.screen + keyframe.pending;
  const before = shown.replaceAll(PLACES, '\n').replaceAll(OTHER_SEQUENCES, '');
  return matcher(line) !== null || before.split('\n').some(row => matcher(row + line) !== null);
}
