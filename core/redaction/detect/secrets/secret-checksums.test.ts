import { crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../policy.ts';
import { crc32 } from './crc32.ts';
import { createLineDetector } from '../create-line-detector.ts';
import { endsInBase62Crc, endsInHexCrc } from './secret-checksums.ts';

/** The npm token that the GitHub blog shows, revoked long ago; in two pieces. */
const NPM = `zQWBuTSOoRi4A9sp${'HcVY5ncnsDkxkJ0mLq17'}`;

describe('checksums in tokens', () => {
  it('are the CRC-32 that zlib knows', () => {
    for (const text of ['', 'a', '123456789', NPM]) expect(crc32(text)).toBe(zlibCrc32(text));
  });

  it('hold in base 62 for a token that was issued, and for no other', () => {
    expect(endsInBase62Crc(NPM)).toBe(true);
    expect(endsInBase62Crc(NPM.replace('Q', 'R'))).toBe(false);
    expect(endsInBase62Crc('abcdef')).toBe(false);
  });

  it('hold in hexadecimal with the prefix counted in', () => {
    const secret = 'HOruNAb7SOiCdshU9algkrq7FDsNSLAa';
    const sum = zlibCrc32(`glsa_${secret}`).toString(16).padStart(8, '0');
    expect(endsInHexCrc('glsa_')(`${secret}_${sum}`)).toBe(true);
    expect(endsInHexCrc('glsa_')(`${secret}_00000000`)).toBe(false);
  });

  it('are evidence, and a wrong one acquits nothing', () => {
    const [right] = createLineDetector(DEFAULT_POLICY).findings(`token npm_${NPM}`, true);
    const [wrong] = createLineDetector(DEFAULT_POLICY).findings(`token npm_${NPM.replace('Q', 'R')}`, true);
    expect(right).toMatchObject({ rule: 'api-key.npm-token', score: 0.99 });
    expect(right?.evidence).toContain('checksum passes');
    expect(wrong).toMatchObject({ rule: 'api-key.npm-token', score: 0.95 });
  });
});
