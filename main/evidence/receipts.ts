import type { JWK } from 'jose';
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose';
import { Receipt, RECEIPT_TYP } from '../../contract/receipt.ts';
import type { ReceiptCheck, ReceiptFinding } from '../../core/recording/receipt-check.ts';
import { createReceiptCheck } from '../../core/recording/receipt-check.ts';
import { CHAIN_CRYPTO } from '../session-host/recorder/chain-crypto.ts';
import { timeText } from './time-text.ts';

/** A recording grows for hours, and a client keeps the last receipt; a file with more than these is none of ours. */
export const MAX_RECEIPTS = 1000;

/** What a receipt turned out to be: the finding as docs/verify.md describes it. */
export interface CheckedReceipt extends ReceiptFinding {
  readonly ok: boolean;
  /** RFC 7638 thumbprint of the key that signed it; null where it names none or its signature is wrong */
  readonly serverKey: string | null;
  /** what the receipt says; null where it is forged */
  readonly receipt: Receipt | null;
  readonly message: string;
}

interface Signed {
  readonly receipt: Receipt;
  readonly serverKey: string;
}

/** Checks receipts (compact JWS) against the bytes of a recording. `isTrusted`: whether the reader takes what a key signed. */
export async function createReceiptChecks(
  texts: readonly string[],
  isTrusted: (thumbprint: string) => boolean,
): Promise<{ push: ReceiptCheck['push']; finish(): readonly CheckedReceipt[] }> {
  const read = await Promise.all(texts.map(text => readReceipt(text, isTrusted)));
  const signed = read.filter(each => each !== null);
  const check = createReceiptCheck(
    CHAIN_CRYPTO,
    signed.map(({ receipt }) => receipt),
  );
  return {
    push: bytes => check.push(bytes),
    finish() {
      const findings = check.finish();
      return read.map(each => {
        const found = each === null ? undefined : findings[signed.indexOf(each)];
        if (each === null || found === undefined) return FORGED;
        const ok = found.code === 'receipt-confirmed';
        return { ...found, ...each, ok, message: inWords(each, found) };
      });
    },
  };
}

/** Null where it is not signed by the key that it names, or by one that is not trusted. */
async function readReceipt(text: string, isTrusted: (thumbprint: string) => boolean): Promise<Signed | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(text, EmbeddedJWK, {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    if (protectedHeader.typ !== RECEIPT_TYP) return null;
    const { kty, crv, x } = protectedHeader.jwk ?? {};
    // The thumbprint of the members that make the key, whatever else stands beside them.
    const serverKey = await calculateJwkThumbprint({ kty, crv, x } as JWK);
    if (!isTrusted(serverKey)) return null;
    return { receipt: Receipt.parse(JSON.parse(new TextDecoder().decode(payload))), serverKey };
  } catch {
    // What cannot be read was not written by a server.
    return null;
  }
}

const FORGED: CheckedReceipt = {
  code: 'receipt-forged',
  ok: false,
  fromMs: null,
  toMs: null,
  serverKey: null,
  receipt: null,
  message:
    'A receipt is not signed by the server: it was altered, or made by somebody else. It proves nothing.',
};

function inWords({ receipt, serverKey }: Signed, { code }: ReceiptFinding): string {
  const { bytes, segments, atMs, recordingId } = receipt;
  const stored = `by ${timeText(atMs)} the server with the key ${serverKey} had stored ${bytes} bytes with ${segments} segments`;
  switch (code) {
    case 'receipt-confirmed':
      return `The recording holds what was countersigned: ${stored}, and they are these.`;
    case 'tail-cut':
      return `The recording was cut off, even where its end is signed: ${stored}, and this file is shorter.`;
    case 'forked':
      return `The recording was made anew from some point on: ${stored}, and they are not these.`;
    case 'receipt-foreign':
      return `The receipt is that of another recording (${recordingId}).`;
    case 'receipt-forged':
      return FORGED.message;
  }
}
