/** A part of a help text: prose to be filled, or lines that stay as they are. */
export type Paragraph =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'literal'; readonly lines: readonly string[] };

/** Parted by empty lines; a paragraph whose lines all begin with two blanks is literal. */
export function paragraphs(text: string): Paragraph[] {
  return text
    .split(/\n[ ]*\n/)
    .map(part => part.replace(/^\n+|\s+$/g, ''))
    .filter(part => part !== '')
    .map(part => {
      const lines = part.split('\n');
      return lines.every(line => line.startsWith('  '))
        ? { kind: 'literal', lines }
        : { kind: 'prose', text: part.replace(/\s+/g, ' ').trim() };
    });
}

/** Lines of at most `width` characters, where words are not longer than that. */
export function fill(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(each => each !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
