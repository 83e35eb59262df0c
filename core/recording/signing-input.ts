import { SPREC_VERSION } from '../../contract/recording.ts';
import { canonicalJson, toHex } from './encoding.ts';
import { utf8 } from './utf8.ts';

export interface SignedRecord {
  readonly kind: 'checkpoint' | 'end' | 'index';
  readonly sessionId: string;
  /** hash of the record before, through which the signature covers everything before it */
  readonly previous: Uint8Array;
  /** the record's JSON; a member `signature` is left out */
  readonly json: Readonly<Record<string, unknown>>;
}

/**
 * What the device signs: five lines of UTF-8 (purpose with version, kind, session, hash of the record before in hex, RFC 8785
 * JSON without `signature`). The purpose keeps a signature from standing for anything else that the device signs.
 */
export function signingInput(record: SignedRecord): Uint8Array {
  const unsigned = Object.fromEntries(Object.entries(record.json).filter(([key]) => key !== 'signature'));
  return utf8(
    [
      `sallyport recording v${SPREC_VERSION}`,
      record.kind,
      record.sessionId,
      toHex(record.previous),
      canonicalJson(unsigned),
    ].join('\n'),
  );
}
