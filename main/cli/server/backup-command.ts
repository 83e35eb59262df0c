import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import { createBackup } from '../../../server/backup/create-backup.ts';
import { restoreBackup } from '../../../server/backup/restore-backup.ts';
import type { BackupKey, BackupSeal } from '../../../server/backup/seal.ts';
import { version } from '../../version.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { readSecret } from '../read-secret.ts';
import type { StoragePlaces } from './server-config.ts';

interface BackupOptions {
  readonly recipient?: readonly string[] | undefined;
  readonly identity?: string | undefined;
  readonly 'passphrase-file'?: string | undefined;
  readonly json: boolean;
}

/** `server backup FILE` */
export async function backup(
  args: readonly string[],
  io: CommandIo,
  { values, places }: { readonly values: BackupOptions; readonly places: StoragePlaces },
): Promise<ExitCode> {
  const file = oneFile('backup', args);
  if (values.identity !== undefined)
    throw new UsageError('--identity belongs to "sallyport server restore".');
  const report = await createBackup({
    dataFolder: places.dataFolder,
    databaseUrl: places.databaseUrl,
    file,
    seal: await chooseSeal(values, io),
    program: version,
    nowMs: Date.now,
  });
  const { tables, rows, keys, recordings } = report;
  io.stdout.write(
    values.json
      ? `${JSON.stringify({ kind: 'backed-up', file, ...report })}\n`
      : `${file}: ${rows} rows of ${tables} tables and ${keys} keys, sealed.\n${recordingsWords(recordings, places)}\n`,
  );
  return EXIT.ok;
}

/** `server restore FILE` */
export async function restore(
  args: readonly string[],
  io: CommandIo,
  { values, places }: { readonly values: BackupOptions; readonly places: StoragePlaces },
): Promise<ExitCode> {
  const file = oneFile('restore', args);
  if (values.recipient !== undefined)
    throw new UsageError('--recipient belongs to "sallyport server backup".');
  const { dataFolder, databaseUrl } = places;
  const report = await restoreBackup({ file, key: await chooseKey(values, io), dataFolder, databaseUrl });
  const { rows, recordings, atMs, program } = report;
  io.stdout.write(
    values.json
      ? `${JSON.stringify({ kind: 'restored', dataFolder, ...report })}\n`
      : `${dataFolder} is the server of ${new Date(atMs).toISOString()} (by version ${program}): ${rows} rows.
${recordingsWords(recordings, places)}
What was decided since then is not known here: revoke again what was revoked, before anybody is let in.\n`,
  );
  return EXIT.ok;
}

function recordingsWords(recordings: number, { s3, dataFolder }: StoragePlaces): string {
  if (recordings === 0) return 'It knows of no recordings.';
  const where =
    s3 === null ? `files in ${resolve(dataFolder, 'recordings')}` : `objects in the bucket "${s3.bucket}"`;
  return `The bytes of ${recordings} recordings are not in it: they are ${where}, unreadable without these keys. Copy them, too.`;
}

async function chooseSeal(values: BackupOptions, io: CommandIo): Promise<BackupSeal> {
  const { recipient: recipients, 'passphrase-file': file } = values;
  if (recipients !== undefined) {
    if (file !== undefined) throw new UsageError('Seal to recipients or with a passphrase, not both.');
    return { kind: 'recipients', recipients };
  }
  const passphrase = await readSecret('Passphrase for the backup: ', file, io);
  if (passphrase.length < 12)
    throw new SallyportError(
      'bad-input',
      'The passphrase has fewer than 12 characters. The keys of the server hang on it: take a longer one.',
    );
  if (file === undefined && (await readSecret('Once more: ', undefined, io)) !== passphrase)
    throw new SallyportError('bad-input', 'The two passphrases are not the same. Nothing was written.');
  return { kind: 'passphrase', passphrase };
}

async function chooseKey(values: BackupOptions, io: CommandIo): Promise<BackupKey> {
  const { identity, 'passphrase-file': file } = values;
  if (identity === undefined)
    return { kind: 'passphrase', passphrase: await readSecret('Passphrase of the backup: ', file, io) };
  if (file !== undefined) throw new UsageError('Open with an identity or a passphrase, not both.');
  const lines = (await readFile(identity, 'utf8')).split(/\r?\n/).map(line => line.trim());
  const identities = lines.filter(line => line !== '' && !line.startsWith('#'));
  if (identities.length === 0)
    throw new SallyportError(
      'bad-input',
      `"${identity}" holds no identity. One begins with "AGE-SECRET-KEY-".`,
    );
  return { kind: 'identities', identities };
}

function oneFile(verb: string, [file, ...more]: readonly string[]): string {
  if (file === undefined) throw new UsageError(`Name the file: "server ${verb} FILE".`);
  if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much.`);
  return file;
}
