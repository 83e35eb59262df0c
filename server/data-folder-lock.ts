import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SallyportError } from '../contract/errors.ts';

/**
 * Holds the data folder for this process alone, so that two servers never share one embedded database. A listening socket is
 * the lock: the system frees it however the process ends, and no process number can be mistaken for another's.
 * Throws `conflict` when another server holds it. Answers the release.
 */
export async function lockDataFolder(root: string): Promise<() => Promise<void>> {
  const address = lockAddress(realpathSync(root));
  const lock = createServer(socket => socket.destroy());
  lock.unref();
  if (!(await tryListen(lock, address))) {
    // A file in place of an abstract socket outlives a killed owner: nobody answers there.
    if (address.startsWith('\0') || (await answers(address))) throw held(root);
    await unlink(address);
    if (!(await tryListen(lock, address))) throw held(root);
  }
  return async () => {
    lock.close();
    await once(lock, 'close');
  };
}

function lockAddress(root: string): string {
  const name = `sallyport-server-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.lock`);
}

async function tryListen(lock: ReturnType<typeof createServer>, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      lock.off('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    const onListening = () => {
      lock.off('error', onError);
      resolve(true);
    };
    lock.once('error', onError);
    lock.once('listening', onListening);
    lock.listen(address);
  });
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(address);
  return new Promise(resolve => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function held(root: string): SallyportError {
  return new SallyportError(
    'conflict',
    `Another sallyport server runs on ${root}. End that one first, or choose another folder with --data.`,
  );
}
