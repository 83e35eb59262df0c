import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../core/redaction/policy.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import { exportRecording } from '../export-recording.ts';
import type { ExportFormat } from '../export-recording.ts';
import { createMemorySource } from '../recording-source.ts';
import type { Replay } from '../replay.ts';
import { openReplay } from '../replay.ts';
import { createCastImporter } from './cast-importer.ts';
import { createImportsFolder } from './imports-folder.ts';

const MAIL = 'anna.schmidt@example.org';
const CARD = '4111 1111 1111 1111';
const IMPORTED_AT_MS = Date.UTC(2026, 0, 2);

const folder = mkdtempSync(join(tmpdir(), 'sallyport-import-'));
let identity: string;
let recipient: string;
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const importer = () =>
  createCastImporter({
    folder,
    recipients: [recipient],
    policy: DEFAULT_POLICY,
    importedAtMs: IMPORTED_AT_MS,
  });

/** Imports a cast that arrives in pieces of so many bytes. */
async function imported(
  cast: string,
  pieceBytes = 64,
): Promise<{ replay: Replay; file: Buffer; path: string }> {
  const importing = await importer();
  const bytes = new TextEncoder().encode(cast);
  for (let at = 0; at < bytes.length; at += pieceBytes)
    await importing.push(bytes.slice(at, at + pieceBytes));
  const { path } = await importing.finish();
  const file = readFileSync(path);
  const replay = await openReplay({ source: createMemorySource(file), identity, crypto: CHAIN_CRYPTO });
  return { replay, file, path };
}

const cast = (...events: readonly (readonly [number, string, string])[]): string =>
  [{ version: 2, width: 80, height: 24, timestamp: 1_700_000_000 }, ...events]
    .map(line => `${JSON.stringify(line)}\n`)
    .join('');

async function exported(replay: Replay, format: ExportFormat): Promise<string> {
  let text = '';
  for await (const piece of exportRecording(replay, format).pieces) text += piece.text;
  return text;
}

/** Outputs and resizes of an asciicast, with their times since the start; what stands at one time is joined. */
function shownIn(text: string): [number, string, string][] {
  const [first = '{}', ...lines] = text.trim().split('\n');
  const isV3 = (JSON.parse(first) as { version: number }).version === 3;
  let nowMs = 0;
  const shown: [number, string, string][] = [];
  for (const line of lines) {
    const [time, code, payload] = JSON.parse(line) as [number, string, string];
    nowMs = isV3 ? nowMs + time * 1000 : time * 1000;
    if (code === 'm') continue;
    const last = shown.at(-1);
    if (code === 'o' && last?.[1] === 'o' && last[0] === Math.round(nowMs)) last[2] += payload;
    else shown.push([Math.round(nowMs), code, payload]);
  }
  return shown;
}

describe('an imported asciicast', () => {
  it('is masked, also where a value is cut, and keeps its times, sizes and markers', async () => {
    const { replay, file } = await imported(
      cast(
        [0.5, 'o', '$ '],
        [1, 'i', 'hunter2-password'],
        [2, 'o', `mail ${MAIL.slice(0, 9)}`],
        [2.001, 'o', `${MAIL.slice(9)} now\r\n`],
        [3, 'm', `found ${MAIL} here`],
        [4, 'r', '100x30'],
        [3_600, 'o', `card ${CARD}\r\nbye\r\n`],
      ),
    );
    const text = await exported(replay, 'asciicast-v2');
    expect(text).toContain('now');
    expect(text).toContain('bye');
    for (const value of [MAIL, 'schmidt', CARD, '1111', 'hunter2']) {
      expect(text).not.toContain(value);
      expect(file.toString('latin1')).not.toContain(value);
    }
    expect(text).toMatch(/"m","found [•.@]+ here"/);
    expect(shownIn(text).map(([atMs, code]) => [atMs, code])).toEqual([
      [500, 'o'],
      [2_000, 'o'],
      [2_001, 'o'],
      [4_000, 'r'],
      [3_600_000, 'o'],
    ]);
    expect(replay.check.masked).toMatchObject({ email: 1, card: 1 });
    expect(replay.durationMs).toBe(3_600_000);
  });

  it('says that nobody vouches for it, and whether it was altered since', async () => {
    const { replay, file } = await imported(cast([1, 'o', 'hello\r\n']));
    expect(replay.header).toMatchObject({
      grantId: 'none',
      deviceId: 'none',
      imported: { format: 'asciicast-v2', atMs: IMPORTED_AT_MS },
      startedAtMs: 1_700_000_000_000,
    });
    const { report, marks } = await replay.checked;
    expect(report?.isVerified).toBe(false);
    expect(report?.problems.map(({ code }) => code)).toEqual(['imported']);
    expect(marks.filter(({ kind }) => kind === 'gap')).toEqual([]);
    const altered = Uint8Array.from(file);
    altered[file.length >> 1] = (altered[file.length >> 1] ?? 0) ^ 1;
    const source = createMemorySource(altered);
    const codes = await openReplay({ source, identity, crypto: CHAIN_CRYPTO }).then(
      async opened => (await opened.checked).report?.problems.map(({ code }) => code) ?? [],
    );
    expect(codes.length).toBeGreaterThan(1);
  });

  it('comes back the same from an export of either version, and is exported the same again', async () => {
    const events = [
      [0, 'o', '\u001b[31mred\u001b[0m\r\n'],
      [0.25, 'o', 'grüße 你好 😀\r\n'],
      [0.25, 'r', '132x43'],
      [90.125, 'o', '\u001b[2J\u001b[H\u001b]0;title\u0007top'],
    ] as const;
    const { replay } = await imported(cast(...events));
    for (const format of ['asciicast-v2', 'asciicast-v3'] as const) {
      const first = await exported(replay, format);
      expect(shownIn(first).filter(([, code]) => code === 'r')).toEqual([[250, 'r', '132x43']]);
      const again = await imported(first, 7);
      expect(shownIn(await exported(again.replay, format))).toEqual(shownIn(first));
    }
    expect(shownIn(await exported(replay, 'asciicast-v3'))).toEqual(
      shownIn(await exported(replay, 'asciicast-v2')),
    );
  });

  it('goes to the disk while it comes, however much comes at one moment', async () => {
    const importing = await importer();
    const encode = (text: string) => new TextEncoder().encode(text);
    await importing.push(encode(cast()));
    const line = `${JSON.stringify([1, 'o', `${'x'.repeat(198)}\r\n`])}\n`;
    for (let i = 0; i < 24; i += 1) await importing.push(encode(line.repeat(1_000)));
    const { path } = await importing.finish();
    const source = createMemorySource(readFileSync(path));
    const replay = await openReplay({ source, identity, crypto: CHAIN_CRYPTO });
    const text = await exported(replay, 'asciicast-v2');
    expect(shownIn(text).reduce((sum, [, , payload]) => sum + payload.length, 0)).toBe(24 * 1_000 * 200);
  });

  it.each([
    ['broken JSON', `${cast([1, 'o', 'a'])}[2,"o"\n`, /Line 3/],
    ['a negative time', cast([-1, 'o', 'a']), /negative/],
    ['another version', '{"version":9}\n', /no version 9/],
    ['nothing', '', /empty/],
  ])('leaves nothing where it is refused: %s', async (_name, text, words) => {
    const before = readdirSync(folder);
    const importing = await importer();
    await expect(
      importing.push(new TextEncoder().encode(text)).then(() => importing.finish()),
    ).rejects.toThrow(words);
    await importing.abort();
    expect(readdirSync(folder)).toEqual(before);
  });

  it('is listed, opened by its id and removed', async () => {
    const { path, replay } = await imported(cast([1, 'o', 'a']));
    const imports = createImportsFolder(folder);
    const { sessionId } = replay.header;
    expect((await imports.list()).find(({ id }) => id === sessionId)).toMatchObject({
      format: 'asciicast-v2',
      importedAtMs: IMPORTED_AT_MS,
      durationMs: 1_000,
      cols: 80,
    });
    const source = await imports.source(sessionId);
    expect((await source?.read({ last: 4 }))?.bytes).toEqual(
      Uint8Array.from(readFileSync(path).subarray(-4)),
    );
    await source?.close();
    await imports.remove(sessionId);
    expect(await imports.source(sessionId)).toBeNull();
    await expect(imports.remove(sessionId)).rejects.toMatchObject({ code: 'not-found' });
  });
});
