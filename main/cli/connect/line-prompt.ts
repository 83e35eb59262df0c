import { StringDecoder } from 'node:string_decoder';

/** One line, typed at a terminal in raw mode: Backspace and Ctrl-U take back, Enter ends it, Escape and Ctrl-C give it up. */
export interface LinePrompt {
  take(bytes: Uint8Array): void;
}

export interface LinePromptOptions {
  /** echoes */
  readonly write: (text: string) => void;
  /** once; null: given up */
  readonly onAnswer: (line: string | null) => void;
}

const MAX_CHARACTERS = 500;
const RUB_OUT = '\b \b';

export function createLinePrompt({ write, onAnswer }: LinePromptOptions): LinePrompt {
  const decoder = new StringDecoder('utf8');
  let typed: string[] = [];
  let isOver = false;
  const end = (line: string | null): void => {
    isOver = true;
    write('\r\n');
    onAnswer(line);
  };
  const takeOne = (character: string): void => {
    switch (character) {
      case '\r':
      case '\n':
        return end(typed.join('').trim());
      case '\x03':
        return end(null);
      case '\b':
      case '\x7f':
        if (typed.pop() !== undefined) write(RUB_OUT);
        return undefined;
      case '\x15':
        write(RUB_OUT.repeat(typed.length));
        typed = [];
        return undefined;
      default:
        if (/\p{Cc}/u.test(character) || typed.length >= MAX_CHARACTERS) return undefined;
        typed.push(character);
        return write(character);
    }
  };
  return {
    take(bytes) {
      const text = decoder.write(Buffer.from(bytes));
      // Arrows and the like come as sequences, in one piece; the key alone is Escape.
      if (text.startsWith('\x1b')) return text === '\x1b' && !isOver ? end(null) : undefined;
      for (const character of text) if (!isOver) takeOne(character);
      return undefined;
    },
  };
}
