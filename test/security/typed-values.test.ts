import { cp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import { bytesOf, leaks, render } from '../../core/redaction/stream/testing/terminal.ts';
import { createPipeline } from '../../main/session-host/pipeline/create-pipeline.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import { recoverSpool } from '../../main/session-host/recorder/recover-spool.ts';
import { HOLD_QUIET_MS } from '../../main/session-host/recorder/undecided-hold.ts';
import { fakeTransport } from '../support/fake-session-parts.ts';
import type { FakeTimers } from '../support/fake-timers.ts';
import { fakeTimers } from '../support/fake-timers.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench, openSegments, SESSION, textOf, verify } from '../support/recording-bench.ts';

const EMAIL = 'olga.ivanova@corp.ru';
const CARD = '4012888888881881';
const IBAN = 'DE89370400440532013000';
const KEY = 'AKIAQ3EGRZ7XW5T2MNBV';
const SSN = '078-05-1123';
const CAUSE = { cause: 'exited', processesLeft: 0, isChannelClosed: null } as const;
const policy = RedactionPolicy.parse({});

let bench: RecordingBench;
let timers: FakeTimers;
beforeEach(async () => {
  bench = await createBench();
  timers = fakeTimers();
});
afterEach(() => bench.remove());

/** One turn of a conversation: what the operator types, what the host answers, and how long it is quiet then. */
type Turn = readonly [typed: string, answer: string, quietMs?: number];

/** A session's recorder and pipeline. */
async function openSession() {
  const serverNowMs = () => 1_000_000 + timers.nowMs();
  const recorder = await createRecorder(bench.recorderOptions({ timers, serverNowMs }));
  const pipeline = createPipeline({
    source: fakeTransport(),
    recorder,
    timers,
    serverNowMs,
    createRedactor: hooks =>
      createRedactor({
        cols: 80,
        rows: 24,
        policy,
        detector: createLineDetector(policy),
        tokenOf: null,
        ...hooks,
      }),
    onFrame: () => undefined,
    onValue: () => undefined,
    onMasked: () => undefined,
    onBlocked: () => undefined,
    onRecorderFailed: message => {
      throw new Error(message);
    },
  });
  const play = ([typed, answer, quietMs = 400]: Turn): void => {
    if (typed !== '') pipeline.noteInput(bytesOf(typed));
    pipeline.takeOutput(bytesOf(answer));
    timers.advance(quietMs);
  };
  return { recorder, pipeline, play };
}

/** Lets the session run and reads its recording, decrypted: all output, and the screens in its keyframes. */
async function recordingOf(turns: readonly Turn[]): Promise<{ text: string; keyframes: string }> {
  const { recorder, pipeline, play } = await openSession();
  turns.forEach(play);
  pipeline.finish(0);
  timers.advance(1000);
  const { path } = await recorder.seal(CAUSE);
  const recording = await readFile(path);
  const segments = await openSegments(recording, bench.identity);
  return {
    text: await textOf(recording, bench.identity),
    keyframes: segments.map(({ keyframe }) => JSON.stringify(keyframe)).join('\n'),
  };
}

/** What a process that is killed after these turns leaves in its spool, and what the next start makes of it. */
async function killedRecordingOf(turns: readonly Turn[]) {
  const { recorder, pipeline, play } = await openSession();
  for (const turn of turns) {
    play(turn);
    await settled(bench.spoolFolder);
  }
  const left = join(bench.folder, 'left');
  await cp(bench.spoolFolder, left, { recursive: true });
  await rm(join(left, `${SESSION}.lock`));
  const onDisk = Buffer.concat(
    await Promise.all((await readdir(left)).map(name => readFile(join(left, name)))),
  );
  const { recovered, failed } = await recoverSpool({ ...bench.recorderOptions(), spoolFolder: left });
  expect({ recovered, failed }).toEqual({ recovered: [SESSION], failed: [] });
  const recording = await readFile(join(left, `${SESSION}.sprec`));
  const text = await textOf(recording, bench.identity);
  const names = (await readdir(left)).filter(name => name.endsWith('.draft'));
  pipeline.finish(0);
  await recorder.seal(CAUSE);
  return { text, onDisk, report: verify(recording), draftsLeft: names };
}

/** Nothing in the folder grows any more: what fake timers began on the real disk is done. */
async function settled(folder: string): Promise<void> {
  let before = '';
  for (let same = 0; same < 3; ) {
    await delay(5);
    const sizes = await Promise.all(
      ['sprec', 'draft'].map(ending =>
        stat(join(folder, `${SESSION}.${ending}`)).then(
          ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
          () => '',
        ),
      ),
    );
    same = sizes.join() === before ? same + 1 : 0;
    before = sizes.join();
  }
}

const keys = (text: string, quietMs = 400): Turn[] => [...text].map(key => [key, key, quietMs] as const);
/** What readline does for a key in the middle of a line: the rest is printed again. */
const inserted = (text: string, rest: string): Turn[] =>
  [...text].map(key => [key, `${key}${rest}${'\b'.repeat(rest.length)}`] as const);

async function expectNowhere(value: string, turns: readonly Turn[]): Promise<string> {
  const { text, keyframes } = await recordingOf(turns);
  expect(await leaks(value, bytesOf(text))).toEqual([]);
  expect(await leaks(value, bytesOf(keyframes))).toEqual([]);
  return text;
}

describe('a recording of a value that is typed one key at a time', () => {
  it.each([EMAIL, CARD, IBAN, KEY])('holds no part of %s', async value => {
    const text = await expectNowhere(value, [
      ['', 'login\r\n$ '],
      ...keys(`echo ${value}`),
      ['\r', '\r\ndone\r\n$ '],
    ]);
    const { rows } = await render(bytesOf(text));
    expect(rows.slice(0, 3).map(row => row.replaceAll(/[•*]/g, '#'))).toEqual([
      'login',
      `$ echo ${value.replaceAll(/[^@.]/g, '#').replaceAll(/[@.]/g, value === EMAIL ? '$&' : '#')}`,
      'done',
    ]);
  });

  it.each([EMAIL, CARD, KEY])('holds no part of %s put in before other text', async value => {
    await expectNowhere(value, [
      ['', '$ '],
      ...keys('echo '),
      ...keys(' >a'),
      ['\x1b[D', '\b'],
      ['\x1b[D', '\b'],
      ['\x1b[D', '\b'],
      ...inserted(value, ' >a'),
      ['\r', '\r\ndone\r\n$ '],
    ]);
  });

  it('holds no part of a value that was corrected', async () => {
    await expectNowhere(CARD, [
      ['', '$ '],
      ...keys(`echo ${CARD.slice(0, 9)}77`),
      ['\x7f', '\b\x1b[K'],
      ['\x7f', '\b\x1b[K'],
      ...keys(CARD.slice(9)),
      ['\r', '\r\n$ '],
    ]);
  });

  it('holds no part of one that runs over the margin', async () => {
    await expectNowhere(EMAIL, [['', '$ '], ...keys(`${'a'.repeat(70)} ${EMAIL}`, 90), ['\r', '\r\n$ ']]);
  });

  it('holds no part of one that is named later in the line', async () => {
    await expectNowhere(SSN, [['', '$ '], ...keys(`grep ${SSN} # his ssn`), ['\r', '\r\n$ ']]);
  });

  it('holds all that is no value, as it was shown', async () => {
    const { text } = await recordingOf([['', '$ '], ...keys('ls -l /tmp/a'), ['\r', '\r\ntotal 0\r\n$ ']]);
    expect(text).toBe('$ ls -l /tmp/a\r\ntotal 0\r\n$ ');
  });

  it('has what was typed when nothing more was typed for a while', async () => {
    const { text } = await recordingOf([
      ['', '$ '],
      ...keys('echo 4012'),
      ['', '', HOLD_QUIET_MS],
      ...keys('888888881881'),
    ]);
    // the prefix was let go; what followed was not
    expect(text).toContain('4012');
    expect(text).not.toContain('8888');
  });
});

describe('a recording whose process is killed while a line is typed', () => {
  it('has the line as far as it was typed, each byte once', async () => {
    const { text, report, draftsLeft } = await killedRecordingOf([
      ['', 'login\r\n$ '],
      ...keys('ls -l /tmp/a'),
    ]);
    expect(text).toBe('login\r\n$ ls -l /tmp/a');
    expect(report.problems.map(({ code }) => code)).toEqual(['gap']);
    expect(report.problems[0]).toMatchObject({ fromMs: report.durationMs, toMs: null });
    expect(draftsLeft).toEqual([]);
  });

  it('has lines before it, what ran between them, and the line that is typed over many seconds', async () => {
    const { text } = await killedRecordingOf([
      ['', '$ '],
      ...keys('ls'),
      ['\r', '\r\na  b\r\n$ ', 50],
      ...keys('cat a', 2500),
      ['\r', '\r\none\r\ntwo\r\n$ ', 4000],
      ...keys('cat b', 2900),
    ]);
    expect(text).toBe('$ ls\r\na  b\r\n$ cat a\r\none\r\ntwo\r\n$ cat b');
  });

  it.each([EMAIL, CARD, IBAN, KEY])('holds no part of %s, nor does the disk', async value => {
    const { text, onDisk } = await killedRecordingOf([['', 'login\r\n$ '], ...keys(`echo ${value}`, 100)]);
    expect(text).toContain('$ echo ');
    expect(await leaks(value, bytesOf(text))).toEqual([]);
    for (const coded of [value, Buffer.from(value).toString('base64').slice(0, 12), 'echo', 'login'])
      expect(onDisk.includes(coded)).toBe(false);
  });

  it('masks a value that was whole and that nothing had decided yet', async () => {
    // the redactor waits for more digits; a fresh one is told that there are none
    const { text } = await killedRecordingOf([
      ['', 'login\r\ncard: '],
      [CARD, CARD, 70],
    ]);
    expect(text).toContain('card: ');
    expect(await leaks(CARD, bytesOf(text))).toEqual([]);
  });
});
