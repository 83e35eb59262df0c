import { Decrypter } from 'age-encryption';
import type { Identity } from 'age-encryption';

/** What opens a recording's age files: identities (`AGE-SECRET-KEY-1…`), one a line, or what stands for them (the keys of a share). */
export type AgeIdentity = string | Identity;

export function createDecrypter(identity: AgeIdentity): Decrypter {
  const decrypter = new Decrypter();
  if (typeof identity !== 'string') decrypter.addIdentity(identity);
  else for (const each of identity.split('\n')) decrypter.addIdentity(each);
  return decrypter;
}
