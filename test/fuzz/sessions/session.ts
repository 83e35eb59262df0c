/**
 * Output of a program or a terminal in which values stand between guillemets, and a bar parts tokens so that nobody's push protection takes
 * them for real ones; neither is part of it.
 */
export interface Session {
  readonly name: string;
  readonly cols?: number;
  readonly rows?: number;
  /** One string a write; null where the host is quiet for longer than anything is held back. */
  readonly writes: readonly (string | null)[];
  /** Values that stand in pieces; those between guillemets count besides. */
  readonly values?: readonly string[];
  /** Words that are shown and look like a part of a value. */
  readonly own?: string;
  /** It begins in the clear before it is a value: judged by the last screen. */
  readonly isByScreen?: boolean;
}

export const lines = (...all: readonly string[]): string => all.map(line => `${line}\r\n`).join('');

/** The text in writes of so many characters. */
export const pieces = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));

const MARKED = /«(.*?)»/gs;
const COLOUR = /\x1b\[[\d;:]*[A-Za-z]/g;

/** The values of a session, each once. */
export function valuesOf({ writes, values = [] }: Session): readonly string[] {
  const marked = writes.flatMap(text =>
    [...(text ?? '').matchAll(MARKED)].map(match => (match[1] ?? '').replaceAll(COLOUR, '')),
  );
  return [...new Set([...values, ...marked])].map(value => value.replaceAll('¦', ''));
}

/** What is sent. */
export function sentBy({ writes }: Session): readonly (string | null)[] {
  return writes.map(text => text?.replaceAll(/[«»¦]/g, '') ?? null);
}

/** What stands around the values, where they stand between guillemets. */
export function aroundValues({ writes, values, own = '' }: Session): string {
  if (values !== undefined) return own;
  return [own, ...writes.map(text => (text ?? '').replaceAll(MARKED, '\n'))].join('\n');
}
