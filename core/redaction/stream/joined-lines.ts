import type { ReadingContext } from './reading-context.ts';
import { continuedFindings, isJoinable, isWholeAddress } from './continuations.ts';
import type { LocatedText, Place } from './located-text.ts';
import type { ScreenText } from './screen-text.ts';
import { createDumpReader } from './hex-dump.ts';
import { SpannedText } from './spanned-text.ts';
import type { StreamState } from './state.ts';
import { MAX_ROW_LINES, mayBeWrapped } from './wrapped-cells.ts';

/** Text that runs on over a program's own line ends is joined up to here: a key or a token over some rows. */
const MAX_JOINED_UNITS = 4096;
/** Groups of a value, and rows of a dump, do not go over more lines. */
const MAX_CONTINUED_LINES = 5;

/** The line before is full and this one starts at the margin, with characters that one value can have. */
function runsOn(before: ScreenText, after: ScreenText): boolean {
  return before.isOpenEnded && isJoinable(after.text.slice(0, 1));
}

/** Lines one below the other that a program may have wrapped by itself: values in them go on over the line ends. */
export class JoinedLines {
  readonly #state: StreamState;
  readonly #rowOf = createDumpReader();
  /** The last lines, whole: values in groups go on over line ends before the margin. */
  #last: { text: ScreenText; isNew: boolean }[] = [];
  #texts: ScreenText[] = [];
  #units = 0;
  #context: ReadingContext | null = null;
  #isNew = false;

  constructor(state: StreamState) {
    this.#state = state;
  }

  /** `isNew`: it was not looked at in this context before. */
  add(text: ScreenText, context: ReadingContext, isNew: boolean): void {
    this.#continue(text, isNew);
    const previous = this.#texts.at(-1);
    if (previous !== undefined && !runsOn(previous, text)) this.#endJoined();
    else if (previous !== undefined && this.#units + text.text.length > MAX_JOINED_UNITS) {
      this.#endJoined();
      this.#push(previous, context, isNew);
    }
    this.#push(text, context, isNew);
  }

  #push(text: ScreenText, context: ReadingContext, isNew: boolean): void {
    this.#context ??= context;
    this.#texts.push(text);
    this.#units += text.text.length;
    this.#isNew ||= isNew;
  }

  /** Values in groups that go on in this line, and rows of a dump. */
  #continue(text: ScreenText, isNew: boolean): void {
    const kept = mayBeWrapped(text.text) ? MAX_ROW_LINES : MAX_CONTINUED_LINES;
    this.#last = [...this.#last.slice(1 - kept), { text, isNew }];
    if (!this.#last.some(each => each.isNew)) return;
    const { fresh, masker } = this.#state;
    const lines = this.#last.map(each => ({ text: each.text.text, isFull: each.text.isFull }));
    const find = (joined: string) => fresh.findings(joined, true);
    for (const { finding, spans } of continuedFindings(lines, {
      find,
      rowOf: this.#rowOf,
      joinsAtEdge: false,
    })) {
      const located = new SpannedText(
        spans.flatMap(({ line, start, end }) => {
          const part = this.#last[line]?.text;
          return part === undefined ? [] : [{ text: part, start, end }];
        }),
      );
      masker.apply(located, [{ ...finding, start: 0, end: located.text.length }]);
    }
  }

  /** Nothing goes on from here. */
  end(): void {
    this.#last = [];
    this.#endJoined();
  }

  /** Nothing goes on over the margin from here: masks what was found over the line ends. */
  #endJoined(): void {
    if (this.#isNew && this.#texts.length > 1 && this.#context !== null) {
      const joined = new JoinedText(this.#texts);
      const found = this.#context
        .findings(joined.text)
        .filter(({ start, end }) =>
          joined.ends.some(at => start < at && end > at && !isWholeAddress(joined.text.slice(at, end))),
        );
      this.#state.masker.apply(joined, found);
    }
    if (this.#texts.length > 0) this.#texts = [];
    this.#units = 0;
    this.#context = null;
    this.#isNew = false;
  }
}

/** Lines one after the other as one text. */
class JoinedText implements LocatedText {
  readonly text: string;
  /** Offsets where one line ends and the next begins. */
  readonly ends: readonly number[];
  readonly #texts: readonly ScreenText[];
  readonly #starts: number[] = [];

  constructor(texts: readonly ScreenText[]) {
    this.#texts = texts;
    let text = '';
    for (const each of texts) {
      this.#starts.push(text.length);
      text += each.text;
    }
    this.text = text;
    this.ends = this.#starts.slice(1);
  }

  locate(i: number, place: Place): void {
    let at = this.#starts.length - 1;
    while (at > 0 && (this.#starts[at] ?? 0) > i) at--;
    this.#texts[at]?.locate(i - (this.#starts[at] ?? 0), place);
  }
}
