import type { NameLine, NamePair } from './name-pairs.ts';
import { NAME_OF_THING } from './name-stops.ts';
import { foldName } from '../../gazetteer/fold-name.ts';

const MAX_WORDS = 5;

/** `Jane Doe <jane@example.org>`: the words directly before an address in angle brackets (RFC 5322, name-addr), unless they are a team. */
export function mailedName({ line, tokens, known }: NameLine, at: number): NamePair | null {
  const first = tokens[at];
  if (first?.isCapital !== true || first.isProgram) return null;
  let last = at;
  while (last - at < MAX_WORDS) {
    const token = tokens[last];
    const next = tokens[last + 1];
    if (token === undefined || next === undefined) return null;
    const gap = line.slice(token.end, next.start);
    if (/^"? <$/.test(gap)) break;
    if (!/^\.? $/.test(gap)) return null;
    last++;
  }
  const family = tokens[last];
  if (
    family?.isCapital !== true ||
    last === at ||
    !/^"? <[^\s<>@]{1,64}@[^\s<>]+>/.test(line.slice(family.end, family.end + 160))
  )
    return null;
  const words = tokens.slice(at, last + 1);
  if (words.some(({ text }) => NAME_OF_THING.has(foldName(text)) || (text.length > 3 && known(text).isStop)))
    return null;
  const end = family.end;
  return {
    start: first.start,
    end,
    next: last + 1,
    score: 0.75,
    evidence: 'before an address in angle brackets',
  };
}
