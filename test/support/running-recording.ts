import { open } from 'node:fs/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { RecordingHeader } from '../../contract/recording.ts';
import { startChain } from '../../core/recording/chain-writer.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import { createSealer } from '../../main/session-host/recorder/sealer.ts';
import type { EnrolledAccount } from '../../main/vault/vault.ts';

/** What a server cannot read may be the same in every segment; the chain around it is each recording's own. */
export interface SealedText {
  readonly recipient: string;
  readonly cipher: Uint8Array;
}

/** So many bytes of text, packed and sealed to somebody who does not exist. */
export async function sealText(plainBytes: number): Promise<SealedText> {
  const recipient = await identityToRecipient(await generateX25519Identity());
  const text = Uint8Array.from({ length: plainBytes }, (_, index) => 32 + ((index * index) % 95));
  return { recipient, cipher: await createSealer([recipient])(text) };
}

/**
 * Writes a whole recording with a segment for each second, ahead of time: tests offer it to an uploader piece by piece, as if it were
 * growing. Answers where it may be cut: after each segment, and at its end.
 */
export async function writeRecording(
  path: string,
  options: {
    readonly account: EnrolledAccount;
    readonly sessionId: string;
    readonly grantId: string;
    /** hex SHA-256 of the grant's JWS */
    readonly grantHash: string;
    readonly text: SealedText;
    readonly segments: number;
  },
): Promise<readonly number[]> {
  const { account, sessionId, grantId, grantHash, text, segments } = options;
  const signer = createDeviceSigner(account.device.privateKeyPem);
  const header = RecordingHeader.parse({
    version: 1,
    sessionId,
    grantId,
    grantHash,
    deviceId: account.deviceId,
    devicePublicKey: signer.publicKey,
    recipients: [text.recipient],
    startedAtMs: Date.now(),
    cols: 80,
    rows: 24,
  });
  const { writer, bytes } = startChain(header, { crypto: CHAIN_CRYPTO, sign: signer.sign });
  const file = await open(path, 'wx');
  await file.write(bytes);
  const ends: number[] = [];
  for (let second = 0; second < segments; second += 1) {
    const times = { startMs: second * 1000, endMs: (second + 1) * 1000, hasKeyframe: second % 30 === 0 };
    await file.write(writer.segment(times, text.cipher));
    ends.push(writer.position.offset);
  }
  const proof = { processesLeft: 0, isChannelClosed: true };
  const end = { cause: 'exited', endedAtMs: Date.now(), gap: null, proof } as const;
  await file.write(writer.end(end));
  await file.write(writer.index());
  const { size } = await file.stat();
  await file.close();
  return [...ends, size];
}
