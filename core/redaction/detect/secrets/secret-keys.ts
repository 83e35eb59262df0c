import type { LexiconEntry } from '../context/lexicon-entry.ts';

const list = (text: string): readonly string[] =>
  text.split(',').map(each => each.trim().replace(/\s+/g, ' '));

/** Further keys that name a secret, from the configuration of the programs and services that read them. */
export const SECRET_KEYS: readonly LexiconEntry[] = [
  {
    entity: 'password',
    keys: list(`sshpass, auth pass, rediscli auth, psk, wpa psk, preshared key, pre shared key, storepass, keypass, keystore pass, truststore pass, mnemonic, secret phrase,
      passcode, otp, one time code, verification code, login code, mfa code, two factor code, unlock code, smtp auth password, ansible vault password`),
  },
  {
    entity: 'api-key',
    keys: list(`unseal key, recovery key, hmac key, fernet key, service key, service role key, write key, ingest key, ingestion key, license key, licence key,
      integration key, client key data, deploy key, function key, subscription key, admin key, totp seed, otp seed, mfa seed, backup code, dockerconfigjson, dockercfg,
      x amz signature, x goog signature, x api token, sas token, session secret, cookie secret, nextauth secret, vapid key, airflow fernet key, storage key,
      gitlab session, laravel session, rack session, ci session, asp net sessionid, wordpress logged in, xf session`),
  },
];

/**
 * Keys that name a secret in one program and something harmless in the next: `key`, `auth`, `credentials`. Only a value that looks random is
 * hidden behind them (secret-value.ts), and no column is called after them.
 */
export const WEAK_SECRET_KEYS: readonly string[] = list(
  'key, auth, credential, credentials, cred, creds, session key, session id, sig',
);
