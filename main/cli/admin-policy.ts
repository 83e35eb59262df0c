import { readFile } from 'node:fs/promises';
import { SallyportError } from '../../contract/errors.ts';
import type { AccessPolicy, PolicyReplayRow } from '../../contract/access-policy.ts';
import { readAccessPolicy } from '../../core/policy/read-policy.ts';
import { problemWords } from '../../core/settings/read-settings.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { EXIT, UsageError } from './command.ts';

interface PolicyArguments {
  /** check, test or show */
  readonly verb: string | undefined;
  readonly file: string | undefined;
  readonly json: boolean;
  /** of the newest requests, how many `test` looks at */
  readonly limit: string | undefined;
}

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 1000;

/** `sallyport admin policy check|test|show`. Only `check` works without a server. Exit code 1 for a policy that is not valid. */
export async function adminPolicy(
  connect: () => ServerHttp,
  { verb, file, json, limit }: PolicyArguments,
  io: CommandIo,
): Promise<ExitCode> {
  switch (verb) {
    case 'show':
      return show(connect(), json, io);
    case 'check': {
      const checked = await readPolicyFile(file, json, io);
      if (checked === null) return EXIT.findings;
      io.stdout.write(json ? `${JSON.stringify({ ok: true })}\n` : overview(checked.policy));
      return EXIT.ok;
    }
    case 'test': {
      const checked = await readPolicyFile(file, json, io);
      if (checked === null) return EXIT.findings;
      const input = { source: checked.source, limit: parseLimit(limit) };
      const { rows } = await connect().call('testPolicy', { input });
      io.stdout.write(json ? rows.map(row => `${JSON.stringify(row)}\n`).join('') : table(rows));
      return EXIT.ok;
    }
    default:
      throw new UsageError('say what to do with the policy: check FILE, test FILE or show.');
  }
}

async function readPolicyFile(
  file: string | undefined,
  json: boolean,
  io: CommandIo,
): Promise<{ readonly source: string; readonly policy: AccessPolicy } | null> {
  if (file === undefined) throw new UsageError('name the file with the policy.');
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SallyportError('bad-input', `${file} cannot be read.`, { cause });
  });
  const reading = readAccessPolicy(source);
  if ('policy' in reading) return { source, policy: reading.policy };
  if (json) io.stdout.write(`${JSON.stringify({ ok: false, problems: reading.problems })}\n`);
  else io.stdout.write(reading.problems.map(problem => `${file}: ${problemWords(problem)}\n`).join(''));
  return null;
}

async function show(http: ServerHttp, json: boolean, io: CommandIo): Promise<ExitCode> {
  const { policy } = await http.call('getPolicy', {});
  if (json) io.stdout.write(`${JSON.stringify(policy)}\n`);
  else if (policy === null) {
    io.stdout.write(
      'The server has no policy: the terms of each target decide. "sallyport server --policy FILE" sets one.\n',
    );
  } else {
    const since = new Date(policy.appliedAtMs).toISOString();
    io.stdout.write(
      `# in force since ${since}, SHA-256 ${policy.digest}\n${policy.source.replace(/\n?$/, '\n')}`,
    );
  }
  return EXIT.ok;
}

function overview({ rules, groups }: AccessPolicy): string {
  const named = new Set(
    rules.flatMap(({ who, approvals }) => [...(who.groups ?? []), ...(approvals.by?.groups ?? [])]),
  );
  const foreign = [...named].filter(name => !Object.hasOwn(groups, name));
  return [
    `The policy is valid: ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}; what none of them fits is refused.\n`,
    foreign.length === 0
      ? ''
      : `Not defined in the file, so an identity provider has to tell who is in them: ${foreign.join(', ')}.\n`,
  ].join('');
}

function table(rows: readonly PolicyReplayRow[]): string {
  if (rows.length === 0) return 'There are no past requests to test it against.\n';
  const cells = rows.map(row => [
    new Date(row.createdAtMs).toISOString().slice(0, 16).replace('T', ' '),
    row.requester,
    `${row.account}@${row.target}`,
    `${row.minutes} min${row.isExtension ? ' more' : ''}`,
    row.was,
    row.would,
    row.rule ?? '–',
    row.why,
  ]);
  const head = ['asked', 'by', 'for', 'time', 'was', 'would be', 'rule', 'why'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map(row => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `${row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const counts = new Map<string, number>();
  for (const { would } of rows) counts.set(would, (counts.get(would) ?? 0) + 1);
  const summary = [...counts].map(([would, count]) => `${count} ${would}`).join(', ');
  return `${line(head)}${cells.map(line).join('')}${rows.length} requests: ${summary}.\n`;
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new UsageError(`--limit takes a number from 1 to ${MAX_LIMIT}, not "${text}".`);
}
