import { ALNUM, BASE64, CRYPT } from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Password hashes, and keys that are wrapped once in base64 or base58. */
export const ENCODED = [
  {
    source: 'BIP 32 and SLIP 132: extended private keys in base58',
    rules: [['bip32', 'xprv yprv zprv tprv', ALNUM, 100, 112]],
  },
  {
    source:
      'crypt(5), PHC string format, Apache htpasswd, Django, Werkzeug, LDAP (RFC 2307), SCRAM (RFC 5803), PostgreSQL, Kerberos',
    rules: [
      [
        'password-hash',
        '$1$ $5$ $6$ $y$ $7$ $gy$ $2a$ $2b$ $2x$ $2y$ $apr1$ $argon2id$ $argon2i$ $argon2d$ $scrypt$ $pbkdf2 $bcrypt-sha256$ $krb5asrep$ $krb5tgs$',
        CRYPT,
        20,
        400,
      ],
      [
        'password-hash',
        'pbkdf2_sha256$ pbkdf2_sha1$ pbkdf2:sha256: pbkdf2:sha512: scrypt: argon2$argon2 bcrypt$ bcrypt_sha256$ scrypt$',
        CRYPT,
        30,
        400,
        { shape: /\$.*\$|\$.{20,}$/ },
      ],
      [
        'password-hash',
        '{SSHA} {SHA} {SMD5} {SSHA256} {SSHA512} {SHA256} {SHA512} {PBKDF2} {CRYPT} {ARGON2}',
        CRYPT,
        20,
        400,
      ],
      ['password-hash', 'SCRAM-SHA-256$ SCRAM-SHA-1$ SCRAM-SHA-512$', CRYPT, 40, 400],
    ],
  },
  {
    source: 'RFC 4648 base64 of RFC 7468 headers, of a JWT (RFC 7519) and of the credentials file of Docker',
    rules: [
      [
        'private-key-base64',
        'LS0tLS1CRUdJTiBQUklWQVRF LS0tLS1CRUdJTiBSU0EgUFJJVkFURS LS0tLS1CRUdJTiBFQyBQUklWQVRF LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURSB LS0tLS1CRUdJTiBEU0EgUFJJVkFURS',
        BASE64,
        12,
        16384,
      ],
      ['jwt-base64', 'ZXlKaGJHY ZXlKMGVYQ ZXlKcmFXU', BASE64, 40, 8192],
      ['docker-config', 'eyJhdXRocyI6', BASE64, 20, 16384],
    ],
  },
] satisfies readonly SecretFamily[];
