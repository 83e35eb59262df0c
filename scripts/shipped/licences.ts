import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ShippedPackage } from './packages.ts';

/** Licences (SPDX) that allow what we do: hand the code on inside of a program under Apache-2.0, with the text beside it. */
export const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Unlicense',
  'Zlib',
]);

/** Packages that bring no text along: another package of the same project, under the same licence, has it. */
const TEXT_OF: Readonly<Record<string, string>> = {
  '@xterm/headless': '@xterm/xterm',
  'client-only': 'react',
};

const TEXT_FILES = /^(licen[sc]e|copying|notice|unlicense)([.-].*)?$/i;

/** Whether an SPDX expression leaves a way that is allowed. `WITH` exceptions and what is no expression are not. */
export function isAllowed(expression: string): boolean {
  const words = expression.replaceAll(/[()]/g, ' ').trim();
  return words
    .split(/\s+OR\s+/)
    .some(way => way.split(/\s+AND\s+/).every(licence => ALLOWED.has(licence.trim())));
}

/**
 * One text with the licence of each package. Throws for a package whose licence is not allowed or that has no text: then somebody has to look
 * before anything is shipped.
 */
export function licenceTexts(packages: readonly ShippedPackage[]): string {
  const faults = packages.filter(each => !isAllowed(each.license) || textsOf(each).length === 0);
  if (faults.length > 0)
    throw new Error(
      `These packages cannot be shipped as they are: ${faults
        .map(each => `${each.name} (${each.license}${textsOf(each).length === 0 ? ', no text' : ''})`)
        .join(', ')}. See scripts/shipped/licences.ts.`,
    );
  const head = `Sallyport contains these ${packages.length} packages. Their licences follow; those of Electron and Chromium are in files of their own.`;
  const parts = packages.map(each => {
    const title = `${each.name} ${each.version} (${each.license})`;
    return `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${textsOf(each).join('\n\n')}\n`;
  });
  return [`${head}\n`, ...parts].join('\n');
}

function textsOf({ name, folder }: ShippedPackage): string[] {
  const instead = TEXT_OF[name];
  const place = instead === undefined ? folder : join(folder.slice(0, -name.length), instead);
  return readdirSync(place)
    .filter(file => TEXT_FILES.test(file) && dirname(file) === '.')
    .sort()
    .map(file => readFileSync(join(place, file), 'utf8').replaceAll('\r\n', '\n').trim());
}
