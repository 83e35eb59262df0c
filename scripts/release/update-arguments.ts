import { readFileSync } from 'node:fs';
import { readUpdateSettings } from '../../main/electron/updates/update-settings.ts';
import { channelOf } from './release-checks.ts';

/**
 * electron-builder's arguments for a program that looks for updates: SALLYPORT_UPDATE_FEED is the address of the feed, SALLYPORT_UPDATE_KEYS
 * are the public keys, by commas. None without a feed. Throws where they are wrong.
 */
export function updateArguments(
  environment: Readonly<Record<string, string | undefined>>,
  version = (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version,
): string[] {
  const feed = environment['SALLYPORT_UPDATE_FEED'];
  if (feed === undefined || feed === '') return [];
  const keys = environment['SALLYPORT_UPDATE_KEYS'] ?? '';
  const channel = channelOf(version);
  readUpdateSettings({ updates: { feed, channel, keys } });
  return [
    '-c.publish.provider=generic',
    `-c.publish.url=${feed}`,
    `-c.publish.channel=${channel}`,
    `-c.extraMetadata.updates.feed=${feed}`,
    `-c.extraMetadata.updates.channel=${channel}`,
    `-c.extraMetadata.updates.keys=${keys}`,
  ];
}
