const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ё: 'е',
  ς: 'σ',
};

/** Lower case without marks, as the gazetteer is written: `Łukasz` and `LUKASZ` are `lukasz`. */
export function foldName(name: string): string {
  const lower = name.toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[øłđðßæœþıёς]/g, letter => LETTERS[letter] ?? letter);
}
