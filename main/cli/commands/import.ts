import { PRESET_NAMES } from '../../../contract/policy-source.ts';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import type { MaskCounts } from '../../../contract/redaction.ts';
import { createIdentityStore } from '../../review/identity-store.ts';
import type { CastImporter, Imported } from '../../review/import/cast-importer.ts';
import { createCastImporter } from '../../review/import/cast-importer.ts';
import { removeUnfinishedImports } from '../../review/import/imports-folder.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import type { CommandIo } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { createPercentage } from '../percentage.ts';
import { choosePolicy } from '../redact/choose-policy.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';

const READ_BYTES = 256 * 1024;

export const command = defineCommand({
  name: 'import',
  summary: 'a recording of another program, for review',
  help: {
    about: `A recording of another program for review: masked on its way in, sealed to your own key, played in the recordings view like any
other. Nothing vouches for where it came from, and "sallyport verify" says so.

FILE is asciicast v2 or v3, as asciinema writes it; keystrokes in it are left out.`,
    usage: ['import FILE.cast'],
    exitCodes: '0 fine, 1 refused or not to be read, 2 wrong use',
  },
  options: {
    policy: {
      type: 'string',
      value: 'PRESET|FILE',
      completes: { fileOr: PRESET_NAMES },
      about: 'what is masked: a preset or a file, as for "redact" (default: balanced)',
    },
    output: {
      type: 'string',
      value: 'FILE',
      completes: 'file',
      about: "write there instead of among the profile's imported recordings",
    },
    profile: { ...PROFILE, about: `${PROFILE.about}; the recording is sealed to its key` },
    json: JSON_OUTPUT,
  },
  async run({ values, positionals }, io) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one file.');
    const policy = choosePolicy(values.policy);
    const profile = openProfile(values.profile, io.environment);
    const { recipient } = createIdentityStore(profile.identityFolder);
    if (recipient === null)
      throw new SallyportError(
        'identity-missing',
        'What is imported is sealed to your own key, and this profile holds none. Make one with "sallyport keys new".',
      );
    const folder = values.output === undefined ? profile.importsFolder : dirname(resolve(values.output));
    const importedAtMs = Date.now();
    if (values.output === undefined) await removeUnfinishedImports(folder, importedAtMs);
    const source = await open(file).catch((cause: unknown) => {
      throw new SallyportError('bad-input', `${file} cannot be read (${codeOf(cause)}).`, { cause });
    });
    try {
      const { size } = await source.stat();
      const importer = await createCastImporter({ folder, recipients: [recipient], policy, importedAtMs });
      const imported = await importFrom(importer, io, size, async at => {
        const bytes = new Uint8Array(READ_BYTES);
        const { bytesRead } = await source.read(bytes, 0, READ_BYTES, at);
        return bytes.subarray(0, bytesRead);
      });
      if (values.output !== undefined) await rename(imported.path, values.output);
      const path = values.output ?? imported.path;
      answer(io, values.json, { ...imported, path }, wordsOf(imported, values.output ?? basename(path)));
      return EXIT.ok;
    } finally {
      await source.close();
    }
  },
});

/** How far it is stands on a terminal's standard error. ^C leaves nothing behind. */
async function importFrom(
  importer: CastImporter,
  io: CommandIo,
  size: number,
  read: (at: number) => Promise<Uint8Array>,
): Promise<Imported> {
  const progress = createPercentage('Importing', io);
  try {
    for (let at = 0; ; ) {
      if (io.signal.aborted)
        throw new SallyportError('bad-input', 'The import was ended before it was whole.');
      const bytes = await read(at);
      if (bytes.length === 0) return await importer.finish();
      await importer.push(bytes);
      at += bytes.length;
      progress?.show(at / Math.max(1, size));
    }
  } catch (error) {
    await importer.abort();
    throw error;
  } finally {
    progress?.clear();
  }
}

function wordsOf({ recordingId, masked, inputsLeftOut }: Imported, place: string): string {
  const keys = inputsLeftOut === 0 ? '' : ` Left out: ${inputsLeftOut} keystrokes of the file.`;
  return `${place}: imported as ${recordingId}, masked: ${maskedWords(masked)}.${keys}\n`;
}

function maskedWords(masked: MaskCounts): string {
  const counts = Object.entries(masked).map(([entity, count]) => `${count} ${entity}`);
  return counts.length === 0 ? 'nothing' : counts.join(', ');
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
}
