import type { LocatedText, Place } from './located-text.ts';

/** A part of a text. */
export interface TextSpan {
  readonly text: LocatedText;
  readonly start: number;
  readonly end: number;
}

/** Parts of several texts, one after the other, as one: a value that stands in pieces. */
export class SpannedText implements LocatedText {
  readonly text: string;
  readonly #spans: readonly TextSpan[];

  constructor(spans: readonly TextSpan[]) {
    this.#spans = spans;
    this.text = spans.map(({ text, start, end }) => text.text.slice(start, end)).join('');
  }

  locate(i: number, place: Place): void {
    let left = i;
    for (const { text, start, end } of this.#spans) {
      if (left < end - start) return text.locate(start + left, place);
      left -= end - start;
    }
    place.row = null;
    place.x = 0;
    place.prov = -1;
  }
}
