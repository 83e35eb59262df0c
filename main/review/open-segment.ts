import { promisify } from 'node:util';
import { constants, zstdDecompress } from 'node:zlib';
import { SallyportError } from '../../contract/errors.ts';
import type { SegmentContent } from '../../core/recording/segment.ts';
import { decodeSegment, MAX_SEGMENT_PLAIN_BYTES } from '../../core/recording/segment.ts';
import type { AgeIdentity } from './age-identity.ts';
import { createDecrypter } from './age-identity.ts';

const decompress = promisify(zstdDecompress);

/** 20 recipients are 2 KiB. Each stanza costs a scalar multiplication: a header of thousands would keep a reader busy for minutes. */
const MAX_AGE_HEADER_BYTES = 8 * 1024;
/** What every decoder has to support (RFC 8878, 3.1.1.1.2); a recorder's segments need 2 MiB. A frame may ask for 128 MiB and more. */
const MAX_WINDOW_LOG = 23;
const UNPACKING = {
  maxOutputLength: MAX_SEGMENT_PLAIN_BYTES,
  params: { [constants.ZSTD_d_windowLogMax]: MAX_WINDOW_LOG },
};

/**
 * Decrypts one segment and reads it. Throws `recording-unreadable` where the identity is none of its recipients,
 * `recording-corrupt` where what comes out is not a segment or would be larger than a segment may be.
 */
export async function openSegment(sealed: Uint8Array, identity: AgeIdentity): Promise<SegmentContent> {
  if (!hasShortHeader(sealed))
    throw new SallyportError(
      'recording-corrupt',
      'A segment is not an age file, or is sealed to more recipients than a recording may have.',
    );
  const decrypter = createDecrypter(identity);
  const packed = await decrypter.decrypt(sealed).catch((cause: unknown) => {
    throw new SallyportError(
      'recording-unreadable',
      'This identity does not open the recording: it was sealed to other recipients, or the segment was altered.',
      { cause },
    );
  });
  const plain = await decompress(packed, UNPACKING).catch((cause: unknown) => {
    throw new SallyportError('recording-corrupt', 'A segment does not unpack to what a segment may hold.', {
      cause,
    });
  });
  const content = decodeSegment(plain);
  if (content === null)
    throw new SallyportError(
      'recording-corrupt',
      'A segment opens, but its content is not that of a segment.',
    );
  return content;
}

/** Whether the line that ends an age header (`--- MAC`) comes early enough. */
function hasShortHeader(sealed: Uint8Array): boolean {
  const { buffer, byteOffset, length } = sealed;
  return Buffer.from(buffer, byteOffset, Math.min(length, MAX_AGE_HEADER_BYTES)).includes('\n---');
}
