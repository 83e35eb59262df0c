import { join } from 'node:path';
import process from 'node:process';

/** Each of these is enough; the first is Apple's recommendation for machines. */
const WAYS = [
  { appleApiKey: 'APPLE_API_KEY', appleApiKeyId: 'APPLE_API_KEY_ID', appleApiIssuer: 'APPLE_API_ISSUER' },
  { appleId: 'APPLE_ID', appleIdPassword: 'APPLE_APP_SPECIFIC_PASSWORD', teamId: 'APPLE_TEAM_ID' },
  { keychainProfile: 'APPLE_KEYCHAIN_PROFILE' },
];

/** The credentials for Apple's notary service from the environment; null where there are none. Throws for a part of some. */
export function notaryCredentials(environment) {
  for (const way of WAYS) {
    const names = Object.values(way);
    const missing = names.filter(name => !environment[name]);
    if (missing.length === names.length) continue;
    if (missing.length > 0)
      throw new Error(`Notarisation needs ${names.join(', ')}; not set: ${missing.join(', ')}.`);
    return Object.fromEntries(Object.entries(way).map(([key, name]) => [key, environment[name]]));
  }
  return null;
}

/**
 * electron-builder's `afterSign`: has Apple notarise the program and staples the ticket to it. Without credentials it says so, and a release
 * (`SALLYPORT_RELEASE=signed`) fails.
 */
export default async function notarise({ appOutDir, electronPlatformName, packager }, tools = {}) {
  if (electronPlatformName !== 'darwin') return;
  const { environment = process.env, say = words => process.stdout.write(`${words}\n`) } = tools;
  const credentials = notaryCredentials(environment);
  if (credentials === null) {
    const ways = WAYS.map(way => Object.values(way).join(' + ')).join(', or ');
    const words = `Not notarised: macOS will warn people who download this program. Set ${ways}.`;
    if (environment.SALLYPORT_RELEASE === 'signed') throw new Error(words);
    say(words);
    return;
  }
  const notarize = tools.notarize ?? (await import('@electron/notarize')).notarize;
  await notarize({ appPath: join(appOutDir, `${packager.appInfo.productFilename}.app`), ...credentials });
}
