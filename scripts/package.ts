import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { z } from 'zod';
import { runStep } from './run-step.ts';
import { updateArguments } from './release/update-arguments.ts';
import { writeNotices } from './shipped/notices.ts';

/**
 * `npm run package`: builds, writes licences, bill of materials and manual page, and packs the desktop program into dist/, as a folder. With
 * `--installers` it makes this system's installers (build/electron-builder.json), which needs the network for the tools that make them. With
 * `ELECTRON_OVERRIDE_DIST_PATH` an unpacked Electron folder is used; without it electron-builder fetches the runtime. SALLYPORT_UPDATE_FEED and
 * SALLYPORT_UPDATE_KEYS make a program that updates itself (docs/release.md). Further arguments go to electron-builder.
 */
const electronFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
if (electronFolder !== undefined && !existsSync(electronFolder))
  fail(`ELECTRON_OVERRIDE_DIST_PATH names ${electronFolder}, which is not there.`, 2);
const local = electronFolder === undefined ? [] : [`-c.electronDist=${electronFolder}`];
const asked = process.argv.slice(2);
const hasInstallers = asked.includes('--installers');
// Times in what is packed are that of the commit, so that the same commit gives the same bytes.
process.env['SOURCE_DATE_EPOCH'] ??= commitTime();

const updates = argumentsForUpdates();

await step('build', process.execPath, ['scripts/build.ts']);
try {
  await writeNotices(process.cwd());
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1);
}
await step('package', 'electron-builder', [
  ...(hasInstallers ? [] : ['--dir']),
  '--publish',
  'never',
  '--config',
  'build/electron-builder.json',
  ...local,
  ...updates,
  ...asked.filter(argument => argument !== '--installers'),
]);

async function step(name: string, command: string, args: readonly string[]): Promise<void> {
  const result = await runStep({ name, command, args });
  if (!result.ok) fail(`The step "${name}" failed; its output stands above.${result.output}`, 1);
}

/** Told before anything is built. */
function argumentsForUpdates(): string[] {
  try {
    return updateArguments(process.env);
  } catch (cause) {
    const reasons = cause instanceof z.ZodError ? cause.issues.map(({ message }) => message).join('; ') : '';
    fail(`SALLYPORT_UPDATE_FEED or SALLYPORT_UPDATE_KEYS ${reasons}. See docs/release.md.`, 2);
  }
}

/** In seconds; 0 where this is no checkout of git. */
function commitTime(): string {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '0';
  }
}

function fail(words: string, code: number): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
