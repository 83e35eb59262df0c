import { isIP } from 'node:net';
import { z } from 'zod';

/** An address, or a range of them (CIDR, RFC 4632 and RFC 4291). A range of all would believe everybody. */
function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/**
 * Proxies whose word on the client's address counts. A connection from any other address is its own client, whatever it says in X-Forwarded-For; of
 * a chain of proxies, the nearest address that is none of these is the client's.
 */
export const TrustedProxies = z
  .array(
    z
      .string()
      .refine(
        isAddressOrRange,
        'must be addresses or ranges such as "10.0.0.5" and "10.1.0.0/24", never all',
      ),
  )
  .max(100);

/** As Fastify takes it: nobody unless they are named. */
export function trustProxyOption(proxies: readonly string[]): false | string[] {
  return proxies.length === 0 ? false : [...proxies];
}
