/**
 * The gate for input. Closed from the start; it opens only when main says so and no cover lies over the session, and closes in the
 * same tick in which either ends. What comes while it is closed is dropped, never kept for later: keys typed at a locked screen
 * must not reach a program when it is lifted.
 *
 * Nothing here takes a data frame: `allow`, `setCovered` and `shut` are called for control messages of main and by the session.
 */
export interface InputGate {
  readonly isOpen: boolean;
  /** Input that did not pass, in bytes: closed, or refused by a transport with too much input waiting. */
  readonly droppedBytes: number;
  /** Main's word. */
  allow(isAllowed: boolean): void;
  /** A cover closes, and takes main's word back; an uncovered gate opens again only by a newer word. */
  setCovered(isCovered: boolean): void;
  /** For good: the recorder failed or the session is ending. */
  shut(): void;
  /** Returns whether the input passed. */
  input(bytes: Uint8Array): boolean;
}

export function createInputGate(options: {
  /** Returns false when it takes nothing (`Transport.write`). */
  readonly pass: (bytes: Uint8Array) => boolean;
  readonly onChange: (isOpen: boolean) => void;
}): InputGate {
  let isAllowed = false;
  let isCovered = false;
  let isShut = false;
  let wasOpen = false;
  let droppedBytes = 0;
  const isOpen = (): boolean => isAllowed && !isCovered && !isShut;
  const changed = (): void => {
    if (isOpen() === wasOpen) return;
    wasOpen = isOpen();
    options.onChange(wasOpen);
  };
  return {
    get isOpen() {
      return isOpen();
    },
    get droppedBytes() {
      return droppedBytes;
    },
    allow(allowed) {
      isAllowed = allowed;
      changed();
    },
    setCovered(covered) {
      isCovered = covered;
      if (covered) isAllowed = false;
      changed();
    },
    shut() {
      isShut = true;
      changed();
    },
    input(bytes) {
      const hasPassed = isOpen() && options.pass(bytes);
      if (!hasPassed) droppedBytes += bytes.length;
      return hasPassed;
    },
  };
}
