import { writeFile } from 'node:fs/promises';
import { RecordingId } from '../../contract/ids.ts';
import type { RecordingSummary } from '../../contract/server-api.ts';
import type { TombstoneFile } from '../../contract/tombstone.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { CommandIo } from './command.ts';
import { UsageError } from './command.ts';
import { answer } from './shared-options.ts';

export interface KeepRecordings {
  readonly verb: 'recordings' | 'hold' | 'lift' | 'delete' | 'retention' | 'scrub';
  readonly recording: string | undefined;
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly output?: string | undefined;
  readonly json: boolean;
}

/** The part of "sallyport admin" that is about how long recordings are kept. */
export async function keepRecordings(
  connect: () => ServerHttp,
  wanted: KeepRecordings,
  io: CommandIo,
): Promise<void> {
  const { verb } = wanted;
  if (verb === 'recordings') return list(connect(), wanted.json, io);
  if (verb === 'scrub') return scrub(connect, wanted, io);
  const id = idOf(wanted.recording);
  if (wanted.reason === undefined) throw new UsageError('say why with --reason.');
  const call = { params: { id }, input: { reason: wanted.reason } };
  if (verb === 'delete') return remove(connect(), call, { ...wanted, io });
  if (verb === 'retention') {
    const untilMs = timeOf(wanted.until);
    const kept = await connect().call('retainRecording', { ...call, input: { ...call.input, untilMs } });
    answer(io, wanted.json, kept, lineOf(kept));
    return undefined;
  }
  const changed = await connect().call(verb === 'hold' ? 'holdRecording' : 'liftHold', call);
  answer(io, wanted.json, changed, lineOf(changed));
  return undefined;
}

async function list(http: ServerHttp, isJson: boolean, io: CommandIo): Promise<void> {
  const { recordings } = await http.call('listRecordings', {});
  if (isJson) io.stdout.write(`${JSON.stringify({ recordings })}\n`);
  else for (const recording of recordings) io.stdout.write(`${lineOf(recording)}\n`);
}

async function scrub(
  connect: () => ServerHttp,
  { recording, json }: KeepRecordings,
  io: CommandIo,
): Promise<void> {
  const input = recording === undefined ? {} : { recordingId: idOf(recording) };
  const { queued } = await connect().call('scrubRecordings', { input });
  answer(
    io,
    json,
    { queued },
    `${queued} recordings are read again now. "sallyport admin recordings" shows what is damaged.`,
  );
}

async function remove(
  http: ServerHttp,
  call: { readonly params: { readonly id: RecordingId }; readonly input: { readonly reason: string } },
  { output, json, io }: KeepRecordings & { readonly io: CommandIo },
): Promise<void> {
  const { deletion } = await http.call('deleteRecording', call);
  if (deletion === null) return;
  const file: TombstoneFile = {
    tombstone: deletion.tombstone,
    jwks: { keys: (await http.call('jwks', {})).keys },
  };
  const text = `${JSON.stringify(file, null, 1)}\n`;
  if (output === undefined) return void io.stdout.write(text);
  await writeFile(output, text, { mode: 0o600 });
  answer(
    io,
    json,
    { recordingId: call.params.id, tombstone: output },
    `The recording ${call.params.id} is deleted; ${output} is its tombstone.`,
  );
}

function lineOf({
  id,
  session,
  state,
  hold,
  deletion,
  damage,
  retainUntilMs,
  review,
}: RecordingSummary): string {
  const facts = [
    `${session.operator.name} on ${session.target.name}`,
    state,
    review.status,
    retainUntilMs === null ? 'kept' : `kept until ${new Date(retainUntilMs).toISOString()}`,
  ];
  if (hold !== null) facts.push(`held by ${hold.by}: ${hold.reason}`);
  if (damage !== null) facts.push(`DAMAGED: ${damage}`);
  if (deletion !== null) facts.push(`deleted by ${deletion.by}: ${deletion.reason}`);
  return `${id}  ${facts.join('  ')}`;
}

function idOf(text: string | undefined): RecordingId {
  const id = RecordingId.safeParse(text);
  if (id.success) return id.data;
  throw new UsageError('name the recording; "sallyport admin recordings" lists them.');
}

function timeOf(text: string | undefined): number {
  const ms = Date.parse(text ?? '');
  if (Number.isFinite(ms)) return ms;
  throw new UsageError('--until takes a day such as 2027-12-31.');
}
