/**
 * Tells which escape sequence a stream of text has begun and not finished (ECMA-48; states after Williams' parser,
 * vt100.net/emu/dec_ansi_parser, reduced to "is it over?"). A keyframe is taken at a place where output was cut by time or size,
 * maybe inside a sequence; the unfinished part is stored beside the screen and written after it.
 */
export interface UnfinishedSequence {
  push(text: string): void;
  /** Text since the start of the unfinished sequence, empty between sequences; null where it is too long to be kept. */
  readonly pending: string | null;
}

/** A longer one (an inline picture, say) is not kept: the keyframe waits for its end. */
export const MAX_PENDING_CHARACTERS = 16 * 1024;

type State = 'ground' | 'escape' | 'csi' | 'string' | 'string-escape';

export function createUnfinishedSequence(): UnfinishedSequence {
  let state: State = 'ground';
  let pending = '';
  let isTooLong = false;

  return {
    push(text) {
      // Between sequences only ESC and the C1 introducers matter: skip to the next one at the speed of a native search.
      let from = 0;
      while (from < text.length) {
        if (state === 'ground') {
          INTRODUCERS.lastIndex = from;
          const match = INTRODUCERS.exec(text);
          if (match === null) return;
          from = match.index;
        }
        const character = text.charAt(from);
        state = next(state, character);
        from += 1;
        if (state === 'ground') {
          pending = '';
          isTooLong = false;
        } else if (state === 'escape' && character === ESC) {
          pending = character;
          isTooLong = false;
        } else if (pending.length >= MAX_PENDING_CHARACTERS) isTooLong = true;
        else pending += character;
      }
    },
    get pending() {
      return isTooLong ? null : pending;
    },
  };
}

const ESC = '\x1b';
/** ESC, and the 8-bit DCS, SOS, CSI, OSC, PM, APC */
const INTRODUCERS = /[\x1b\x90\x98\x9b\x9d-\x9f]/g;

function next(state: State, character: string): State {
  const code = character.charCodeAt(0);
  if (code === 0x18 || code === 0x1a) return 'ground';
  switch (state) {
    case 'ground':
      if (code === 0x1b) return 'escape';
      return code === 0x9b ? 'csi' : 'string';
    case 'escape':
      if (code === 0x1b) return 'escape';
      if (character === '[') return 'csi';
      if ('PX]^_'.includes(character)) return 'string';
      return code >= 0x30 && code <= 0x7e ? 'ground' : 'escape';
    case 'csi':
      if (code === 0x1b) return 'escape';
      return code >= 0x40 && code <= 0x7e ? 'ground' : 'csi';
    case 'string':
      if (code === 0x07 || code === 0x9c) return 'ground';
      return code === 0x1b ? 'string-escape' : 'string';
    case 'string-escape':
      return character === '\\' ? 'ground' : next('escape', character);
  }
}
