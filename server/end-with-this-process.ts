import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/**
 * Has `child` ended with `signal` when this process is gone, however it went, also by SIGKILL: a small shell waits for that.
 * Answers how to call it off. Does nothing on Windows.
 */
export function endWithThisProcess(child: ChildProcess, signal: 'INT' | 'TERM'): () => void {
  if (process.platform === 'win32' || child.pid === undefined) return () => undefined;
  const script = 'read -r _; kill -"$2" "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(child.pid), signal], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const unwatch = () => void watcher.kill('SIGKILL');
  // A child that ends by itself takes its watcher along, before its number can be anybody else's.
  child.once('exit', unwatch);
  return unwatch;
}
