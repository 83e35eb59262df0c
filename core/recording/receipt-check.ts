import type { Receipt } from '../../contract/receipt.ts';
import type { ChainCrypto } from './chain-crypto.ts';
import { sha256 } from './chain-crypto.ts';
import { createRecordReader } from './container.ts';
import { toHex } from './encoding.ts';

/** Permanent names (docs/verify.md): whether a recording still is what its server countersigned. */
export type ReceiptCode = 'receipt-confirmed' | 'receipt-foreign' | 'receipt-forged' | 'tail-cut' | 'forked';

export interface ReceiptFinding {
  readonly code: ReceiptCode;
  /** where the recording cannot be what was countersigned, milliseconds since its start; `toMs` null: to its end */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/** Compares a recording with receipts as its bytes arrive, cut anywhere. Who signed the receipts is not looked at here. */
export interface ReceiptCheck {
  push(bytes: Uint8Array): void;
  /** One finding for each receipt, in their order. */
  finish(): readonly ReceiptFinding[];
}

/** What stands in the file at a length that a receipt names. */
interface Reached {
  /** of the record that ends there; null where none does */
  readonly hash: string | null;
  /** end of the last segment up to there */
  readonly endMs: number;
}

export function createReceiptCheck(crypto: ChainCrypto, receipts: readonly Receipt[]): ReceiptCheck {
  const wanted = [...new Set(receipts.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  const reached = new Map<number, Reached>();
  const reader = createRecordReader();
  let sessionId: string | null = null;
  let head: Uint8Array = new Uint8Array(0);
  let endMs = 0;
  let size = 0;
  let next = 0;

  /** Notes each wanted length that the record at hand reaches; no hash for one at which it does not end. */
  const reach = (endOffset: number): void => {
    for (let bytes = wanted[next]; bytes !== undefined && bytes <= endOffset; bytes = wanted[++next])
      reached.set(bytes, { hash: bytes === endOffset ? toHex(sha256(crypto, head)) : null, endMs });
  };
  const judge = ({ recordingId, bytes, hash }: Receipt, confirmedMs: number): ReceiptFinding => {
    if (sessionId !== null && recordingId !== sessionId)
      return { code: 'receipt-foreign', fromMs: null, toMs: null };
    const here = reached.get(bytes);
    if (here?.hash === hash) return { code: 'receipt-confirmed', fromMs: null, toMs: null };
    if (bytes > size) return { code: 'tail-cut', fromMs: endMs, toMs: null };
    return { code: 'forked', fromMs: confirmedMs, toMs: here?.endMs ?? null };
  };

  return {
    push(bytes) {
      size += bytes.length;
      for (const event of reader.push(bytes)) {
        if (event.kind === 'head') {
          const { content } = event.head;
          head = event.head.bytes;
          if (content?.kind === 'header') sessionId ??= content.json.sessionId;
          if (content?.kind === 'segment') endMs = Math.max(endMs, content.json.endMs);
        } else if (event.kind === 'complete') reach(event.endOffset);
      }
    },
    finish() {
      // What an earlier receipt confirms is not where the fork is.
      const confirmedMs = receipts.map(({ bytes, hash }) => {
        const here = reached.get(bytes);
        return here?.hash === hash ? here.endMs : 0;
      });
      return receipts.map((receipt, i) =>
        judge(
          receipt,
          Math.max(
            0,
            ...confirmedMs.filter((_, other) => (receipts[other]?.bytes ?? 0) < receipt.bytes && other !== i),
          ),
        ),
      );
    },
  };
}
