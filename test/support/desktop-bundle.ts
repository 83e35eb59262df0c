import { build } from 'vite';
import { desktopBundles } from '../../build/desktop-bundles.ts';

export interface Bundle {
  readonly code: string;
  /** what it loads at run time, whether by `import` or by `require` */
  readonly imports: readonly string[];
  readonly files: readonly string[];
}

/** Builds one program of the desktop shell as `npm run build` does, without writing it. */
export async function buildDesktopBundle(
  name: 'main.js' | 'preload.cjs' | 'session-host.js',
): Promise<Bundle> {
  const config = desktopBundles.find(bundle => {
    const output = bundle.build?.rolldownOptions?.output;
    return output !== undefined && !Array.isArray(output) && output.entryFileNames === name;
  });
  if (config === undefined) throw new Error(`There is no bundle ${name}.`);
  const result = await build({ ...config, build: { ...config.build, write: false, sourcemap: false } });
  if (!('output' in result)) throw new Error('There is more than one build.');
  const [chunk] = result.output;
  return {
    code: chunk.code,
    imports: [...chunk.imports, ...chunk.dynamicImports],
    files: result.output.map(file => file.fileName),
  };
}
