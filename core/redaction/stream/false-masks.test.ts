import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { createRedactor } from './create-redactor.ts';
import { bytesOf } from './testing/terminal.ts';

const policy = RedactionPolicy.parse({});
const detector = createLineDetector(policy);

/** The first record of an expanded table, its last value still open: a pager has not shown more of it. */
const RECORD = ['shop=> \\x', '-[ RECORD 1 ]-----', 'plan       | gold', 'first_name | Nora']
  .map(line => `${line}\r\n`)
  .join('');

/** What is masked of each of the writes, with the screen made smaller and larger again before the last one where asked for. */
function masksOf(writes: readonly string[], { resizes = false, cols = 60, rows = 12 } = {}): string[][] {
  const masks: string[][] = [];
  const redactor = createRedactor({
    cols,
    rows,
    policy,
    detector: detector.fork(),
    tokenOf: null,
    keyOf: value => value,
    onMask: ({ entity }, value) => masks.at(-1)?.push(`${entity} ${value}`),
    onBlock: () => undefined,
  });
  for (const [i, write] of writes.entries()) {
    if (resizes && i === writes.length - 1) {
      redactor.resize(cols - 20, rows - 2);
      redactor.resize(cols, rows);
    }
    masks.push([]);
    redactor.write(bytesOf(write));
    while (redactor.holdMs !== null) redactor.flush();
  }
  return masks;
}

describe('what is on the screen beside an expanded table', () => {
  it('is no value where another program paints the alternate screen', () => {
    const [record, painted] = masksOf([
      RECORD,
      '\x1b[?1049h\x1b[H\x1b[2Jserver {\r\n  listen 8080\r\n~\r\n~\x1b[?1049l',
    ]);
    expect(record).toEqual(['person nora']);
    expect(painted).toEqual([]);
  });

  it('is no value where it was printed before, and the terminal took another size', () => {
    const before = 'Use of this host is watched by its owners, as the notice at the door says.\r\n';
    const [record, painted] = masksOf([before + RECORD, '\x1b[2A\x1b[2B'], { resizes: true });
    expect(record).toEqual(['person nora']);
    expect(painted).toEqual([]);
  });

  it('is no value where it is the prompt of a pager', () => {
    const [, prompt, more] = masksOf([RECORD, '\x1b[3A\x1b[3B:', '\r\x1b[Klast_name  | Mercer\r\n:']);
    expect(prompt).toEqual([]);
    expect(more).toEqual(['person mercer']);
  });
});

describe('a column at the edge of a pager', () => {
  const page = (header: string, rule: string, row: string): string =>
    `\x1b[H\x1b[2J${header}\r\n${rule}\r\n${row}\r\n:`;

  it('is what its name says where that is whole', () => {
    const header = '   email      |    city    >';
    const rule = '--------------+------------>';
    expect(masksOf([page(header, rule, ' a@kunde.test | Hamburg    >')], { cols: 28 })).toEqual([
      ['email akundetest'],
    ]);
    const shifted = masksOf(
      [page('  city     |     email      ', '-----------+----------------', 'Hamburg    | a@kunde.test ')],
      { cols: 28 },
    );
    expect(shifted).toEqual([['email akundetest']]);
  });

  it('is hidden where its name is cut off, and nobody says that it was a password', () => {
    const header = '   email      | customer_na>';
    const rule = '--------------+------------>';
    expect(masksOf([page(header, rule, ' a@kunde.test | Mbeki-Zulu >')], { cols: 28 })).toEqual([
      ['email akundetest', 'named-column mbekizulu'],
    ]);
  });
});
