import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** package.json lies one folder up from the sources and two up from a bundle (out/desktop). */
const places = ['../package.json', '../../package.json'].map(place =>
  fileURLToPath(new URL(place, import.meta.url)),
);
const manifest = places.find(place => existsSync(place));

/** The version of this program, as package.json states it. */
export const version: string =
  manifest === undefined
    ? 'unknown'
    : z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
