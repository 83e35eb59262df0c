/** Words with a mark of one character or none, sorted: what each shares with the one before it is left out. */
export interface MarkedWord {
  readonly word: string;
  /** Empty, or one character that is no letter. */
  readonly mark: string;
}

const MAX_SHARED = 25;

/**
 * Writes each word as a capital for the length that it shares with the one before it (`A` = 0), the rest of the word in small letters,
 * and its mark.
 */
export function frontCoded(words: readonly MarkedWord[]): string {
  const sorted = [...words].sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0));
  let before = '';
  let coded = '';
  for (const { word, mark } of sorted) {
    let shared = 0;
    while (shared < MAX_SHARED && shared < word.length && word[shared] === before[shared]) shared++;
    coded += String.fromCharCode(0x41 + shared) + word.slice(shared) + mark;
    before = word;
  }
  return coded;
}

/** Reads what `frontCoded` wrote; `take` gets the words in order, with the code of their mark (0 without one). */
export function readFrontCoded(coded: string, take: (word: string, mark: number) => void): void {
  let before = '';
  for (let at = 0; at < coded.length; ) {
    const shared = coded.charCodeAt(at) - 0x41;
    const start = ++at;
    while (at < coded.length && !isCapital(coded.charCodeAt(at))) at++;
    const last = coded.charCodeAt(at - 1);
    const isMarked = last >= 0x30 && last < 0x41 && at > start;
    before = before.slice(0, shared) + coded.slice(start, isMarked ? at - 1 : at);
    take(before, isMarked ? last : 0);
  }
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}
