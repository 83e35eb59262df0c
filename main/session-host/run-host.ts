import process from 'node:process';
import { systemTimers } from '../timers.ts';
import { createHost } from './create-host.ts';
import type { Host, HostOptions } from './create-host.ts';
import { openMainPort } from './main-port.ts';
import { openSession } from './session.ts';
import type { SessionParts } from './session-parts.ts';

/**
 * Ties a session host to its process: the port to main, signals, uncaught errors. Says `ready` when messages may come, and then, for as long as
 * nothing is asked of it, takes the steps of `rehearsal` (rehearse.ts).
 */
export function runHost(
  parts: SessionParts,
  recover: HostOptions['recover'],
  rehearsal: readonly (() => void | Promise<void>)[] = [],
): void {
  let host: Host | null = null;
  const port = openMainPort({
    onMessage: message => host?.receive(message),
    onClosed: () => host?.mainLost(),
  });
  if (port === null) {
    process.stderr.write('This is a part of Sallyport and is started by it: run "sallyport" instead.\n');
    process.exitCode = 2;
    return;
  }
  const running = createHost({
    post: port.post,
    openSession: open => openSession(open, port.post, parts),
    recover,
    timers: systemTimers,
    log: (code, detail) =>
      process.stderr.write(`session-host ${code}${detail === undefined ? '' : ` ${detail}`}\n`),
    exit: code => process.exit(code),
  });
  host = running;
  // A log that nobody reads any more must not end a session.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', error => running.crashed(error));
  process.on('unhandledRejection', error => running.crashed(error));
  // Ctrl-C in the terminal that main runs in reaches this process too, but whether sessions end is for main to say.
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  process.on('SIGTERM', () => running.mainLost());
  port.post({ kind: 'ready' });
  void rehearse(rehearsal, running);
}

async function rehearse(steps: readonly (() => void | Promise<void>)[], host: Host): Promise<void> {
  try {
    for (const step of steps) {
      // what has arrived meanwhile is heard first
      await new Promise(resolve => setImmediate(resolve));
      if (!host.isIdle()) return;
      await step();
    }
  } catch {
    // The session that needs the same tells what is wrong.
  }
}
