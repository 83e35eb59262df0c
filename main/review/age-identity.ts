import { Decrypter } from 'age-encryption';
import type { Identity } from 'age-encryption';

/** What opens a recording's age files: identities (`AGE-SECRET-KEY-1…`), one a line; what stands for them (the keys of a share); or several of these. */
export type AgeIdentity = string | Identity | readonly (string | Identity)[];

export function createDecrypter(identity: AgeIdentity): Decrypter {
  const decrypter = new Decrypter();
  for (const each of listOf(identity)) {
    if (typeof each !== 'string') decrypter.addIdentity(each);
    else for (const line of each.split('\n')) decrypter.addIdentity(line);
  }
  return decrypter;
}

function listOf(identity: AgeIdentity): readonly (string | Identity)[] {
  return typeof identity === 'string' || 'unwrapFileKey' in identity ? [identity] : identity;
}
