import { MAX_INPUT_BYTES } from '../../contract/data-plane.ts';

/** Cuts input into messages of at most `MAX_INPUT_BYTES`, none of them empty. Cuts may fall inside a character: bytes are joined again. */
export function inputPieces(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += MAX_INPUT_BYTES) {
    pieces.push(bytes.slice(start, start + MAX_INPUT_BYTES));
  }
  return pieces;
}

/** xterm.js reports mouse positions in the old encoding as one character a byte. */
export function bytesOfBinary(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0) & 0xff);
}
