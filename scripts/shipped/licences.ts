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
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that bring no text along: another package of the same project, under the same licence, has it. */
const TEXT_OF: Readonly<Record<string, string>> = {
  '@xterm/headless': '@xterm/xterm',
  'client-only': 'react',
};

/** Packages that name a licence and an author and have no text anywhere: the text that SPDX has for it. */
const AUTHOR_OF_MIT: Readonly<Record<string, string>> = { 'lazy-val': 'Vladimir Krivosheev' };

const mitText = (author: string): string => `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

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

function textsOf({ name, license, folder }: ShippedPackage): string[] {
  const author = AUTHOR_OF_MIT[name];
  if (author !== undefined && license === 'MIT') return [mitText(author)];
  const instead = TEXT_OF[name];
  const place = instead === undefined ? folder : join(folder.slice(0, -name.length), instead);
  return readdirSync(place)
    .filter(file => TEXT_FILES.test(file) && dirname(file) === '.')
    .sort()
    .map(file => readFileSync(join(place, file), 'utf8').replaceAll('\r\n', '\n').trim());
}
