import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billOfMaterials } from './bill-of-materials.ts';
import { isAllowed, licenceTexts } from './licences.ts';
import { shippedPackages } from './packages.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-shipped-'));
  put(
    'out/desktop/main.js',
    `import { z } from "static";\nimport "side/effect.js";\nimport fs from "node:fs";\nimport { app } from "electron";\n`,
  );
  put('out/desktop/session-host.js', `const { parse } = await import("dynamic");\nimport "./own.js";\n`);
  put('out/renderer/packages.json', '["@in/renderer", "static"]');
  install('static', { dependencies: { below: '1', older: '1', 'node-addon-api': '1' } });
  install('older', { version: '2.0.0' });
  install('static/node_modules/older', { name: 'older' });
  for (const name of ['side', 'below', '@in/renderer', 'unused']) install(name, {});
  install('dynamic', { license: undefined, licenses: [{ type: 'MIT' }, { type: 'BSD-2-Clause' }] });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}
function install(name: string, more: object): void {
  const manifest = { name, version: '1.0.0', license: 'MIT', ...more };
  put(`node_modules/${name}/package.json`, JSON.stringify(manifest));
  put(`node_modules/${name}/LICENSE`, `the licence of ${name}`);
}

describe('the packages that are shipped', () => {
  it('are what the programs load, at once or later, with what that needs, and what is in the renderer', () => {
    expect(shippedPackages(root).map(({ name, license }) => [name, license])).toEqual([
      ['@in/renderer', 'MIT'],
      ['below', 'MIT'],
      ['dynamic', 'MIT OR BSD-2-Clause'],
      ['older', 'MIT'],
      ['side', 'MIT'],
      ['static', 'MIT'],
    ]);
  });

  it('are those that Node would find, also below another package', () => {
    const older = shippedPackages(root).filter(({ name }) => name === 'older');
    expect(older).toMatchObject([
      { version: '1.0.0', folder: join(root, 'node_modules/static/node_modules/older') },
    ]);
  });

  it('each have their licence in the text', () => {
    const text = licenceTexts(shippedPackages(root));
    for (const name of ['@in/renderer', 'below', 'dynamic', 'side', 'static'])
      expect(text).toContain(`the licence of ${name}\n`);
    expect(text).not.toContain('unused');
  });

  it.each([
    ['whose licence is not allowed', { license: 'GPL-3.0-only' }, 'below (GPL-3.0-only)'],
    ['that states none', { license: undefined }, 'below (none stated)'],
  ])('are refused when there is one %s', (_what, more, words) => {
    install('below', more);
    expect(() => licenceTexts(shippedPackages(root))).toThrow(words);
  });

  it('are refused when there is one without a text', () => {
    rmSync(join(root, 'node_modules/below/LICENSE'));
    expect(() => licenceTexts(shippedPackages(root))).toThrow('below (MIT, no text)');
  });
});

describe('an SPDX expression', () => {
  it.each([
    ['MIT', true],
    ['GPL-2.0-only', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND Zlib', true],
    ['MIT AND AGPL-3.0-only', false],
    ['Apache-2.0 WITH LLVM-exception', false],
    ['SEE LICENSE IN x', false],
    ['none stated', false],
  ])('%s: allowed %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});

describe('the bill of materials', () => {
  const component = (name: string, version = '1.0.0') => ({
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl: `pkg:npm/${name}@${version}`,
    externalReferences: [
      { type: 'distribution', url: 'https://packages.example/x.tgz' },
      { type: 'vcs', url: 'https://code.example/x' },
    ],
  });
  const npmBill = (serial: string) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      serialNumber: serial,
      metadata: { timestamp: serial, component: component('folder') },
      components: ['unused', 'static', 'below', 'electron'].map(name => component(name)),
      dependencies: [
        { ref: 'static@1.0.0', dependsOn: ['unused@1.0.0', 'below@1.0.0'] },
        { ref: 'unused@1.0.0', dependsOn: [] },
      ],
    });
  const bill = (serial = 'a', packages = ['static', 'below']) =>
    billOfMaterials({
      npmBill: npmBill(serial),
      program: { name: 'sallyport', version: '2.0.0' },
      packages: packages.map(name => ({ name, version: '1.0.0' })),
      runtime: { name: 'electron', version: '1.0.0' },
      madeAtMs: 1000,
    });

  it('names what is shipped and no more, under the name of the program, without download addresses', () => {
    const made = JSON.parse(bill()) as Record<string, unknown>;
    expect(made).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { timestamp: '1970-01-01T00:00:01.000Z', component: { name: 'sallyport', version: '2.0.0' } },
      components: [{ name: 'below' }, { name: 'electron' }, { name: 'static' }],
      dependencies: [
        { ref: 'sallyport@2.0.0', dependsOn: ['below@1.0.0', 'electron@1.0.0', 'static@1.0.0'] },
        { ref: 'static@1.0.0', dependsOn: ['below@1.0.0'] },
      ],
    });
    expect(bill()).not.toContain('packages.example');
    expect(bill()).toContain('https://code.example/x');
  });

  it('is the same for the same packages, and has another number for others', () => {
    expect(bill('a')).toBe(bill('b'));
    const numberOf = (text: string) => (JSON.parse(text) as { readonly serialNumber: string }).serialNumber;
    expect(numberOf(bill('a', ['static']))).not.toBe(numberOf(bill()));
    expect(numberOf(bill())).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('refuses a package that npm does not know', () => {
    expect(() => bill('a', ['foreign'])).toThrow('npm does not know foreign 1.0.0');
  });
});
