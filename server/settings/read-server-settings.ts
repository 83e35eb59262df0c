import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import type { SettingsForm, SettingsProblem } from '../../core/settings/read-settings.ts';
import { problemWords, readSettings } from '../../core/settings/read-settings.ts';
import { ServerSettings } from './server-settings.ts';

const MAX_LENGTH = 1024 * 1024;

/** Reads the file of settings; its paths come back absolute. Throws `bad-input` that names every problem with its key and line. */
export async function readServerSettings(path: string): Promise<ServerSettings> {
  const settings = await readSettingsFile(path, ServerSettings);
  return withAbsolutePaths(settings, dirname(resolve(path)));
}

/** Everything that is wrong with the file; empty where nothing is. Throws `bad-input` where it cannot be read. */
export async function checkServerSettings(path: string): Promise<readonly SettingsProblem[]> {
  const reading = readSettings(await readSettingsText(path), formOf(ServerSettings));
  return 'problems' in reading ? reading.problems : [];
}

/** A file of settings by its schema. Throws `bad-input` that names every problem with its key and line. */
export async function readSettingsFile<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const reading = readSettings(await readSettingsText(path), formOf(schema));
  if ('value' in reading) return reading.value;
  const words = reading.problems.map(problem => problemWords(problem)).join(' ');
  throw new SallyportError('bad-input', `"${path}" is not valid: ${words}`.slice(0, 1900));
}

/** The first line of a file. Throws `bad-input`. */
export async function readSecretFile(path: string, what: string): Promise<string> {
  const [line = ''] = (await readSettingsText(path)).split(/\r?\n/, 1);
  if (line.trim() !== '') return line.trim();
  throw new SallyportError('bad-input', `"${path}" is empty. Its first line must hold ${what}.`);
}

/** The text of a file that settings name. Throws `bad-input`. */
export async function readSettingsText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SallyportError(
      'bad-input',
      `"${path}" cannot be read. Check that it is there and that this user may read it.`,
      { cause },
    );
  });
}

function formOf<S extends z.ZodType>(schema: S): SettingsForm<S> {
  return { schema, maxLength: MAX_LENGTH, keysAt: path => keysAt(schema, path) };
}

/** The keys that a schema has at a place; those of all its alternatives where it has some. */
function keysAt(schema: unknown, path: readonly (string | number)[]): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(option => keysAt(option, path));
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray && key !== undefined) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[key], rest);
}

function withAbsolutePaths(settings: ServerSettings, folder: string): ServerSettings {
  const at = (path: string) => resolve(folder, path);
  const { data, listen, database, alerts, policy, oidc, metrics } = settings;
  const { tls } = listen ?? {};
  return {
    ...settings,
    ...(data === undefined ? {} : { data: at(data) }),
    ...(tls === undefined ? {} : { listen: { ...listen, tls: { cert: at(tls.cert), key: at(tls.key) } } }),
    ...(database === undefined ? {} : { database: { urlFile: at(database.urlFile) } }),
    ...(alerts === undefined ? {} : { alerts: at(alerts) }),
    ...(policy === undefined ? {} : { policy: at(policy) }),
    ...(oidc === undefined ? {} : { oidc: at(oidc) }),
    ...(metrics?.tokenFile === undefined
      ? {}
      : { metrics: { ...metrics, tokenFile: at(metrics.tokenFile) } }),
  };
}
