import { SallyportError } from '../../../contract/errors.ts';
import type { VerificationReport } from '../../../contract/recording.ts';
import type { ChainState } from '../../../core/recording/chain-verifier.ts';
import { createChainVerifier } from '../../../core/recording/chain-verifier.ts';
import { toHex } from '../../../core/recording/encoding.ts';
import { reportOf } from '../../../core/recording/verify.ts';
import { isBundle, readBundle } from '../../evidence/bundle.ts';
import type { CheckedRecording, EvidenceFinding } from '../../evidence/check-evidence.ts';
import { checkEvidence, thumbprints } from '../../evidence/check-evidence.ts';
import { checkAuditFile, isAuditFile } from '../../evidence/check-audit-file.ts';
import { checkTombstone, isTombstone } from '../../evidence/check-tombstone.ts';
import type { CheckedReceipt } from '../../evidence/receipts.ts';
import { createReceiptChecks, MAX_RECEIPTS } from '../../evidence/receipts.ts';
import type { RecordingSource } from '../../review/recording-source.ts';
import { openFileSource } from '../../review/recording-source.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import type { CommandIo, ExitCode, HelpPage, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { createPercentage } from '../percentage.ts';

const help: HelpPage = {
  about: `Checks a recording: that nothing in it was altered, taken out, added, put in another place or cut off, and that its end is signed. Works
offline and needs no identity: the content stays sealed. Of a bundle of evidence ("sallyport evidence") it also checks grant, approval and
every audit entry against the server's signature. Of a tombstone ("sallyport admin delete") it checks the signature and says what was
deleted, when, why and by whom. Of an exported audit log ("sallyport admin audit export") it checks that every entry follows from the one before and
that they are those of the server's signed checkpoint.`,
  usage: [
    'verify [--json] [--device-key KEY] [--receipt FILE]… [--server-key THUMBPRINT] FILE.sprec',
    'verify [--json] [--device-key KEY] [--receipt FILE]… [--server-key THUMBPRINT] BUNDLE.tar',
    'verify [--json] [--server-key THUMBPRINT] TOMBSTONE.json',
    'verify [--json] [--server-key THUMBPRINT] AUDIT.jsonl',
  ],
  notes: 'docs/verify.md lists every finding and the fields of the JSON.',
  exitCodes: '0 verified, 1 problems found (each is named), 2 wrong use or no such file',
};

const options = {
  json: { type: 'boolean', default: false, about: 'the report as JSON' },
  'device-key': {
    type: 'string',
    value: 'KEY',
    about: `the public key (base64url) of the device that the recording must come from. Without it the check says that the recording is whole
and signed by the key that it names, and prints that key.`,
  },
  receipt: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    completes: 'file',
    about: `what the server countersigned, one receipt a line, as the client keeps it in its profile (spool/ACCOUNT/receipts/RECORDING.jws):
shows a tail that was cut or a recording that was made anew even by somebody who has the device's key`,
  },
  'server-key': {
    type: 'string',
    value: 'THUMBPRINT',
    about: `the server whose key must have signed the evidence and the receipts (RFC 7638 thumbprint). Without it the check uses the key that
they bring along, and prints its thumbprint.`,
  },
} satisfies OptionTable;

export const command = defineCommand({
  name: 'verify',
  summary: 'check a recording or a bundle of evidence offline',
  help,
  options,
  async run({ values, positionals }, io) {
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new UsageError('name one recording.');
    const deviceKey = keyOption(values['device-key'], '--device-key');
    const serverKey = keyOption(values['server-key'], '--server-key');
    const file = await openFileSource(path);
    try {
      const { bytes } = await file.read({ from: 0, to: 512 });
      if (isTombstone(bytes))
        return await verifyTombstone(file, { path, serverKey, isJson: values.json, io });
      if (isAuditFile(bytes)) return await verifyAudit(file, { path, serverKey, isJson: values.json, io });
      const bundle = isBundle(bytes) ? await readBundle(file) : null;
      const given = await readReceipts(values.receipt ?? []);
      if (bundle === null && given.length === 0 && serverKey !== null)
        throw new UsageError(
          '--server-key is for a bundle of evidence or receipts; this is a recording alone.',
        );
      const ofBundle = new Set(
        bundle === null ? [] : (await thumbprints(bundle.evidence)).map(({ thumbprint }) => thumbprint),
      );
      const isTrusted = (key: string) =>
        serverKey === null ? bundle === null || ofBundle.has(key) : key === serverKey;
      const checks = await createReceiptChecks([...(bundle?.evidence.receipts ?? []), ...given], isTrusted);
      const state = await readThrough(bundle?.recording ?? file, checks.push, io);
      const report = reportOf(state, deviceKey);
      const receipts = checks.finish();
      const evidence =
        bundle === null ? [] : await checkEvidence(bundle.evidence, checkedRecording(state), serverKey);
      const isVerified =
        report.isVerified && receipts.every(({ ok }) => ok) && evidence.every(({ ok }) => ok);
      const answer = {
        ...report,
        isVerified,
        ...(bundle === null ? {} : { evidence }),
        ...(receipts.length === 0 ? {} : { receipts }),
      };
      const words = [
        inWords(path, { ...report, isVerified }, state),
        ...evidence.map(evidenceLine),
        ...receipts.map(receiptLine),
      ].join('');
      io.stdout.write(values.json ? `${JSON.stringify(answer)}\n` : words);
      return isVerified ? EXIT.ok : EXIT.findings;
    } finally {
      await file.close();
    }
  },
});

interface Wanted {
  readonly path: string;
  readonly serverKey: string | null;
  readonly isJson: boolean;
  readonly io: CommandIo;
}

async function verifyAudit(
  file: RecordingSource,
  { path, serverKey, isJson, io }: Wanted,
): Promise<ExitCode> {
  const shown = withProgress(file, io);
  const checked = await checkAuditFile(shown, serverKey, io.signal).finally(shown.clear);
  const { isVerified, entries, checkpoint, serverKeys, problems } = checked;
  const lines = [
    `${path}: ${isVerified ? 'verified, an audit log' : 'NOT verified'}`,
    ...problems.map(problem => `  ${problem}`),
    `  ${entries} entries follow each other from the first on`,
    ...(checkpoint === null
      ? []
      : [
          `  checkpoint over ${checkpoint.size} entries, signed at ${new Date(checkpoint.atMs).toISOString()}`,
        ]),
    ...serverKeys.map(key => `  server key ${key}`),
  ];
  io.stdout.write(isJson ? `${JSON.stringify(checked)}\n` : `${lines.join('\n')}\n`);
  return isVerified ? EXIT.ok : EXIT.findings;
}

async function verifyTombstone(file: RecordingSource, wanted: Wanted): Promise<ExitCode> {
  const { tombstone, serverKeys, words } = await checkTombstone(file, wanted.serverKey);
  const isVerified = tombstone !== null;
  const lines = [
    `${wanted.path}: ${isVerified ? 'verified, a tombstone' : 'NOT verified'}`,
    ...words.map(line => `  ${line}`),
    ...serverKeys.map(key => `  server key ${key}`),
  ];
  wanted.io.stdout.write(
    wanted.isJson ? `${JSON.stringify({ isVerified, tombstone, serverKeys })}\n` : `${lines.join('\n')}\n`,
  );
  return isVerified ? EXIT.ok : EXIT.findings;
}

/** 32 bytes in base64url: an Ed25519 key, or a SHA-256. */
function keyOption(text: string | undefined, name: string): string | null {
  if (text === undefined) return null;
  if (!/^[A-Za-z0-9_-]{43}$/.test(text))
    throw new UsageError(`${name} must be 32 bytes in base64url: 43 characters.`);
  return text;
}

function checkedRecording({ header, position, receivedBytes }: ChainState): CheckedRecording {
  return { header, lastHash: position === null ? null : toHex(position.previous), bytes: receivedBytes };
}

function evidenceLine({ ok, message }: EvidenceFinding): string {
  return `  ${ok ? 'ok' : 'WRONG'}: ${message}\n`;
}

function receiptLine(checked: CheckedReceipt): string {
  return `  ${checked.ok ? 'ok' : 'WRONG'}: ${placeOf({ ...checked, sequence: null })}${checked.message}\n`;
}

/** One receipt a line. Throws `bad-input` for a file that cannot be read or is none of receipts. */
async function readReceipts(files: readonly string[]): Promise<string[]> {
  const receipts: string[] = [];
  for (const path of files) {
    const file = await openFileSource(path);
    const { bytes, size } = await file.read({ from: 0, to: MAX_RECEIPT_FILE_BYTES });
    await file.close();
    const lines = Buffer.from(bytes)
      .toString('latin1')
      .split('\n')
      .map(line => line.trim());
    receipts.push(...lines.filter(line => line !== ''));
    if (size > MAX_RECEIPT_FILE_BYTES || receipts.length > MAX_RECEIPTS)
      throw new SallyportError(
        'bad-input',
        `${path} holds more than receipts: they are ${MAX_RECEIPTS} at the most.`,
      );
  }
  return receipts;
}

const MAX_RECEIPT_FILE_BYTES = 2 * 1024 * 1024;

async function readThrough(
  source: RecordingSource,
  alsoPush: (bytes: Uint8Array) => void,
  io: CommandIo,
): Promise<ChainState> {
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  const { read, clear } = withProgress(source, io);
  try {
    for (let from = 0; ; ) {
      io.signal.throwIfAborted();
      const { bytes } = await read({ from, to: from + READ_BYTES });
      if (bytes.length === 0) return verifier.finish();
      verifier.push(bytes);
      alsoPush(bytes);
      from += bytes.length;
    }
  } finally {
    clear();
  }
}

/** The same source, which shows on a terminal how far it was read; `clear` takes that away. */
function withProgress(source: RecordingSource, io: CommandIo): RecordingSource & { clear(): void } {
  const progress = createPercentage('Checking', io);
  return {
    async read(range) {
      const found = await source.read(range);
      progress?.show((found.from + found.bytes.length) / Math.max(1, found.size));
      return found;
    },
    close: () => source.close(),
    clear: () => progress?.clear(),
  };
}

function inWords(path: string, report: VerificationReport, state: ChainState): string {
  const lines = [`${path}: ${verdictOf(report)}`];
  for (const problem of report.problems.slice(0, MAX_SHOWN_PROBLEMS))
    lines.push(`  ${placeOf(problem)}${problem.message}${MEANING[problem.kind]}`);
  const more = report.problems.length - MAX_SHOWN_PROBLEMS;
  if (more > 0) lines.push(`  and ${more} more problems: --json has them all`);
  if (state.header !== null) {
    const { sessionId, grantId, deviceId, devicePublicKey, startedAtMs } = state.header;
    lines.push(
      `  session ${sessionId}, grant ${grantId}, begun ${new Date(startedAtMs).toISOString()}`,
      `  ${segmentWords(report)}, ${report.bytes} bytes, ${clock(report.durationMs)}, end: ${report.endCause ?? 'none'}`,
      `  device ${deviceId}, key ${devicePublicKey}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function verdictOf({ isVerified, problems }: VerificationReport): string {
  if (isVerified) return 'verified';
  const isImported = problems.length > 0 && problems.every(({ kind }) => kind === 'origin');
  return isImported ? 'NOT verified: unaltered since it was imported, and of unknown origin' : 'NOT verified';
}

const READ_BYTES = 1024 * 1024;
/** A file that is damaged everywhere is told so by its first problems. */
const MAX_SHOWN_PROBLEMS = 20;

/** What a problem means for somebody who wants to rely on the recording. */
const MEANING: Readonly<Record<VerificationReport['problems'][number]['kind'], string>> = {
  'not-a-recording': '',
  header: ' Whose session this was, and when, cannot be relied on.',
  chain: ' What was shown in this time cannot be relied on.',
  segment: ' What was shown in this time cannot be relied on.',
  signature: ' Nobody vouches for what stands before it.',
  cut: '',
  'after-end': ' The recording up to its signed end is not concerned.',
  gap: '',
  origin: '',
};

function segmentWords(report: VerificationReport): string {
  const { segmentsRead, segmentsFaulty, segmentsMissing, unreadFromByte, endCause } = report;
  const faulty = segmentsFaulty.length;
  const numbers = segmentsFaulty.slice(0, MAX_SHOWN_PROBLEMS).join(', ');
  const held =
    faulty === 0
      ? 'as recorded'
      : `${Math.max(0, segmentsRead - faulty)} as recorded, ${faulty} not: ${numbers}${faulty > MAX_SHOWN_PROBLEMS ? ' …' : ''}`;
  return [
    segmentsRead === 0
      ? 'no segment read'
      : `${segmentsRead} ${segmentsRead === 1 ? 'segment' : 'segments'} read (${held})`,
    ...(segmentsMissing === 0 ? [] : [`${segmentsMissing} missing`]),
    // What stands after the end is no part of the recording.
    ...(unreadFromByte === null || endCause !== null
      ? []
      : [`nothing checked from byte ${unreadFromByte} on`]),
  ].join(', ');
}

function placeOf({
  sequence,
  fromMs,
  toMs,
}: Pick<VerificationReport['problems'][number], 'sequence' | 'fromMs' | 'toMs'>): string {
  const segment = sequence === null ? '' : `segment ${sequence}`;
  const interval =
    fromMs === null ? '' : `from ${clock(fromMs)} to ${toMs === null ? 'the end' : clock(toMs)}`;
  const place = [segment, interval].filter(part => part !== '').join(', ');
  return place === '' ? '' : `${place}: `;
}

/** `h:mm:ss.mmm` since the start of the recording */
function clock(ms: number): string {
  const total = Math.max(0, Math.round(ms));
  const pad = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0');
  return `${Math.floor(total / 3_600_000)}:${pad((total / 60_000) % 60, 2)}:${pad((total / 1000) % 60, 2)}.${pad(total % 1000, 3)}`;
}
