/** See `KIND` of gate/character-kinds.ts. */
export const KIND_OTHER: i32 = 0;
export const KIND_DIGIT: i32 = 3;
export const KIND_MARK: i32 = 4;

/** See `SIGHT` of gate/gate-literals.ts and `MARK` of gate/character-kinds.ts. */
export const SIGHT_DIGITS: i32 = 1;
export const SIGHT_AT: i32 = 2;
export const SIGHT_URL: i32 = 4;
export const SIGHT_COLONS: i32 = 8;
export const SIGHT_KEY: i32 = 16;
export const SIGHT_CONTEXT: i32 = 32;
export const SIGHT_SECRET: i32 = 64;
export const SIGHT_TITLE: i32 = 256;
export const SIGHT_LONG_TOKEN: i32 = 4096;
export const SIGHT_ADDRESS: i32 = 8192;
export const SIGHT_STREET: i32 = 16384;
export const SIGHT_NAMES: i32 = 32768;
export const SIGHT_HOUSE: i32 = 131072;

export const MARK_TAB: i32 = 1;
export const MARK_PIPE: i32 = 2;
export const MARK_COMMA: i32 = 4;
export const MARK_SEMICOLON: i32 = 8;
export const MARK_PARENTHESIS: i32 = 16;
export const MARK_QUOTE: i32 = 1024;
export const MARK_PROMPT: i32 = 2048;
/** `%`, `\`, ESC, `&`, `+`, `"`. */
export const MARKS_ESCAPING: i32 = 32 | 64 | 128 | 256 | 512 | 1024;
