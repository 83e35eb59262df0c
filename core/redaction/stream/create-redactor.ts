import type { Redactor, RedactorOptions } from '../redactor.ts';
import { RedactorStream } from './redactor-stream.ts';

/**
 * The redactor of one terminal stream: see the interface for its promises. Bytes pass through as they came; where a value
 * stands, its characters are replaced in place, column for column, and what had been sent before it was a value is painted over.
 * Control strings and sequences that a remote host must not use are dropped (see control-strings.ts and csi.ts), as are bytes
 * that are not UTF-8; what comes out is valid UTF-8 and never ends within a character or a sequence.
 */
export function createRedactor(options: RedactorOptions): Redactor {
  const stream = new RedactorStream(options);
  return {
    write: bytes => stream.write(bytes),
    flush: () => stream.flush(),
    end: () => stream.end(),
    resize: (cols, rows) => stream.resize(cols, rows),
    noteInput: bytes => stream.noteInput(bytes),
    get holdMs() {
      return stream.holdMs;
    },
    get undecidedFrom() {
      return stream.undecidedFrom;
    },
  };
}
