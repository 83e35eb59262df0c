import process from 'node:process';
import { RedactionPolicy } from '../../contract/redaction.ts';
import type { RecorderOptions } from '../../main/session-host/recorder/create-recorder.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import { openOnDisk } from '../../main/session-host/recorder/spool-file.ts';
import { systemTimers } from '../../main/timers.ts';

/**
 * A process that records until it is killed: one line of output each 5 ms, told on stdout as `SEQ ATMS` once it is accepted.
 * Its only argument is the JSON of the recorder's options without their functions.
 */
const options: Pick<RecorderOptions, 'header' | 'devicePrivateKeyPem' | 'spoolFolder' | 'spoolQuotaBytes'> =
  JSON.parse(process.argv[2] ?? '');
const recorder = await createRecorder({
  ...options,
  upload: null,
  keepUploaded: true,
  serverNowMs: () => Date.now(),
  timers: systemTimers,
  random: Math.random,
  openFile: openOnDisk,
  draftPolicy: RedactionPolicy.parse({}),
});
let seq = 0;
setInterval(() => {
  seq += 1;
  const atMs = Date.now();
  recorder.accept({ kind: 'output', atMs, seq, bytes: new TextEncoder().encode(`line ${seq}\r\n`) });
  process.stdout.write(`${seq} ${atMs}\n`);
}, 5);
