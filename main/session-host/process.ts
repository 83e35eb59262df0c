import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * Entry of the session host process. The environment is emptied before any other module is loaded (invariant 7): what a session needs
 * comes in its `open` message, and a child gets that and nothing else.
 */
for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);

/**
 * Output goes through in buffers beside a heap that stays the same. By itself V8 then marks all of it again for each 20 MB of them, which took a third
 * of the processor time of a busy session; with room for as much again as is in use it is a tenth of that.
 */
setFlagsFromString('--heap-growing-percent=100');

const { runHost } = await import('./run-host.ts');
const { recoverSpools } = await import('./system-recorder.ts');
const { systemParts } = await import('./system-parts.ts');
const { rehearsal } = await import('./rehearse.ts');
runHost(systemParts, recoverSpools, rehearsal);
