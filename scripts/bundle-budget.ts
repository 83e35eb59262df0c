import process from 'node:process';
import { ensureRenderer } from '../main/shell/renderer-build.ts';
import { bundleSizes, sizeWords } from './bundle-sizes.ts';

/** A static check: what the window loads is within its budget. Builds the renderer where that is missing or older than its sources. */
const sizes = await bundleSizes(await ensureRenderer(message => process.stdout.write(`${message}\n`)));
for (const size of sizes) process.stdout.write(`${sizeWords(size)}\n`);
process.exitCode = sizes.every(({ isWithin }) => isWithin) ? 0 : 1;
