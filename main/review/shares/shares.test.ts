import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, it } from 'vitest';
import { AccountId, DeviceId, RecordingId } from '../../../contract/ids.ts';
import type { HeldShare } from '../../../contract/recording-share.ts';
import { SHARE_PART_KEYS } from '../../../contract/recording-share.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import type { DeviceKey } from '../../vault/device-key.ts';
import { generateDeviceKey } from '../../vault/device-key.ts';
import { parseIdentity } from '../identity-store.ts';
import { createMemorySource } from '../recording-source.ts';
import { openReplay } from '../replay.ts';
import { identityOf } from './file-keys.ts';
import type { RecordingKeys } from './make-share.ts';
import { collectKeys, shareParts } from './make-share.ts';
import { openShares } from './open-shares.ts';
import { createHeldShares } from './share-stores.ts';

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures/recordings');
const bytes = readFileSync(join(FIXTURES, 'whole.sprec'));
const owner = parseIdentity(readFileSync(join(FIXTURES, 'identity.txt'), 'utf8'));
const recordingId = RecordingId.parse('fixture');
const deviceId = DeviceId.parse('device-of-rita');

type Stored = HeldShare;

async function stored(keys: RecordingKeys, recipient: string, device: DeviceKey): Promise<Stored[]> {
  const parts: Stored[] = [];
  const sharing = { deviceId, privateKeyPem: device.privateKeyPem };
  for await (const { statement, sealed } of shareParts(keys, recipient, sharing))
    parts.push({
      id: `part-${parts.length + 1}`,
      recipient,
      isRetired: false,
      by: { id: AccountId.parse('rita'), name: 'Rita', roles: ['reviewer'] },
      deviceId,
      devicePublicKey: device.publicKey,
      part: parts.length + 1,
      parts: 0,
      atMs: 1,
      statement,
      sealed,
    });
  return parts.map(part => ({ ...part, parts: parts.length }));
}

describe('a share of a recording', () => {
  const rita = generateDeviceKey();
  let secrets: string;
  let recipient: string;
  let keys: RecordingKeys;
  let header: { recordingId: RecordingId };
  beforeAll(async () => {
    secrets = await generateX25519Identity();
    recipient = await identityToRecipient(secrets);
    header = { recordingId: await idOf() };
    keys = await collectKeys({
      recordingId: header.recordingId,
      source: createMemorySource(bytes),
      identity: owner,
      comments: [],
    });
  });

  async function idOf(): Promise<RecordingId> {
    const replay = await openReplay({
      source: createMemorySource(bytes),
      identity: owner,
      crypto: CHAIN_CRYPTO,
    });
    return replay.header.sessionId;
  }
  const open = (parts: readonly Stored[], own = { secrets, recipient }) =>
    openShares({
      store: createHeldShares(parts),
      recordingId: header.recordingId,
      headerHash: keys.headerHash,
      secrets: own.secrets,
      recipients: [own.recipient],
    });

  it('opens it for another identity, and changes nothing of it', async () => {
    const before = openReplay({ source: createMemorySource(bytes), identity: secrets, crypto: CHAIN_CRYPTO });
    await expect(before).rejects.toMatchObject({ code: 'recording-unreadable' });
    const identity = await open(await stored(keys, recipient, rita));
    if (identity === null) throw new Error('the share was not found');
    const replay = await openReplay({ source: createMemorySource(bytes), identity, crypto: CHAIN_CRYPTO });
    expect(replay.check.report?.problems).toEqual([]);
    expect(replay.check.marks.filter(({ kind }) => kind === 'gap')).toEqual([]);
    const { events } = await replay.read({ fromMs: 0, toMs: 60_000, fromKeyframe: true });
    expect(events.length).toBeGreaterThan(0);
  });

  it('is passed on by who opened it with a share', async () => {
    const identity = await open(await stored(keys, recipient, rita));
    const source = createMemorySource(bytes);
    const again = await collectKeys({ ...header, source, identity: identity ?? '', comments: [] });
    expect(again).toEqual(keys);
  });

  it('is not made by who cannot open the recording', async () => {
    const source = createMemorySource(bytes);
    await expect(collectKeys({ ...header, source, identity: secrets, comments: [] })).rejects.toMatchObject({
      code: 'recording-unreadable',
    });
    await expect(collectKeys({ recordingId, source, identity: owner, comments: [] })).rejects.toMatchObject({
      code: 'recording-corrupt',
    });
  });

  it('of a long recording comes in parts, and counts only when it is whole', async () => {
    const many = Array.from(
      { length: SHARE_PART_KEYS + 1 },
      (_, i) => [i.toString(16).padStart(16, '0'), new Uint8Array(16)] as const,
    );
    const parts = await stored({ ...keys, keys: [...many, ...keys.keys] }, recipient, rita);
    expect(parts).toHaveLength(2);
    expect(await open(parts.slice(0, 1))).toBeNull();
    expect(await open(parts.slice(1))).toBeNull();
    expect(await open(parts)).not.toBeNull();
    const [first, second] = parts as [Stored, Stored];
    const swapped = [
      { ...first, sealed: second.sealed },
      { ...second, sealed: first.sealed },
    ];
    await expect(open(swapped)).rejects.toThrow(/not what their device signed/);
  });

  const forgeries: Readonly<Record<string, (parts: Stored[]) => Promise<Stored[]> | Stored[]>> = {
    'signed by another device than the server names': parts =>
      parts.map(part => ({ ...part, devicePublicKey: generateDeviceKey().publicKey })),
    'with sealed bytes of somebody else': async parts => {
      const other = await stored({ ...keys, keys: [] }, recipient, generateDeviceKey());
      return parts.map((part, i) => ({ ...part, sealed: other[i]?.sealed ?? '' }));
    },
    'of another recording': () => stored({ ...keys, recordingId }, recipient, rita),
    'of another recording under the same name': () =>
      stored({ ...keys, headerHash: '0'.repeat(64) }, recipient, rita),
    'made for another recipient': async () => {
      const other = await identityToRecipient(await generateX25519Identity());
      return (await stored(keys, other, rita)).map(part => ({ ...part, recipient }));
    },
    'with a statement that is none': parts => parts.map(part => ({ ...part, statement: 'a.b.c' })),
  };
  it.each(Object.keys(forgeries))('%s is refused', async name => {
    const parts = await forgeries[name]?.(await stored(keys, recipient, rita));
    await expect(open(parts ?? [])).rejects.toMatchObject({
      code: 'recording-unreadable',
      message: expect.stringContaining('not what their device signed') as unknown,
    });
  });

  it('with other file keys opens nothing: the header of each segment proves its own', async () => {
    const wrong = new Map(keys.keys.map(([name, key]) => [name, key.map(byte => byte ^ 1)]));
    const opened = openReplay({
      source: createMemorySource(bytes),
      identity: identityOf(wrong),
      crypto: CHAIN_CRYPTO,
    });
    await expect(opened).rejects.toMatchObject({ code: 'recording-unreadable' });
  });
});
