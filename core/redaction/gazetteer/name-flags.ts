/** What the gazetteer knows of a word, as bits. */
export const NAME_FLAG = {
  given: 1,
  family: 2,
  /** Also an English word: `Will`, `Grace`, `Baker`. */
  word: 4,
  /** Also a place: `Victoria`, `Jordan`. */
  place: 8,
} as const;
