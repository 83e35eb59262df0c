import type { FuzzCase } from './fuzz-case.ts';
import type { Failure } from './run-case.ts';

/**
 * Failures that `npm run fuzz` shows and nobody has mended yet; the sample of the unit tests lets them pass, so that it fails for every
 * other one. What is mended leaves this list, and a case of it goes to found.test.ts.
 */
export interface OpenLeak {
  readonly name: string;
  readonly applies: (fuzzCase: FuzzCase, failure: Failure) => boolean;
}

const inLayouts =
  (...layouts: readonly string[]): OpenLeak['applies'] =>
  ({ layout }) =>
    layouts.some(prefix => layout.startsWith(prefix));

export const OPEN_LEAKS: readonly OpenLeak[] = [
  { name: 'a table that a pager has shifted sideways', applies: inLayouts('pager-shifted') },
  {
    name: 'rows that leave a scroll region in the frame that printed them',
    applies: inLayouts('scroll-region'),
  },
  {
    name: 'the picture of a record by lines depends on the cut',
    applies: ({ layout }, { kind }) => kind === 'split' && /^(psql-expanded|mysql-vertical)$/.test(layout),
  },
  { name: 'a value whose tail stands before its head', applies: inLayouts('cursor-over-gap') },
  { name: 'a tab at the right margin, which moves nothing', applies: inLayouts('sql-copy', 'mysql-batch') },
  { name: 'a value made by deleting what stood in it', applies: inLayouts('delete-characters') },
  {
    name: 'a MAC address after two or three bytes',
    applies: (fuzzCase, { entity }) => ['mac', 'ipv6'].includes(entity) && fuzzCase.arrival !== 'whole',
  },
  {
    name: 'a wrap by the program with a pause before it',
    applies: fuzzCase => fuzzCase.layout === 'wrapped-by-program' && fuzzCase.arrival === 'pauses',
  },
  { name: 'a part that came after a pause, then erased before', applies: inLayouts('moving-value') },
];
