import { Encrypter } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';
import type { AccountId, RecordingId } from '../../../contract/ids.ts';
import { CommentContent } from '../../../contract/recording-review.ts';
import type { OpenedComment, StoredComment } from '../../../contract/recording-review.ts';
import type { AgeIdentity } from '../age-identity.ts';
import { createDecrypter } from '../age-identity.ts';

/** Whoever may open a recording may open what was written about it, and nobody else: the server keeps age files. */

/** Base64 of an age file for the recording's recipients. */
export async function sealComment(content: CommentContent, recipients: readonly string[]): Promise<string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(JSON.stringify(content))).toString('base64');
}

/** What a comment says; one that cannot be opened, or does not belong where the server put it, comes with the reason instead. */
export async function openComment(
  stored: StoredComment,
  context: { readonly recordingId: RecordingId; readonly identity: AgeIdentity },
): Promise<OpenedComment> {
  const { id, by, atMs } = stored;
  const refused = (problem: string): OpenedComment => ({ id, by, atMs, momentMs: 0, text: null, problem });
  const decrypter = createDecrypter(context.identity);
  const opened = await decrypter.decrypt(Buffer.from(stored.sealed, 'base64'), 'text').catch(() => null);
  if (opened === null)
    return refused('It was sealed to other recipients, or altered: your key does not open it.');
  const content = CommentContent.safeParse(parseJson(opened));
  if (!content.success) return refused('It opens, but what is inside is no comment.');
  if (content.data.recordingId !== context.recordingId || content.data.accountId !== by.id)
    return refused(
      'It was written about another recording or by somebody else than the server says. Tell your administrator.',
    );
  return { id, by, atMs, momentMs: content.data.momentMs, text: content.data.text, problem: null };
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
