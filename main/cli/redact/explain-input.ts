import type { Entity, RedactionAction, RedactionPolicy } from '../../../contract/redaction.ts';
import type { Explanation } from '../../../core/redaction/explain.ts';
import { createExplainer } from '../../../core/redaction/explain.ts';
import { reasonWords } from '../../../core/redaction/reason-words.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { quietBrokenPipe, write } from '../write.ts';
import { inputText } from './input-text.ts';

/** Longer masks are cut in the report. */
const SHOWN_CHARACTERS = 60;

const WORDS: Readonly<Record<RedactionAction, string>> = {
  mask: 'masked',
  partial: 'partly masked',
  token: 'a pseudonym',
  allow: 'shown as they are',
  block: 'masked, and the session locks',
};

interface Totals {
  readonly byEntity: Map<Entity, Map<RedactionAction, number>>;
  values: number;
}

/** The dry run: a report on standard output in place of the redacted text. */
export async function explainInput(
  io: CommandIo,
  options: {
    readonly policy: RedactionPolicy;
    readonly tokenOf: (value: string) => string;
    readonly isJson: boolean;
  },
): Promise<ExitCode> {
  const { policy, tokenOf, isJson } = options;
  const explainer = createExplainer(policy, tokenOf);
  const totals: Totals = { byEntity: new Map(), values: 0 };
  let lines = 0;
  let isInLine = false;
  let isGone = false;
  const quiet = quietBrokenPipe(io.stdout, () => {
    isGone = true;
  });
  const tell = async (explanations: readonly Explanation[]): Promise<void> => {
    for (const each of explanations) {
      count(totals, each);
      isGone ||= !(await write(io.stdout, isJson ? `${JSON.stringify(each)}\n` : entryFor(each)));
      if (isGone) return;
    }
  };
  try {
    for await (const text of inputText(io)) {
      lines += text.split('\n').length - 1;
      if (text !== '') isInLine = !text.endsWith('\n');
      await tell(explainer.feed(text));
      if (isGone) return EXIT.ok;
    }
    await tell(explainer.end());
    if (isInLine) lines++;
    if (!isGone)
      await write(io.stdout, isJson ? jsonTotals(totals, lines, policy) : totalsFor(totals, lines, policy));
  } finally {
    quiet.dispose();
  }
  return EXIT.ok;
}

function entryFor({ line, column, entity, action, shown, ...why }: Explanation): string {
  const place = `${line}:${column}`.padEnd(9);
  const text = shown === null ? '(the value itself is shown)' : cut(shown);
  return `${place} ${entity.padEnd(16)} ${action.padEnd(8)} ${text}\n${' '.repeat(10)}found ${reasonWords(why)} [${why.rule}]\n`;
}

function cut(shown: string): string {
  // line feeds and the like never come from a mask; a partial one may keep them
  const printable = shown.replace(/\p{Cc}/gu, ' ');
  return printable.length > SHOWN_CHARACTERS ? `${printable.slice(0, SHOWN_CHARACTERS)}…` : printable;
}

function count(totals: Totals, { entity, action }: Explanation): void {
  totals.values++;
  const actions = totals.byEntity.get(entity) ?? new Map<RedactionAction, number>();
  actions.set(action, (actions.get(action) ?? 0) + 1);
  totals.byEntity.set(entity, actions);
}

function totalsFor(totals: Totals, lines: number, policy: RedactionPolicy): string {
  const found = totals.values === 1 ? '1 value' : `${totals.values === 0 ? 'no' : totals.values} values`;
  const head = `${totals.values === 0 ? '' : '\n'}${lines} ${lines === 1 ? 'line' : 'lines'}, ${found} found; policy "${policy.name}"\n`;
  const rows = [...totals.byEntity].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    head +
    rows
      .flatMap(([entity, actions]) =>
        [...actions].map(
          ([action, number]) => `  ${entity.padEnd(16)} ${String(number).padStart(6)}  ${WORDS[action]}\n`,
        ),
      )
      .join('')
  );
}

function jsonTotals(totals: Totals, lines: number, policy: RedactionPolicy): string {
  const byEntity = Object.fromEntries(
    [...totals.byEntity].map(([entity, actions]) => [entity, Object.fromEntries(actions)]),
  );
  return `${JSON.stringify({ totals: { policy: policy.name, lines, values: totals.values, entities: byEntity } })}\n`;
}
