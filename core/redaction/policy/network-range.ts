/** An address as its 32 or 128 bits. */
interface Address {
  readonly bits: bigint;
  readonly size: 32 | 128;
}

/** Whether an address is inside a range; both are text. */
export type InRange = (address: string) => boolean;

/** No address in text is longer (RFC 4291 with an embedded IPv4 address and a zone). */
const MAX_LENGTH = 64;

/**
 * A test for an address or CIDR range (RFC 4632, RFC 4291 section 2.3); null where `range` is neither. IPv4 addresses that are written
 * as IPv6 ones (`::ffff:192.0.2.1`) are tested as what they are.
 */
export function networkRange(range: string): InRange | null {
  const slash = range.indexOf('/');
  const base = addressOf(slash < 0 ? range : range.slice(0, slash));
  if (base === null) return null;
  const length = slash < 0 ? base.size : Number(range.slice(slash + 1));
  if (!Number.isInteger(length) || length < 0 || length > base.size) return null;
  const shift = BigInt(base.size - length);
  return text => {
    const address = addressOf(text);
    return address !== null && address.size === base.size && address.bits >> shift === base.bits >> shift;
  };
}

function addressOf(text: string): Address | null {
  if (text.length > MAX_LENGTH) return null;
  const plain = text.replace(/%.*$/, '').replace(/^\[|\]$/g, '');
  if (!plain.includes(':')) {
    const bits = quadBits(plain);
    return bits === null ? null : { bits, size: 32 };
  }
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(plain)?.[1];
  if (mapped !== undefined) return addressOf(mapped);
  const bits = groupBits(plain);
  return bits === null ? null : { bits, size: 128 };
}

function quadBits(text: string): bigint | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const bytes = text.split('.').map(Number);
  return bytes.some(byte => byte > 255)
    ? null
    : bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function groupBits(text: string): bigint | null {
  const quad = /(?<=:)\d{1,3}(?:\.\d{1,3}){3}$/.exec(text)?.[0];
  const low = quad === undefined ? null : quadBits(quad);
  if (quad !== undefined && low === null) return null;
  const groupsText =
    quad === undefined || low === null
      ? text
      : `${text.slice(0, -quad.length)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const halves = groupsText.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map(half => (half === '' ? [] : half.split(':')));
  const given = (head?.length ?? 0) + (tail?.length ?? 0);
  if (halves.length === 1 ? given !== 8 : given > 7) return null;
  const groups = [...(head ?? []), ...Array<string>(8 - given).fill('0'), ...(tail ?? [])];
  if (groups.some(group => !/^[\da-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
