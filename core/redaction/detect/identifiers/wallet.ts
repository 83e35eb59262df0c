import { isAlnum } from '../characters.ts';
import { hasContext } from '../context/context.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import { sha256 } from './sha256.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/**
 * Wallet addresses: Bitcoin, Litecoin, Dogecoin, Dash and TRON in base58check (double SHA-256), bech32/bech32m (BIP 173, BIP 350), Ethereum's forty hex
 * digits where a word names them or their case is mixed as EIP-55 does.
 */
export const walletDetector: Detector = {
  name: 'wallet',
  needs: SIGHT.longToken,
  find(text, emit) {
    const { line } = text;
    let at = 0;
    while (at < line.length) {
      if (!isAlnum(line.charCodeAt(at))) {
        at++;
        continue;
      }
      const start = at;
      while (at < line.length && isAlnum(line.charCodeAt(at))) at++;
      const length = at - start;
      if (length < 26 || length > 90) continue;
      const first = line.charCodeAt(start);
      const token = line.slice(start, at);
      const span = { start, end: at };
      if (length <= 35 && '13LMDXTA97'.includes(String.fromCharCode(first)) && isBase58Address(token)) {
        emit({
          entity: 'crypto-wallet',
          ...span,
          score: 0.95,
          rule: 'crypto-wallet.base58',
          evidence: ['checksum passes'],
        });
      } else if (/^(?:bc1|tb1|ltc1)/i.test(token) && isBech32(token)) {
        emit({
          entity: 'crypto-wallet',
          ...span,
          score: 0.95,
          rule: 'crypto-wallet.bech32',
          evidence: ['checksum passes'],
        });
      } else if (length === 42 && /^0x[0-9a-fA-F]{40}$/.test(token)) {
        const isMixed = /[a-f]/.test(token) && /[A-F]/.test(token.slice(2));
        if (isMixed || hasContext(text, span, ['wallet']))
          emit({
            entity: 'crypto-wallet',
            ...span,
            score: 0.75,
            rule: 'crypto-wallet.ethereum',
            evidence: ['address form'],
          });
      }
    }
  },
};

function isBase58Address(text: string): boolean {
  const bytes = new Uint8Array(25);
  for (const char of text) {
    let carry = BASE58.indexOf(char);
    if (carry < 0) return false;
    for (let i = 24; i >= 0; i--) {
      carry += 58 * (bytes[i] ?? 0);
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    if (carry !== 0) return false;
  }
  const sum = sha256(sha256(bytes.subarray(0, 21)));
  return [0, 1, 2, 3].every(i => sum[i] === bytes[21 + i]);
}

function isBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== text && text.toUpperCase() !== text) return false;
  const split = lower.lastIndexOf('1');
  const prefix = lower.slice(0, split);
  const values = [...prefix].map(char => char.charCodeAt(0) >> 5);
  values.push(0, ...[...prefix].map(char => char.charCodeAt(0) & 31));
  for (const char of lower.slice(split + 1)) {
    const value = BECH32.indexOf(char);
    if (value < 0) return false;
    values.push(value);
  }
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((generator, i) => {
      if (((top >> i) & 1) === 1) check ^= generator;
    });
  }
  return check === 1 || check === 0x2bc830a3;
}
