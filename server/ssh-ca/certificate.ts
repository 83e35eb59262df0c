import { randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { parsePublicKeyLine, publicKeyBlob } from './public-key.ts';
import { createWireWriter } from './ssh-wire.ts';

/** What an OpenSSH certificate says (OpenSSH, PROTOCOL.certkeys). */
export interface CertificateTerms {
  readonly kind: 'user' | 'host';
  /** the certified Ed25519 key, as a public key line */
  readonly publicKey: string;
  /** what the other side writes into its log */
  readonly keyId: string;
  /** logins of a user, names of a host; at least one: a certificate without would be good for all */
  readonly principals: readonly string[];
  readonly validAfterMs: number;
  readonly validBeforeMs: number;
  /** names with values, such as `force-command`; a server that does not know one refuses the certificate */
  readonly criticalOptions: Readonly<Record<string, string>>;
  /** names without values, such as `permit-pty` */
  readonly extensions: readonly string[];
}

const CERTIFICATE_TYPE = 'ssh-ed25519-cert-v01@openssh.com';
const KINDS = { user: 1, host: 2 } as const;

/**
 * A certificate line signed by `ca` (an Ed25519 private key): `ssh-ed25519-cert-v01@openssh.com AAAA… keyId`.
 * Throws `bad-input` for a key that is not Ed25519, a plain Error for terms that would certify too much.
 */
export function writeCertificate(ca: KeyObject, terms: CertificateTerms): string {
  const { principals, validAfterMs, validBeforeMs } = terms;
  if (principals.length === 0 || principals.includes(''))
    throw new Error('A certificate names its principals.');
  const validAfter = BigInt(Math.max(0, Math.floor(validAfterMs / 1000)));
  // Rounded down: the certificate is never valid past the grant.
  const validBefore = BigInt(Math.floor(validBeforeMs / 1000));
  if (validBefore <= validAfter) throw new Error('A certificate ends after it begins.');
  const toBeSigned = createWireWriter()
    .string(CERTIFICATE_TYPE)
    .string(randomBytes(32))
    .string(parsePublicKeyLine(terms.publicKey))
    .uint64(randomBytes(8).readBigUInt64BE())
    .uint32(KINDS[terms.kind])
    .string(terms.keyId)
    .string(strings(principals))
    .uint64(validAfter)
    .uint64(validBefore)
    .string(options(Object.entries(terms.criticalOptions)))
    .string(options(terms.extensions.map(name => [name, null])))
    .string('')
    .string(publicKeyBlob(ca))
    .bytes();
  const signature = createWireWriter()
    .string('ssh-ed25519')
    .string(sign(null, toBeSigned, ca))
    .bytes();
  const certificate = Buffer.concat([toBeSigned, createWireWriter().string(signature).bytes()]);
  return `${CERTIFICATE_TYPE} ${certificate.toString('base64')} ${terms.keyId.replaceAll(/[^\x21-\x7e]/g, '_')}`;
}

function strings(values: readonly string[]): Uint8Array {
  const writer = createWireWriter();
  for (const value of values) writer.string(value);
  return writer.bytes();
}

/** Names must be in order; a value is a string of its own inside of the field, and nothing at all where there is none. */
function options(entries: readonly (readonly [name: string, value: string | null])[]): Uint8Array {
  const writer = createWireWriter();
  for (const [name, value] of [...entries].sort(([one], [other]) => (one < other ? -1 : 1))) {
    writer.string(name).string(value === null ? '' : createWireWriter().string(value).bytes());
  }
  return writer.bytes();
}
