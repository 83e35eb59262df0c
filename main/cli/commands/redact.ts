import { closeSync, openSync, writeSync } from 'node:fs';
import { MAX_COLS, MAX_ROWS, MIN_COLS, MIN_ROWS } from '../../../contract/data-plane.ts';
import { PRESET_NAMES } from '../../../contract/policy-source.ts';
import type { MaskMark } from '../../../contract/redaction.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { evidenceOf } from '../../../core/redaction/evidence.ts';
import { effectiveAction } from '../../../core/redaction/policy.ts';
import { createRedactor } from '../../../core/redaction/stream/create-redactor.ts';
import type { HelpPage, OptionTable } from '../command.ts';
import { defineCommand, UsageError } from '../command.ts';
import { choosePolicy } from '../redact/choose-policy.ts';
import { explainInput } from '../redact/explain-input.ts';
import { redactSql } from '../redact/redact-sql.ts';
import { redactStream } from '../redact/redact-stream.ts';
import { chooseTokenOf } from '../redact/token-key.ts';

const help: HelpPage = {
  about: `Reads a terminal's byte stream on standard input and writes it to standard output with personal data and secrets masked, width for
width. Where nothing is masked, the bytes are those that came in; bytes that are not UTF-8 are left out. Text with bare line feeds, as a pipe carries it, is read as a terminal
would show it.`,
  usage: [
    'redact [--cols N] [--rows N] [--policy FILE|NAME] [--token-key-file FILE] [--findings FILE]',
    'redact --sql [--policy FILE|NAME] [--token-key-file FILE] [--findings FILE]',
    'redact --explain [--json] [--policy FILE|NAME] [--token-key-file FILE]',
  ],
  lists: [
    {
      title: 'Presets',
      terms: {
        balanced: 'everything that is found is masked whole; private and loopback addresses are shown',
        strict: 'private and loopback addresses are masked too',
        support:
          'e-mail, phone, card, IBAN and SSN partly, people as pseudonyms; IP and MAC addresses are shown',
        'secrets-only': "keys, tokens and passwords, and the policy's columns",
      },
    },
  ],
  notes: `A policy says what happens to each entity: mask, partial (a recognisable rest stays), token (a pseudonym), allow, or block. It is a
JSON object, most easily a preset and what differs from it:

  { "preset": "balanced",
    "entities": { "email": "partial", "person": "token", "card": "block" },
    "columns": ["loyalty_number"],
    "allowValues": ["support@example.com"],
    "allowEmailDomains": ["example.com", "*.example.com"],
    "allowNetworks": ["192.0.2.0/24"], "allowPatterns": ["TEST-*"] }

Other keys: "name", "default" (the action for the other entities), "privateIps", "tokenScope" (session or organisation).

An action "block" masks the value, ends the output there and exits with 3: what a session would be locked for.`,
  exitCodes: '0 at the end of input or on SIGINT, 2 wrong arguments or policy, 3 blocked by the policy',
};

const options = {
  cols: {
    type: 'string',
    value: 'N',
    default: '80',
    about: 'columns of the terminal that the stream was made for (80)',
  },
  rows: { type: 'string', value: 'N', default: '24', about: 'its rows (24)' },
  policy: {
    type: 'string',
    value: 'FILE|NAME',
    completes: { fileOr: PRESET_NAMES },
    about: `a policy in JSON, or one of ${PRESET_NAMES.join(', ')}; default balanced`,
  },
  findings: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: `one JSON object a line for each mask: entity, rule, action, score, cells, evidence; never the value`,
  },
  'token-key-file': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: `the key for pseudonyms (16 bytes or more): runs with one key give equal values equal pseudonyms; without it each run has a key
of its own`,
  },
  sql: {
    type: 'boolean',
    default: false,
    about: `standard input is SQL (a script, a dump, a log of statements): literals are masked where their column names them (INSERT, SET,
WHERE, IN, COPY …) or their form does; the statements stay valid`,
  },
  explain: {
    type: 'boolean',
    default: false,
    about: `a dry run: instead of the text, a report of each value: line, column, entity, action, what would be shown, and why it was found;
then totals. Also tells what is found and shown`,
  },
  json: {
    type: 'boolean',
    default: false,
    about: 'with --explain: one JSON object a line; the last one holds the totals',
  },
} satisfies OptionTable;

export const command = defineCommand({
  name: 'redact',
  summary: 'terminal bytes in, redacted bytes out',
  help,
  options,
  takesArguments: false,
  async run({ values }, io) {
    checkCombination(values);
    const cols = sizeFrom('--cols', values.cols, MIN_COLS, MAX_COLS);
    const rows = sizeFrom('--rows', values.rows, MIN_ROWS, MAX_ROWS);
    const policy = choosePolicy(values.policy);
    const tokenOf = chooseTokenOf(values['token-key-file']);
    if (values.explain) return explainInput(io, { policy, tokenOf, isJson: values.json });
    const findings = values.findings === undefined ? null : openFindings(values.findings);
    let isBlocked = false;
    try {
      if (values.sql) {
        return await redactSql(io, {
          policy,
          tokenOf,
          onFinding(finding) {
            const { entity, rule, score, start, end } = finding;
            const action = effectiveAction(policy, entity);
            findings?.note({
              entity,
              rule,
              action,
              score,
              cells: end - start,
              evidence: evidenceOf(finding),
            });
          },
        });
      }
      const redactor = createRedactor({
        cols,
        rows,
        policy,
        detector: createLineDetector(policy),
        tokenOf,
        onMask: mark => findings?.note(mark),
        onBlock: () => {
          isBlocked = true;
        },
      });
      return await redactStream(redactor, io, () => isBlocked);
    } finally {
      findings?.close();
    }
  },
});

function checkCombination(values: {
  readonly sql: boolean;
  readonly explain: boolean;
  readonly json: boolean;
  readonly findings?: string | undefined;
}): void {
  if (values.json && !values.explain)
    throw new UsageError('--json goes with --explain; for masks as JSON use --findings FILE.');
  if (values.explain && values.sql) throw new UsageError('--explain reads text as it is; leave --sql out.');
  if (values.explain && values.findings !== undefined)
    throw new UsageError('--explain reports on standard output; leave --findings out.');
}

function sizeFrom(option: string, text: string, least: number, most: number): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < least || size > most) {
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
  }
  return size;
}

function openFindings(path: string): { note(mark: MaskMark): void; close(): void } {
  let file: number;
  try {
    file = openSync(path, 'w', 0o600);
  } catch {
    throw new UsageError(`Cannot write the findings to "${path}".`);
  }
  return { note: mark => void writeSync(file, `${JSON.stringify(mark)}\n`), close: () => closeSync(file) };
}
