import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entity } from '../../../contract/redaction.ts';
import { evidenceOf } from '../../../core/redaction/evidence.ts';
import { reasonWords } from '../../../core/redaction/reason-words.ts';
import type { TextFinding } from '../../../core/redaction/scan-text.ts';
import type { Report } from './report.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const SECRETS: ReadonlySet<Entity> = new Set<Entity>(['jwt', 'private-key', 'api-key', 'password']);

/**
 * SARIF 2.1.0 (OASIS), written while the scan runs: results first, the rules that they used behind them. Columns and offsets count
 * Unicode code points. Secrets are errors, personal data warnings.
 */
export function createSarifReport(version: string): Report {
  /** in the order of their first result: the index that results refer to */
  const rules = new Map<string, { readonly entity: Entity; readonly index: number }>();
  let results = 0;
  const indexOf = (rule: string, entity: Entity): number => {
    const known = rules.get(rule) ?? { entity, index: rules.size };
    rules.set(rule, known);
    return known.index;
  };
  return {
    begin: () =>
      `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints","results":[`,
    finding(file, found) {
      const result = resultOf(file, found, indexOf(found.rule, found.entity));
      return `${results++ === 0 ? '' : ','}\n${JSON.stringify(result)}`;
    },
    end({ problems, isInterrupted }) {
      const driver = {
        name: 'sallyport',
        version,
        rules: [...rules].map(([id, { entity }]) => ruleOf(id, entity)),
      };
      const invocation = {
        executionSuccessful: problems.length === 0 && !isInterrupted,
        toolExecutionNotifications: [
          ...problems.map(text => ({ level: 'error', message: { text } })),
          ...(isInterrupted
            ? [
                {
                  level: 'warning',
                  message: { text: 'The scan was interrupted: these results are not all.' },
                },
              ]
            : []),
        ],
      };
      return `\n],"tool":${JSON.stringify({ driver })},"invocations":${JSON.stringify([invocation])}}]}\n`;
    },
  };
}

function resultOf(file: string, found: TextFinding, ruleIndex: number): object {
  const { entity, rule, score, line, column, start, end } = found;
  const evidence = evidenceOf(found);
  return {
    ruleId: rule,
    ruleIndex,
    level: SECRETS.has(entity) ? 'error' : 'warning',
    message: { text: `Probably ${entity}: found ${reasonWords({ rule, score, evidence })}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: {
            startLine: line,
            startColumn: column,
            endColumn: column + end - start,
            charOffset: start,
            charLength: end - start,
          },
        },
      },
    ],
    properties: { entity, score: Number(score.toFixed(3)), evidence },
  };
}

function ruleOf(id: string, entity: Entity): object {
  const isSecret = SECRETS.has(entity);
  return {
    id,
    shortDescription: { text: `${entity}, by the rule ${id}` },
    defaultConfiguration: { level: isSecret ? 'error' : 'warning' },
    properties: { tags: [isSecret ? 'secret' : 'personal-data', entity] },
  };
}

/** A URI reference (RFC 3986): relative paths stay relative to where the scan was started. */
function uriOf(file: string): string {
  if (file === '-') return 'stdin';
  if (isAbsolute(file)) return pathToFileURL(file).href;
  const path = file.split(sep).map(encodeURIComponent).join('/');
  return path.replace(/^\.\//, '');
}
