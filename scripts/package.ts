import { existsSync } from 'node:fs';
import process from 'node:process';
import { runStep } from './run-step.ts';

/**
 * `npm run package`: builds, then packs the desktop program into dist/ (`--dir`). With `ELECTRON_OVERRIDE_DIST_PATH` an unpacked Electron
 * folder is used, and no network is needed; without it electron-builder fetches the runtime. Further arguments go to electron-builder.
 */
const electronFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
if (electronFolder !== undefined && !existsSync(electronFolder)) {
  process.stderr.write(`ELECTRON_OVERRIDE_DIST_PATH names ${electronFolder}, which is not there.\n`);
  process.exit(2);
}
const local = electronFolder === undefined ? [] : [`-c.electronDist=${electronFolder}`];
const steps = [
  { name: 'build', command: process.execPath, args: ['scripts/build.ts'] },
  {
    name: 'package',
    command: 'electron-builder',
    args: [
      '--dir',
      '--publish',
      'never',
      '--config',
      'build/electron-builder.json',
      ...local,
      ...process.argv.slice(2),
    ],
  },
];
for (const step of steps) {
  const result = await runStep(step);
  if (!result.ok) {
    process.stderr.write(`The step "${step.name}" failed; its output stands above.\n`);
    process.exit(1);
  }
}
