import { SallyportError } from '../../../contract/errors.ts';
import { isLoopbackHost } from '../../server-client/server-url.ts';
import type { RunningServer, ServerConfig } from '../../../server/start-server.ts';
import { startServer } from '../../../server/start-server.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';

/** Runs a server until it is told to end, or cannot go on. With a certificate SIGHUP reads that again; without one it ends the server. */
export async function runServer(io: CommandIo, isJson: boolean, config: ServerConfig): Promise<ExitCode> {
  const server = await startServer(config);
  try {
    if (config.tls !== undefined) io.takeHangup?.(() => void reload(io, server));
    else if (!isLoopbackHost(config.host)) {
      io.stderr.write(
        'sallyport server: it speaks plain HTTP and listens beyond this machine: put a TLS proxy in front of it, or give it a certificate (--tls-cert, --tls-key).\n',
      );
    }
    const { url, metricsUrl, database } = server;
    const ready = {
      kind: 'ready',
      url,
      pid: process.pid,
      ...(metricsUrl === null ? {} : { metricsUrl }),
      ...(database === null ? {} : { database }),
    };
    const words = `The server listens on ${url}${metricsUrl === null ? '' : `, its metrics are at ${metricsUrl}`}`;
    io.stdout.write(isJson ? `${JSON.stringify(ready)}\n` : `${words}\n`);
    await Promise.race([aborted(io.signal), server.lost]);
  } finally {
    await server.close();
  }
  return EXIT.ok;
}

async function reload(io: CommandIo, server: RunningServer): Promise<void> {
  try {
    await server.reload();
    io.stderr.write('sallyport server: the certificate was read again.\n');
  } catch (error) {
    const why = error instanceof SallyportError ? error.message : 'it cannot be used.';
    io.stderr.write(`sallyport server: the certificate of before stays: ${why}\n`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
