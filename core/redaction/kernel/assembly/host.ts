/** What is known of the word at this address, as bits: see clear/clear-words.ts. */
export declare function answerTo(at: i32, count: i32): i32;
/** Whether the text is a spelling of nothing: see context/named-value.ts. */
export declare function isNothing(at: i32, count: i32): bool;
/** Whether a rule of this trie of shapes takes what the text begins with: see secrets/shape-trie.ts. */
export declare function isTaken(trie: i32, at: i32, count: i32): bool;
