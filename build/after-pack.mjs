import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import flipFuses from './flip-fuses.mjs';

/** electron-builder's `afterPack`: takes out Electron's own welcome page, which an unpacked runtime brings along, and flips the fuses. */
export default async function afterPack(context) {
  await rm(join(context.packager.getResourcesDir(context.appOutDir), 'default_app.asar'), { force: true });
  await flipFuses(context);
}
