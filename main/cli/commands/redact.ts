import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MAX_COLS, MAX_ROWS, MIN_COLS, MIN_ROWS } from '../../../contract/data-plane.ts';
import { PRESET_NAMES } from '../../../contract/policy-source.ts';
import type { MaskMark } from '../../../contract/redaction.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { evidenceOf } from '../../../core/redaction/evidence.ts';
import { effectiveAction } from '../../../core/redaction/policy.ts';
import { createRedactor } from '../../../core/redaction/stream/create-redactor.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../command.ts';
import { choosePolicy } from '../redact/choose-policy.ts';
import { explainInput } from '../redact/explain-input.ts';
import { redactSql } from '../redact/redact-sql.ts';
import { redactStream } from '../redact/redact-stream.ts';
import { chooseTokenOf } from '../redact/token-key.ts';

const help = `Usage: sallyport redact [--cols N] [--rows N] [--policy FILE|NAME] [--token-key-file FILE] [--findings FILE]
       sallyport redact --sql [--policy FILE|NAME] [--token-key-file FILE] [--findings FILE]
       sallyport redact --explain [--json] [--policy FILE|NAME] [--token-key-file FILE]

Reads a terminal's byte stream on standard input and writes it to standard output with personal data and secrets masked,
width for width. Where nothing is masked, the bytes are those that came in. Text with bare line feeds, as a pipe carries it, is read as a
terminal would show it.

  --cols N, --rows N     size of the terminal that the stream was made for, default 80 and 24
  --policy FILE|NAME     a policy in JSON, or one of ${PRESET_NAMES.join(', ')}; default balanced
  --findings FILE        one JSON object a line for each mask: entity, rule, action, score, cells, evidence; never the value
  --token-key-file FILE  the key for pseudonyms (16 bytes or more): runs with one key give equal values equal pseudonyms;
                         without it each run has a key of its own
  --sql                  standard input is SQL (a script, a dump, a log of statements): literals are masked where their column names
                         them (INSERT, SET, WHERE, IN, COPY …) or their form does; the statements stay valid
  --explain              a dry run: instead of the text, a report of each value: line, column, entity, action, what would be shown, and
                         why it was found; then totals. Also tells what is found and shown
  --json                 with --explain: one JSON object a line; the last one holds the totals

A policy says what happens to each entity: mask, partial (a recognisable rest stays), token (a pseudonym), allow, or block. It is a JSON
object, most easily a preset and what differs from it:

  { "preset": "balanced",
    "entities": { "email": "partial", "person": "token", "card": "block" },
    "columns": ["loyalty_number"],
    "allowValues": ["support@example.com"], "allowEmailDomains": ["example.com", "*.example.com"],
    "allowNetworks": ["192.0.2.0/24"], "allowPatterns": ["TEST-*"] }

  balanced      everything that is found is masked whole; private and loopback addresses are shown
  strict        private and loopback addresses are masked too
  support       e-mail, phone, card, IBAN and SSN partly, people as pseudonyms; IP and MAC addresses are shown
  secrets-only  keys, tokens and passwords, and the policy's columns
  other keys    "name", "default" (the action for the other entities), "privateIps", "tokenScope" (session or organisation)

An action "block" masks the value, ends the output there and exits with 3: what a session would be locked for.

Exit code: 0 at the end of input or on SIGINT, 2 wrong arguments or policy, 3 blocked by the policy.
`;

export const command: Command = {
  name: 'redact',
  summary: 'terminal bytes in, redacted bytes out',
  help,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        cols: { type: 'string', default: '80' },
        rows: { type: 'string', default: '24' },
        policy: { type: 'string' },
        findings: { type: 'string' },
        'token-key-file': { type: 'string' },
        sql: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
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
};

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
