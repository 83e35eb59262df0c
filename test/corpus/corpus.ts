import process from 'node:process';
import { parseArgs } from 'node:util';
import { corpusDetector, productDetector, readCorpus } from './corpora.ts';
import type { Measurement, Tally } from './measure.ts';
import { measure, ownCases, recogniserCases, sentenceCases, sumOf } from './measure.ts';

/**
 * `npm run corpus [-- --json] [--misses] [--min-score 0.5]`: what the detectors cover, by corpus and entity. The public corpora are read
 * where they are (see corpora.ts); the project's own vectors always. Nothing fails by the figures; corpora.test.ts holds the floor.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    'min-score': { type: 'string', default: '0.5' },
  },
});
const minScore = Number(values['min-score']);
if (!(minScore >= 0 && minScore <= 1)) {
  process.stderr.write(`--min-score takes a number from 0 to 1, not "${values['min-score']}".\n`);
  process.exit(2);
}
const detector = corpusDetector(minScore);
const recognisers = readCorpus('recognizer-cases.jsonl');
const sentences = readCorpus('sentences.jsonl');
const LEGEND = `covered: every letter and digit of the span is masked, by a finding of any entity; named: by one of the span's own
strong: the recogniser's own asserted score is 0.5 or more, or a "validate" case that is valid; other spans need a word that names them
flagged: negatives with a finding of their own entity; by any: of any entity · collateral: masked letters and digits outside all labels
precision: findings that touch a labelled span, of all findings in texts of that entity
`;

if (!values.json) process.stdout.write(LEGEND);
print('own vectors', measure(ownCases(), productDetector(minScore)));
if (recognisers === null || sentences === null)
  process.stderr.write(
    'The public corpora are not here: put them into ../shared/corpora beside the checkout, or name their folder in SALLYPORT_CORPORA.\n',
  );
if (recognisers !== null) {
  const measurement = measure(recogniserCases(recognisers), detector);
  print('recogniser cases', measurement);
  const commonest = [...measurement.tallies]
    .sort(([, a], [, b]) => b.spans + b.negatives - (a.spans + a.negatives))
    .slice(0, 25);
  print('recogniser cases, the 25 commonest types', { tallies: new Map(commonest), misses: [] }, true);
}
if (sentences !== null) print('synthetic sentences', measure(sentenceCases(sentences), detector));

function print(corpus: string, { tallies, misses }: Measurement, isSumOnly = false): void {
  const rows = isSumOnly ? [] : [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
  rows.push(['in all', sumOf(tallies.values())]);
  if (values.json) {
    for (const [entity, tally] of rows) write({ corpus, entity, ...tally, ...ratesOf(tally) });
    if (values.misses) for (const miss of misses) write({ corpus, ...miss });
    return;
  }
  process.stdout.write(`\n${corpus}\n`);
  for (const [entity, tally] of rows) process.stdout.write(`  ${entity.padEnd(26)} ${inWords(tally)}\n`);
  if (!values.misses) return;
  for (const { kind, entity, value, text, rule } of misses)
    process.stdout.write(
      `  ${kind} ${entity}${rule === undefined ? '' : ` (${rule})`}: ${JSON.stringify(value)} in ${JSON.stringify(text)}\n`,
    );
}

function inWords(tally: Tally): string {
  const { recall, strongRecall, precision } = ratesOf(tally);
  const parts: string[] = [];
  if (tally.spans > 0)
    parts.push(`covered ${tally.covered}/${tally.spans} = ${inPercent(recall)}, named ${tally.named}`);
  if (tally.strong > 0 && tally.strong !== tally.spans)
    parts.push(`strong ${tally.strongCovered}/${tally.strong} = ${inPercent(strongRecall)}`);
  if (tally.negatives > 0)
    parts.push(`negatives flagged ${tally.flagged}, by any ${tally.flaggedByAny}, of ${tally.negatives}`);
  if (tally.findings > 0) parts.push(`precision ${inPercent(precision)}, collateral ${tally.collateral}`);
  return parts.join(' · ');
}

function ratesOf(tally: Tally): Record<'recall' | 'strongRecall' | 'precision', number | null> {
  const share = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
  return {
    recall: share(tally.covered, tally.spans),
    strongRecall: share(tally.strongCovered, tally.strong),
    precision: share(tally.right, tally.findings),
  };
}

function inPercent(rate: number | null): string {
  return rate === null ? '–' : `${(rate * 100).toFixed(1)} %`;
}

function write(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
