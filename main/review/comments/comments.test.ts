import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { AccountId, RecordingId } from '../../../contract/ids.ts';
import type { Account } from '../../../contract/server-api.ts';
import { createDeviceSigner } from '../../session-host/recorder/chain-crypto.ts';
import { generateDeviceKey } from '../../vault/device-key.ts';
import { commentContent, openComment, sealComment } from './comments.ts';

const rita: Account = { id: AccountId.parse('rita'), name: 'Rita', roles: ['reviewer'] };
const recordingId = RecordingId.parse('ses_1');
const TEXT = 'Why was this customer looked up?';

const device = createDeviceSigner(generateDeviceKey().privateKeyPem);

async function sealed(about: { recordingId?: RecordingId; accountId?: AccountId } = {}) {
  const [identity, other] = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  const recipients = await Promise.all([identityToRecipient(other), identityToRecipient(identity)]);
  const content = commentContent({
    recordingId,
    accountId: rita.id,
    momentMs: 61_500,
    text: ` ${TEXT} `,
    ...about,
  });
  return {
    identity,
    stored: {
      id: 'c1',
      by: rita,
      atMs: 5,
      sealed: await sealComment(content, recipients, device),
      authorKeys: [device.publicKey],
    },
  };
}

describe('a comment', () => {
  it('is opened by an older identity of the reviewer as well', async () => {
    const { identity, stored } = await sealed();
    const rotated = `${await generateX25519Identity()}\n${identity}`;
    expect(await openComment(stored, { recordingId, identity: rotated })).toMatchObject({ text: TEXT });
  });

  it('is opened by each recipient of the recording, at its moment, and shows nothing on the way', async () => {
    const { identity, stored } = await sealed();
    expect(await openComment(stored, { recordingId, identity })).toMatchObject({
      momentMs: 61_500,
      text: TEXT,
      problem: null,
      authorship: 'signed',
    });
    const onTheWay = Buffer.from(stored.sealed, 'base64').toString('latin1');
    expect(onTheWay).not.toContain('customer');
    expect(onTheWay).not.toContain('61500');
  });

  it.each([
    [
      'another identity',
      async () => ({ ...(await sealed()), identity: await generateX25519Identity() }),
      /other recipients/,
    ],
    [
      'a comment of another recording',
      () => sealed({ recordingId: RecordingId.parse('ses_2') }),
      /another recording/,
    ],
    ['a comment by somebody else', () => sealed({ accountId: AccountId.parse('victor') }), /somebody else/],
  ])('is refused with words: %s', async (_name, make, words) => {
    const { identity, stored } = await make();
    const opened = await openComment(stored, { recordingId, identity });
    expect(opened.text).toBeNull();
    expect(opened.problem).toMatch(words);
  });

  it('that another device signed, or whose words were changed, or that nobody signed, is told apart', async () => {
    const { identity, stored } = await sealed();
    const recipient = await identityToRecipient(identity);
    const reseal = async (change: (inside: Record<string, unknown>) => unknown) => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const inside: unknown = JSON.parse(
        await decrypter.decrypt(Buffer.from(stored.sealed, 'base64'), 'text'),
      );
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      const again = await encrypter.encrypt(JSON.stringify(change(inside as Record<string, unknown>)));
      return { ...stored, sealed: Buffer.from(again).toString('base64') };
    };
    const authorshipOf = async (comment: typeof stored) =>
      (
        await openComment(comment, {
          recordingId,
          identity: `${await generateX25519Identity()}\n${identity}`,
        })
      ).authorship;
    expect(await authorshipOf(stored)).toBe('signed');
    expect(await authorshipOf({ ...stored, authorKeys: [generateDeviceKey().publicKey] })).toBe('foreign');
    expect(await authorshipOf(await reseal(({ comment }) => comment))).toBe('unsigned');
    const reworded = await reseal(inside => ({
      ...inside,
      comment: { ...(inside['comment'] as object), text: 'All is well' },
    }));
    expect(await authorshipOf(reworded)).toBe('foreign');
    expect(await openComment(reworded, { recordingId, identity })).toMatchObject({ text: 'All is well' });
  });

  it('needs some words', () => {
    expect(() => commentContent({ recordingId, accountId: rita.id, momentMs: 0, text: '  ' })).toThrow(
      /words/,
    );
  });
});
