import { open, rm, writeFile } from 'node:fs/promises';
import { SallyportError } from '../../../contract/errors.ts';
import { isBundle, readBundle } from '../../evidence/bundle.ts';
import { createIdentityStore, readIdentityFile } from '../../review/identity-store.ts';
import type { ExportFormat, RecordingExport } from '../../review/export-recording.ts';
import { exportRecording } from '../../review/export-recording.ts';
import type { RecordingSource } from '../../review/recording-source.ts';
import { openFileSource } from '../../review/recording-source.ts';
import type { Replay } from '../../review/replay.ts';
import { readOutline } from '../../review/replay.ts';
import { findSegment } from '../../review/segment-reader.ts';
import { openOffline } from '../../review/shares/open-offline.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import type { CommandIo, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { createPercentage } from '../percentage.ts';
import { readSecret } from '../read-secret.ts';
import { PROFILE } from '../shared-options.ts';

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  v2: 'asciicast-v2',
  v3: 'asciicast-v3',
  'asciicast-v2': 'asciicast-v2',
  'asciicast-v3': 'asciicast-v3',
  text: 'text',
};

const options = {
  format: {
    type: 'string',
    value: 'FORMAT',
    default: 'v2',
    completes: ['v2', 'v3', 'text'],
    about: 'v2: asciicast v2, which every asciinema plays (default); v3: asciicast v3; text',
  },
  output: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'write there instead of to standard output',
  },
  identity: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: "a reviewer's age identity file (default: the identity of the profile)",
  },
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: "take the identity's passphrase from the first line of FILE",
  },
  profile: PROFILE,
  segment: {
    type: 'string',
    value: 'N',
    about: `the sealed segment N as it is, a complete age file; needs no identity:

  sallyport export R.sprec --segment 0 | age -d -i identity.txt | zstd -d`,
  },
} satisfies OptionTable;

export const command = defineCommand({
  name: 'export',
  summary: 'a recording as asciicast or text',
  help: {
    about: `A recording as a file for other programs, without a server. Everything in it is masked already. FILE is a recording (FILE.sprec) or
a bundle with one in it, as "sallyport evidence" fetches them.`,
    usage: [
      'export FILE [--format v2|v3|text] [--output FILE] [--identity FILE | --profile DIR]',
      'export FILE --segment N [--output FILE]',
    ],
    notes: `A damaged recording is exported as far as it can be opened; what is missing is said on standard error. What was shared with you opens with
the share in the bundle.`,
    exitCodes: '0 fine, 1 damaged or not to be opened, 2 wrong use',
  },
  options,
  async run({ values, positionals }, io) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('name one recording.');
    const format = FORMATS[values.format];
    if (format === undefined)
      throw new UsageError(`there is no format "${values.format}"; there are v2, v3 and text.`);
    const archive = await openFileSource(file);
    try {
      const { bytes } = await archive.read({ from: 0, to: 512 });
      const bundle = isBundle(bytes) ? await readBundle(archive) : null;
      const source = bundle?.recording ?? archive;
      if (values.segment !== undefined) {
        await emit(await sealedSegment(source, values.segment), values.output, io);
        return EXIT.ok;
      }
      // before anybody is asked for a passphrase
      await readOutline(source, CHAIN_CRYPTO);
      const secrets = await identityFrom(values, io);
      const shares = bundle?.shares ?? (() => Promise.resolve([]));
      const replay = await openOffline({ source, secrets, shares });
      await emitExport(exportRecording(replay, format), { output: values.output, io, replay });
      const { report } = await replay.checked;
      // where it came from takes nothing away from what it shows
      const damage = report?.problems.filter(({ kind }) => kind !== 'origin');
      for (const problem of damage ?? []) io.stderr.write(`sallyport export: ${problem.message}\n`);
      return damage?.length === 0 ? EXIT.ok : EXIT.findings;
    } finally {
      await archive.close();
    }
  },
});

async function sealedSegment(source: RecordingSource, wanted: string): Promise<Uint8Array> {
  const found = await findSegment(source, Number(/^\d{1,9}$/.test(wanted) ? wanted : -1));
  if (found.sealed === null) {
    throw new UsageError(
      `there is no segment "${wanted}"; the recording has ${found.segments}, counted from 0.`,
    );
  }
  return found.sealed;
}

async function identityFrom(
  values: { identity?: string; profile?: string; 'passphrase-file'?: string },
  io: CommandIo,
): Promise<string> {
  const askPassphrase = () => readSecret('Passphrase of the identity: ', values['passphrase-file'], io);
  if (values.identity !== undefined) return readIdentityFile(values.identity, askPassphrase);
  const store = createIdentityStore(openProfile(values.profile, io.environment).identityFolder);
  if (store.protection === null)
    throw new SallyportError(
      'identity-missing',
      'There is no identity in this profile. Name the one that the recording was sealed to with --identity FILE, or its folder with --profile.',
    );
  if (store.needsPassphrase) await store.unlock(await askPassphrase());
  return store.identity();
}

/** Piece by piece; how far it is stands on a terminal's standard error while the file is written. ^C ends it and takes the file away. */
async function emitExport(
  exported: RecordingExport,
  { output, io, replay }: { output: string | undefined; io: CommandIo; replay: Replay },
): Promise<void> {
  const file = output === undefined ? null : await open(output, 'w', 0o600).catch(rethrowFor(output));
  const progress = file === null ? null : createPercentage('Exporting', io);
  try {
    for await (const { text, upToMs } of exported.pieces) {
      if (io.signal.aborted) break;
      if (file === null) await emit(text, undefined, io);
      // all of it: `write` may take a part, on a disk that fills up
      else await file.appendFile(text).catch(rethrowFor(output ?? ''));
      progress?.show(upToMs / Math.max(1, replay.durationMs));
    }
  } finally {
    progress?.clear();
    await file?.close();
  }
  if (!io.signal.aborted) return;
  if (output !== undefined) await rm(output, { force: true });
  throw new SallyportError('bad-input', 'The export was ended before it was whole; its file is taken away.');
}

function rethrowFor(output: string): (cause: unknown) => never {
  return cause => {
    throw new SallyportError('bad-input', `${output} cannot be written (${codeOf(cause)}).`, { cause });
  };
}

async function emit(content: string | Uint8Array, output: string | undefined, io: CommandIo): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((resolve, reject) => {
      io.stdout.write(content, error => (error ? reject(error) : resolve()));
    });
    return;
  }
  await writeFile(output, content, { mode: 0o600 }).catch(rethrowFor(output));
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
}
