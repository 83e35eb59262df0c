import { Encrypter } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';
import type { AccountId, RecordingId } from '../../../contract/ids.ts';
import { CommentContent, SignedComment } from '../../../contract/recording-review.ts';
import type { OpenedComment, StoredComment } from '../../../contract/recording-review.ts';
import { canonicalJson, fromBase64Url, toBase64Url } from '../../../core/recording/encoding.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import type { DeviceSigner } from '../../session-host/recorder/chain-crypto.ts';
import type { AgeIdentity } from '../age-identity.ts';
import { createDecrypter } from '../age-identity.ts';

/** Whoever may open a recording may open what was written about it, and nobody else: the server keeps age files. */

/** Base64 of an age file for the recording's recipients: recipients are public, so the author's device signs what is inside. */
export async function sealComment(
  comment: CommentContent,
  recipients: readonly string[],
  device: DeviceSigner,
): Promise<string> {
  const content: SignedComment = {
    version: 2,
    comment,
    deviceKey: device.publicKey,
    signature: toBase64Url(device.sign(commentSigningInput(comment))),
  };
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(JSON.stringify(content))).toString('base64');
}

/** What the device signs: the purpose keeps the signature from standing for anything else (as in core/recording/signing-input.ts). */
function commentSigningInput(comment: CommentContent): Uint8Array {
  return new TextEncoder().encode(`sallyport comment v1\n${canonicalJson(comment)}`);
}

/** What a comment says; one that cannot be opened, or does not belong where the server put it, comes with the reason instead. */
export async function openComment(
  stored: StoredComment,
  context: { readonly recordingId: RecordingId; readonly identity: AgeIdentity },
): Promise<OpenedComment> {
  const { id, by, atMs, authorKeys } = stored;
  const refused = (problem: string): OpenedComment => ({
    ...{ id, by, atMs, problem },
    momentMs: 0,
    text: null,
    authorship: 'unsigned',
  });
  const decrypter = createDecrypter(context.identity);
  const opened = await decrypter.decrypt(Buffer.from(stored.sealed, 'base64'), 'text').catch(() => null);
  if (opened === null)
    return refused('It was sealed to other recipients, or altered: your key does not open it.');
  const read = readComment(parseJson(opened));
  if (read === null) return refused('It opens, but what is inside is no comment.');
  const { recordingId, accountId, momentMs, text } = read.comment;
  if (recordingId !== context.recordingId || accountId !== by.id)
    return refused(
      'It was written about another recording or by somebody else than the server says. Tell your administrator.',
    );
  return { id, by, atMs, momentMs, text, problem: null, authorship: authorshipOf(read, authorKeys) };
}

interface ReadComment {
  readonly comment: CommentContent;
  /** null in comments of version 1 */
  readonly signed: SignedComment | null;
}

function readComment(json: unknown): ReadComment | null {
  const signed = SignedComment.safeParse(json);
  if (signed.success) return { comment: signed.data.comment, signed: signed.data };
  const comment = CommentContent.safeParse(json);
  return comment.success ? { comment: comment.data, signed: null } : null;
}

function authorshipOf(
  { comment, signed }: ReadComment,
  authorKeys: readonly string[],
): OpenedComment['authorship'] {
  if (signed === null) return 'unsigned';
  const publicKey = fromBase64Url(signed.deviceKey);
  const signature = fromBase64Url(signed.signature);
  const isSigned =
    publicKey !== null &&
    signature !== null &&
    authorKeys.includes(signed.deviceKey) &&
    CHAIN_CRYPTO.verifyEd25519({ publicKey, message: commentSigningInput(comment), signature });
  return isSigned ? 'signed' : 'foreign';
}

/** Throws `bad-input` where there is nothing to say. */
export function commentContent(comment: {
  readonly recordingId: RecordingId;
  readonly accountId: AccountId;
  readonly momentMs: number;
  readonly text: string;
}): CommentContent {
  const content = CommentContent.safeParse({ version: 1, ...comment });
  if (content.success) return content.data;
  throw new SallyportError('bad-input', 'A comment needs some words.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
