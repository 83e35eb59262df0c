import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { signRelease } from './release/sign-release.ts';

/**
 * `node scripts/sign-update.ts FOLDER --key FILE.pem`: writes release-VERSION.jws into a folder with the installers of all systems, signed
 * with an Ed25519 key (PEM, PKCS #8), and prints the public key that programs are packaged with. Run it where the key is, which is not where
 * things are built.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } });
const [folder] = positionals;
if (folder === undefined || values.key === undefined || !existsSync(folder)) {
  process.stderr.write('Usage: node scripts/sign-update.ts FOLDER --key FILE.pem\n');
  process.exit(2);
}
const key = createPrivateKey(readFileSync(values.key));
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const { name, jws } = await signRelease({ folder, version, key });
writeFileSync(join(folder, name), `${jws}\n`);
process.stdout.write(
  `${join(folder, name)}, signed with ${createPublicKey(key).export({ format: 'jwk' }).x ?? ''}\n`,
);
