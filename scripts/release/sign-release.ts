import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CompactSign } from 'jose';
import type { SignedRelease } from '../../main/electron/updates/signed-release.ts';
import { releaseFile } from '../../main/electron/updates/signed-release.ts';

/** What an update can be. */
const INSTALLER = /\.(AppImage|deb|rpm|dmg|zip|exe)$/;

/** The signature of the installers in a folder (a compact JWS), and its file name. Throws where there are none. */
export async function signRelease({
  folder,
  version,
  key,
}: {
  readonly folder: string;
  readonly version: string;
  /** Ed25519, private */
  readonly key: KeyObject;
}): Promise<{ readonly name: string; readonly jws: string }> {
  const files: SignedRelease['files'] = [];
  for (const name of readdirSync(folder)
    .filter(each => INSTALLER.test(each))
    .sort()) {
    const hash = createHash('sha512');
    await pipeline(createReadStream(join(folder, name)), hash);
    files.push({ name, sha512: hash.digest('base64') });
  }
  if (files.length === 0) throw new Error(`${folder} holds no installer.`);
  const release: SignedRelease = { kind: 'sallyport-release', version, files };
  const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(release)))
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(key);
  return { name: releaseFile(version), jws };
}
