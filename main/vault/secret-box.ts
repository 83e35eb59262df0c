/**
 * Keeps small secrets (device keys) from who reads the profile folder. The desktop shell brings one on Electron's safeStorage (the
 * system's keychain); where there is none, `fileSecretBox` says honestly what it is.
 */
export interface SecretBox {
  /** Names the scheme in the file, so that another box refuses instead of misreading. */
  readonly scheme: string;
  /** What the user has to know about it; null where there is nothing to say. */
  readonly meaning: string | null;
  seal(secret: string): string;
  /** Throws where it was not sealed by this box on this machine. */
  open(sealed: string): string;
}

/** No encryption: the file's mode 0600 is the only guard. */
export const fileSecretBox: SecretBox = {
  scheme: 'file-0600',
  meaning:
    'The device key lies in a file that only your user account can read; it is not encrypted by the system keychain.',
  seal: secret => secret,
  open: sealed => sealed,
};
