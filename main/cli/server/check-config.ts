import { SallyportError } from '../../../contract/errors.ts';
import { problemWords } from '../../../core/settings/read-settings.ts';
import type { SettingsProblem } from '../../../core/settings/read-settings.ts';
import { openTlsFiles } from '../../../server/http/tls-files.ts';
import { readOidcSettings } from '../../../server/identity/oidc/oidc-settings.ts';
import { readAlertSinks } from '../../../server/monitoring/sink-settings.ts';
import { openPolicyFile } from '../../../server/policy/policy-file.ts';
import {
  checkServerSettings,
  readSecretFile,
  readServerSettings,
} from '../../../server/settings/read-server-settings.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';

/** `server config check FILE`: the file, and the files that it names. */
export async function checkConfig(
  args: readonly string[],
  io: CommandIo,
  isJson: boolean,
): Promise<ExitCode> {
  const [verb, file, ...more] = args;
  if (verb === undefined) throw new UsageError('Say what to do: "config check FILE".');
  if (verb !== 'check') throw new UsageError(`There is no "server config ${verb}".`);
  if (file === undefined || more.length > 0) throw new UsageError('"config check" takes one file.');
  const own = await checkServerSettings(file);
  const problems = own.length === 0 ? await checkNamedFiles(file) : own;
  const isValid = problems.length === 0;
  if (isJson) io.stdout.write(`${JSON.stringify({ kind: 'checked', file, isValid, problems })}\n`);
  else if (isValid) io.stdout.write(`${file}: these settings are valid.\n`);
  else io.stdout.write(problems.map(problem => `${file}: ${wordsOf(problem)}\n`).join(''));
  return isValid ? EXIT.ok : EXIT.findings;
}

/** A problem of a file that is named has its own line in its words. */
type Found = SettingsProblem | (Omit<SettingsProblem, 'line'> & { readonly line: null });

function wordsOf(problem: Found): string {
  return problem.line === null ? `${problem.key}: ${problem.message}` : problemWords(problem);
}

async function checkNamedFiles(file: string): Promise<Found[]> {
  const { listen, database, alerts, policy, oidc, metrics } = await readServerSettings(file);
  const looks: Readonly<Record<string, () => Promise<unknown> | undefined>> = {
    'listen.tls': () => listen?.tls && openTlsFiles(listen.tls),
    'database.urlFile': () => database && readSecretFile(database.urlFile, 'the address of a PostgreSQL'),
    alerts: () => (alerts === undefined ? undefined : readAlertSinks(alerts, Date.now)),
    policy: () => (policy === undefined ? undefined : openPolicyFile(policy, Date.now)),
    oidc: () => (oidc === undefined ? undefined : readOidcSettings(oidc)),
    'metrics.tokenFile': () =>
      metrics?.tokenFile === undefined
        ? undefined
        : readSecretFile(metrics.tokenFile, 'the token of the metrics'),
  };
  const found: Found[] = [];
  for (const [key, look] of Object.entries(looks)) {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof SallyportError)) throw error;
      found.push({ key, line: null, message: error.message });
    }
  }
  return found;
}
