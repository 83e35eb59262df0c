import { suggestion } from '../../../contract/nearest-word.ts';
import { PRESET_NAMES } from '../../../contract/policy-source.ts';
import type { Entity, RedactionPolicy } from '../../../contract/redaction.ts';
import { ENTITIES } from '../../../contract/redaction.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { version } from '../../version.ts';
import type { HelpPage, OptionTable } from '../command.ts';
import { defineCommand, UsageError } from '../command.ts';
import { choosePolicy } from '../redact/choose-policy.ts';
import { gitIgnored } from '../scan/gitignore.ts';
import { createProgress } from '../scan/progress.ts';
import type { Report } from '../scan/report.ts';
import { jsonReport, textReport } from '../scan/report.ts';
import { createSarifReport } from '../scan/sarif.ts';
import { scanPaths } from '../scan/scan-paths.ts';

const help: HelpPage = {
  about: `Finds personal data and secrets in logs, dumps, CSV, JSON and other text. Never prints a value. PATH is a file or a directory, which is
walked (links inside of it are not followed); "-" is standard input. Files of any size are read in bounded memory. What gzip packed is read
through: places count in the unpacked text. UTF-16 is read where it begins with a byte order mark. Binary files are skipped with a note. A
terminal on standard error shows the progress, and Ctrl-C ends with what was found so far.`,
  usage: [
    'scan [--json | --sarif] [--policy FILE|NAME] [--entities LIST] [--min-score X] [--private-ips] [--gitignore] PATH... | -',
  ],
  exitCodes:
    '0 nothing found, 1 something found, 2 wrong arguments, or something could not be read (the rest is scanned)',
};

const options = {
  json: {
    type: 'boolean',
    default: false,
    about: `one JSON object a line: file, line, column, start, end, entity, score, rule (line and column from 1; start and end in Unicode code
points of the whole file, end exclusive)`,
  },
  sarif: {
    type: 'boolean',
    default: false,
    about: 'one SARIF 2.1.0 document, for code scanning: rules, places, why each was found',
  },
  policy: {
    type: 'string',
    value: 'FILE|NAME',
    completes: { fileOr: PRESET_NAMES },
    about: `what counts: entities that the policy allows and what is on its allow lists are not reported, its columns are; a file as for
"sallyport redact", or one of ${PRESET_NAMES.join(', ')}; default balanced`,
  },
  entities: {
    type: 'string',
    value: 'LIST',
    completes: ENTITIES,
    about: `only these, by commas: ${ENTITIES.join(', ')}`,
  },
  'min-score': {
    type: 'string',
    value: 'X',
    default: '0.5',
    about: '0 to 1, default 0.5: what the redactor masks',
  },
  'private-ips': { type: 'boolean', default: false, about: 'private and loopback addresses count as ip' },
  gitignore: {
    type: 'boolean',
    default: false,
    about: 'leaves out what .gitignore files say, and .git itself',
  },
} satisfies OptionTable;

interface ScanArguments {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly minScore: number;
  readonly policy: RedactionPolicy;
  readonly usesGitignore: boolean;
}

export const command = defineCommand({
  name: 'scan',
  summary: 'personal data and secrets in files',
  help,
  options,
  run({ values, positionals }, io) {
    const { paths, format, minScore, policy, usesGitignore } = readArguments(values, positionals);
    return scanPaths(paths, io, {
      detector: createLineDetector(policy, { minScore }),
      report: reportFor(format),
      ignored: usesGitignore ? gitIgnored : null,
      progress:
        format === 'text'
          ? createProgress({ stream: io.stderr, environment: io.environment, nowMs: () => performance.now() })
          : null,
    });
  },
});

function reportFor(format: ScanArguments['format']): Report {
  if (format === 'sarif') return createSarifReport(version);
  return format === 'json' ? jsonReport : textReport;
}

function readArguments(
  values: {
    readonly json: boolean;
    readonly sarif: boolean;
    readonly policy?: string | undefined;
    readonly entities?: string | undefined;
    readonly 'min-score': string;
    readonly 'private-ips': boolean;
    readonly gitignore: boolean;
  },
  positionals: readonly string[],
): ScanArguments {
  if (positionals.length === 0)
    throw new UsageError('Name at least one file or directory, or "-" for standard input.');
  if (values.json && values.sarif) throw new UsageError('Choose one of --json and --sarif.');
  const minScore = Number(values['min-score']);
  if (values['min-score'].trim() === '' || !(minScore >= 0 && minScore <= 1)) {
    throw new UsageError(`--min-score takes a number from 0 to 1, not "${values['min-score']}".`);
  }
  return {
    paths: positionals,
    format: values.sarif ? 'sarif' : values.json ? 'json' : 'text',
    minScore,
    policy: policyFor(values),
    usesGitignore: values.gitignore,
  };
}

function policyFor(values: {
  readonly policy?: string | undefined;
  readonly entities?: string | undefined;
  readonly 'private-ips': boolean;
}): RedactionPolicy {
  const chosen = choosePolicy(values.policy);
  const policy = { ...chosen, privateIps: chosen.privateIps || values['private-ips'] };
  if (values.entities === undefined) return policy;
  const entities = Object.fromEntries(entitiesIn(values.entities).map(entity => [entity, 'mask' as const]));
  return { ...policy, default: 'allow', entities };
}

function entitiesIn(list: string): readonly Entity[] {
  const isEntity = (name: string): name is Entity => (ENTITIES as readonly string[]).includes(name);
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(name => {
      if (isEntity(name)) return name;
      const hint = suggestion(name, ENTITIES).replace(/^; d/, ' D');
      throw new UsageError(`There is no entity "${name}"; there are: ${ENTITIES.join(', ')}.${hint}`);
    });
}
