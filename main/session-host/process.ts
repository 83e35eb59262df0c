import process from 'node:process';

/**
 * Entry of the session host process. The environment is emptied before any other module is loaded (invariant 7): what a session needs
 * comes in its `open` message, and a child gets that and nothing else.
 */
for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);

const { runHost } = await import('./run-host.ts');
const { recoverSpools } = await import('./system-recorder.ts');
const { systemParts } = await import('./system-parts.ts');
runHost(systemParts, recoverSpools);
