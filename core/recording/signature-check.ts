import type { RecordingHeader } from '../../contract/recording.ts';
import type { ChainCrypto } from './chain-crypto.ts';
import type { RecordHead } from './container.ts';
import { fromBase64Url } from './encoding.ts';
import { signingInput } from './signing-input.ts';

/** Whether the header's device signed a checkpoint, end or index, over the link that the record claims: a wrong link is another matter. */
export function isSignedByDevice(head: RecordHead, header: RecordingHeader, crypto: ChainCrypto): boolean {
  const { content } = head;
  if (content === null || content.kind === 'header' || content.kind === 'segment') return false;
  const publicKey = fromBase64Url(header.devicePublicKey);
  const signature = fromBase64Url(content.json.signature);
  if (publicKey === null || signature === null) return false;
  const { kind, json } = content;
  const message = signingInput({ kind, sessionId: header.sessionId, previous: head.previous, json });
  return crypto.verifyEd25519({ publicKey, message, signature });
}
