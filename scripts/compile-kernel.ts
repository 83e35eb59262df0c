import asc from 'assemblyscript/asc';
import { fileURLToPath } from 'node:url';

/** No runtime and no managed memory: the kernel reads its input and tables where layout.ts puts them. */
const OPTIONS = [
  ...['--optimizeLevel', '3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'],
  ...['--initialMemory', '8'],
];

/** The binary of core/redaction/kernel/assembly; throws what the compiler says where it does not compile. */
export async function compileKernel(): Promise<Uint8Array> {
  const baseDir = fileURLToPath(new URL('../core/redaction/kernel/assembly', import.meta.url));
  const files = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main(
    ['lines.ts', '--baseDir', baseDir, '--outFile', 'kernel.wasm', ...OPTIONS],
    { writeFile: (name, contents) => void files.set(name, contents) },
  );
  const binary = files.get('kernel.wasm');
  if (error !== null || !(binary instanceof Uint8Array)) throw new Error(String(stderr), { cause: error });
  return binary;
}
