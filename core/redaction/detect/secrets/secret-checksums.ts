import { crc32 } from './crc32.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE62_LENGTH = 6;
const HEX_LENGTH = 8;

/**
 * Whether the last six characters are the CRC-32 of those before them in base 62: tokens of GitHub since 2021 ("Behind GitHub's new
 * authentication token formats", the GitHub blog) and of npm after them.
 */
export function endsInBase62Crc(body: string): boolean {
  const random = body.slice(0, -BASE62_LENGTH);
  return random !== '' && base62(crc32(random)) === body.slice(-BASE62_LENGTH);
}

/** `…_0a1b2c3d`: the CRC-32 of everything before it, prefix included, in hexadecimal (service account tokens of Grafana). */
export function endsInHexCrc(prefix: string): (body: string) => boolean {
  return body => {
    const random = prefix + body.slice(0, -HEX_LENGTH - 1);
    return crc32(random).toString(16).padStart(HEX_LENGTH, '0') === body.slice(-HEX_LENGTH).toLowerCase();
  };
}

function base62(number: number): string {
  let text = '';
  for (let rest = number; text.length < BASE62_LENGTH; rest = Math.floor(rest / 62))
    text = BASE62.charAt(rest % 62) + text;
  return text;
}
