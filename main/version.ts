import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** package.json lies one folder up from the sources and two up from a bundle (out/desktop). */
const places = ['../package.json', '../../package.json'].map(place =>
  fileURLToPath(new URL(place, import.meta.url)),
);
const place = places.find(each => existsSync(each));

/** The package.json of this program; an empty object where there is none. */
export function readManifest(): unknown {
  return place === undefined ? {} : JSON.parse(readFileSync(place, 'utf8'));
}

/** The version of this program, as package.json states it. */
export const version: string = z
  .object({ version: z.string().default('unknown') })
  .parse(readManifest()).version;
