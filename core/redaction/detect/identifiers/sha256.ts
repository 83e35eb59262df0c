/**
 * SHA-256 (FIPS 180-4), synchronous, for the checksum of base58 addresses only: WebCrypto is asynchronous and this layer has no Node.
 * Not for secrets.
 */
export function sha256(message: Uint8Array): Uint8Array {
  const length = (((message.length + 8) >> 6) << 6) + 64;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(length - 4, (message.length << 3) >>> 0);
  const hash = Uint32Array.from(FRACTIONS(2).slice(0, 8));
  const w = new Uint32Array(64);
  for (let offset = 0; offset < length; offset += 64) compress(hash, w, view, offset);
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => out.setUint32(i * 4, word));
  return new Uint8Array(out.buffer);
}

function compress(hash: Uint32Array, w: Uint32Array, view: DataView, offset: number): void {
  const k = FRACTIONS(3);
  for (let i = 0; i < 64; i++) {
    if (i < 16) {
      w[i] = view.getUint32(offset + i * 4);
      continue;
    }
    const x = w[i - 15] ?? 0;
    const y = w[i - 2] ?? 0;
    w[i] =
      (w[i - 16] ?? 0) +
      (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) +
      (w[i - 7] ?? 0) +
      (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let i = 0; i < 64; i++) {
    const one =
      (h +
        (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
        ((e & f) ^ (~e & g)) +
        (k[i] ?? 0) +
        (w[i] ?? 0)) |
      0;
    const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (hash[i] = ((hash[i] ?? 0) + value) | 0));
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** First 32 bits of the fractional parts of the square (2) or cube (3) roots of the first 64 primes. */
function FRACTIONS(root: 2 | 3): readonly number[] {
  return root === 2 ? SQUARE : CUBE;
}

const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter(
  n => n > 1 && !Array.from({ length: n }, (_, d) => d).some(d => d > 1 && n % d === 0),
);
const fraction = (value: number): number => ((value - Math.floor(value)) * 0x100000000) >>> 0;
const SQUARE: readonly number[] = PRIMES.map(prime => fraction(Math.sqrt(prime)));
const CUBE: readonly number[] = PRIMES.map(prime => fraction(Math.cbrt(prime)));
