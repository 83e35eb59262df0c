import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { afterAll, describe, expect, it } from 'vitest';
import { createIdentityStore, parseIdentity } from '../../main/review/identity-store.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import { openReplay } from '../../main/review/replay.ts';
import type { ReplayEvent } from '../../contract/ipc.ts';
import type { Replay } from '../../main/review/replay.ts';
import { CHAIN_CRYPTO } from '../../main/session-host/recorder/chain-crypto.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { segmentsOf } from '../support/recording-bench.ts';
import { runSallyport } from '../support/run-sallyport.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/recordings');
const RECORDING = join(FIXTURES, 'whole.sprec');
const IDENTITY_FILE = join(FIXTURES, 'identity.txt');
const identity = parseIdentity(readFileSync(IDENTITY_FILE, 'utf8'));
const bytes = new Uint8Array(readFileSync(RECORDING));
const folder = mkdtempSync(join(tmpdir(), 'sallyport-review-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const opened = (recording: Uint8Array, as = identity): Promise<Replay> =>
  openReplay({ source: createMemorySource(recording), identity: as, crypto: CHAIN_CRYPTO });
const asText = (events: readonly { readonly kind: string }[]): string =>
  events.map(event => ('text' in event && event.kind === 'output' ? String(event.text) : '')).join('');

describe('a replay', () => {
  it('gives the same output whole, in windows, and from each keyframe', async () => {
    const replay = await opened(bytes);
    const whole = await replay.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, fromKeyframe: false });
    expect(whole.events.length).toBeGreaterThan(0);

    const windows = [];
    const stepMs = Math.max(1, Math.floor(replay.durationMs / 7));
    for (let fromMs = 0; fromMs <= replay.durationMs; fromMs += stepMs) {
      windows.push(...(await replay.read({ fromMs, toMs: fromMs + stepMs, fromKeyframe: false })).events);
    }
    expect(windows).toEqual(whole.events);

    const middle = await replay.read({
      fromMs: replay.durationMs / 2,
      toMs: replay.durationMs + 1,
      fromKeyframe: true,
    });
    expect(middle.keyframe).not.toBeNull();
    expect(asText(whole.events).endsWith(asText(middle.events))).toBe(true);
  });

  it('is refused to an identity that is none of the recipients', async () => {
    await expect(opened(bytes, await generateX25519Identity())).rejects.toMatchObject({
      code: 'recording-unreadable',
    });
  });

  it('shows a damaged segment as a gap with its reason, and the rest', async () => {
    const last = segmentsOf(bytes).at(-1);
    const damaged = bytes.slice();
    const at = Buffer.from(damaged).indexOf(Buffer.from(last ?? [])) + (last?.length ?? 0) - 3;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const replay = await opened(damaged);
    expect(replay.check.report?.isVerified).toBe(false);
    expect(replay.check.marks.filter(mark => mark.kind === 'gap').length).toBeGreaterThan(0);
    const events = await everyEvent(replay);
    expect(events.some(event => event.kind === 'output')).toBe(true);
    expect(events.filter(event => event.kind === 'mark' && event.mark.kind === 'gap')).toHaveLength(1);
  });
});

async function everyEvent(replay: Replay): Promise<readonly ReplayEvent[]> {
  const { events } = await replay.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, fromKeyframe: false });
  return events;
}

describe('sallyport export', () => {
  it.each(['v2', 'v3', 'text'])('writes %s', async format => {
    const done = await runSallyport(['export', RECORDING, '--identity', IDENTITY_FILE, '--format', format]);
    expect(done.stderr).toBe('');
    expect(done.code).toBe(0);
    expect(done.stdout.length).toBeGreaterThan(20);
    if (format !== 'text')
      expect(JSON.parse(done.stdout.toString().split('\n')[0] ?? '')).toMatchObject({
        version: format === 'v2' ? 2 : 3,
      });
  });

  it.skipIf(!existsSync('/usr/bin/asciinema'))(
    'writes what the stock asciinema program reads (needs asciinema)',
    async () => {
      const file = join(folder, 'whole.cast');
      expect(
        (await runSallyport(['export', RECORDING, '--identity', IDENTITY_FILE, '--output', file])).code,
      ).toBe(0);
      // It wants a terminal: script(1) gives it one, which ends lines its own way.
      const environment = { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder };
      const shown = execFileSync('script', ['-qec', `asciinema cat ${file}`, '/dev/null'], {
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const events = await everyEvent(await opened(bytes));
      expect(shown.toString().replaceAll('\r', '')).toBe(asText(events).replaceAll('\r', ''));
    },
  );

  it.each([
    ['a file that is not there', ['/nowhere.sprec'], 2, /cannot be read/],
    ['a file that is no recording', [IDENTITY_FILE], 1, /not a recording/],
    ['a format that there is not', [RECORDING, '--format', 'gif'], 2, /v2, v3 and text/],
    ['a segment that there is not', [RECORDING, '--segment', '99'], 2, /counted from 0/],
    ['an identity that is not there', [RECORDING, '--identity', '/nowhere'], 1, /cannot be read/],
  ])('refuses %s in one line', async (_name, args, code, words) => {
    const refused = await runSallyport(['export', ...args]);
    expect(refused.code).toBe(code);
    expect(refused.stderr).toMatch(words);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says what is missing in a recording without its tail, and exports the rest', async () => {
    const cut = join(folder, 'cut.sprec');
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const done = await runSallyport(['export', cut, '--identity', IDENTITY_FILE]);
    expect(done.code).toBe(1);
    expect(done.stdout.length).toBeGreaterThan(20);
    expect(done.stderr).toMatch(/sallyport export: /);
  });
});

describe('sallyport import', () => {
  it('makes a recording of an asciicast that plays, and that verify takes for what it is', async () => {
    const profile = join(folder, 'profile');
    const identityFolder = join(profile, 'identity');
    await createIdentityStore(identityFolder, fileSecretBox).create(null);
    const castFile = join(folder, 'elsewhere.cast');
    const cast =
      '{"version":2,"width":80,"height":24}\n[1.5,"o","write to anna.schmidt@example.org\\r\\n"]\n';
    writeFileSync(castFile, cast);
    const recording = join(folder, 'elsewhere.sprec');
    const done = await runSallyport(['import', castFile, '--profile', profile, '--output', recording]);
    expect(done.stderr).toBe('');
    expect(done.stdout.toString()).toMatch(/imported as imported-\S+, masked: 1 email\./);
    const verified = await runSallyport(['verify', recording, '--json']);
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.stdout.toString())).toMatchObject({
      isVerified: false,
      problems: [{ code: 'imported', kind: 'origin' }],
    });
    const again = await runSallyport(['export', recording, '--profile', profile, '--format', 'v2']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout.toString()).toMatch(/^\[1\.5,"o","write to [^a-z]+\\r\\n"\]$/m);

    writeFileSync(castFile, `${cast}[-3,"o","x"]\n`);
    const refused = await runSallyport(['import', castFile, '--profile', profile]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/Line 3 of the cast .*negative/);
  });
});
