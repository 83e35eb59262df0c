import { entropyOf } from '../characters.ts';

const MIN_LENGTH = 16;
const MAX_LENGTH = 1024;
const MIN_PART = 12;

/** Names of keys that are no secret: `public_key`, `primary_key`, `cache_key`. */
const HARMLESS =
  /(?:^|[_.\- ])(?:public|pub|primary|foreign|partition|sort|range|cache|object|row|column|index|group|dedup|idempotency|unique|hash|map|dict|json|config|registry|i18n|locale|order|event|message|record|item|search|lookup|shard|surrogate|publishable|host|known|armor|translation|s3|file|cluster|node|client|metric|trace|span|request|correlation)[_.\- ]?(?:key|id|sig|auth)$/i;

/** Whether a name that ends in a weak key may name a secret. */
export function mayNameSecret(name: string): boolean {
  return !HARMLESS.test(name.replace(/([a-z\d])([A-Z])/g, '$1_$2'));
}

/**
 * Whether a value that a weak key names is a secret: at least 16 characters in one word, letters and digits mixed and random, and neither a
 * path, a version, a UUID, an address, a digest, a placeholder nor words by hyphens. `isPlain` is a bare `key`, where checksums are common: hexadecimal
 * alone says nothing there.
 */
export function isSecretLooking(value: string, isPlain: boolean): boolean {
  if (value.length < MIN_LENGTH || value.length > MAX_LENGTH) return false;
  if (!/^[A-Za-z0-9+/=_.~:%!@#*-]+$/.test(value) || /^(?:[./~]|[a-z]+:\/\/|[A-Z]:\\)/i.test(value))
    return false;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) || /^[\d.:_-]+$/.test(value)) return false;
  if (isPlaceholder(value) || /^(?:0x[0-9a-f]+|(?:sha\d+|md5)[:-].*)$/i.test(value)) return false;
  if (/^[0-9a-f]+$/i.test(value)) return !isPlain && value.length >= 24 && entropyOf(value) >= 2.8;
  const part = longestPart(value);
  const digits = part.replace(/\D/g, '').length;
  const letters = part.length - digits;
  if (part.length < MIN_PART || digits < 2 || letters < 3) return false;
  if (isPlain && !(/[a-z]/.test(part) && /[A-Z]/.test(part))) return false;
  return entropyOf(value) >= 3.2 && changes(part) >= part.length / 5;
}

/** `changeme`, `your-api-key-here`, `xxxxxxxxxxxxxxxx`, `EXAMPLE_TOKEN_1234`. */
export function isPlaceholder(value: string): boolean {
  return (
    /^(?:change[-_ ]?(?:me|it|this)|replace|insert|enter|your|my|some|dummy|sample|example|placeholder|todo|redacted|foo|bar)(?![A-Za-z])/i.test(
      value,
    ) || /^(.)\1+$/.test(value)
  );
}

function longestPart(value: string): string {
  let longest = '';
  for (const part of value.split(/[^A-Za-z0-9+/]+/)) if (part.length > longest.length) longest = part;
  return longest;
}

/** How often letters, capitals and digits change: often in random text, rarely in `node20Version12`. */
function changes(text: string): number {
  let count = 0;
  for (let i = 1; i < text.length; i++)
    if (kindOf(text.charCodeAt(i)) !== kindOf(text.charCodeAt(i - 1))) count++;
  return count;
}

function kindOf(code: number): number {
  if (code < 0x3a) return 0;
  return code < 0x5b ? 1 : 2;
}
