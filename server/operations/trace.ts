import { randomBytes } from 'node:crypto';

/** Where a request stands in a trace (W3C Trace Context, section 3.2): ids in lower case hex. */
export interface Trace {
  /** 16 bytes: the whole of what belongs together */
  readonly traceId: string;
  /** 8 bytes: this server's part in it */
  readonly spanId: string;
  readonly isSampled: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Goes on from a `traceparent` header; begins a trace where there is none, or one that cannot be read. */
export function continueTrace(header: string | string[] | undefined): Trace {
  const [, version, traceId = '', parentId = '', flags = '', more] =
    TRACEPARENT.exec(typeof header === 'string' ? header : '') ?? [];
  const isKnown =
    version !== undefined &&
    version !== 'ff' &&
    // Version 00 ends here; later ones may say more, which is to be passed over.
    (version !== '00' || more === undefined) &&
    !/^0+$/.test(traceId) &&
    !/^0+$/.test(parentId);
  const spanId = randomId(8);
  if (!isKnown) return { traceId: randomId(16), spanId, isSampled: false };
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** As `traceparent` and `traceresponse` write it. */
export function formatTrace({ traceId, spanId, isSampled }: Trace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

/** Never all zero, which would mean none. */
function randomId(bytes: number): string {
  const id = randomBytes(bytes);
  if (id.every(byte => byte === 0)) id[0] = 1;
  return id.toString('hex');
}
