import type { App } from '../app/app.ts';
import { ensureRenderer } from '../shell/renderer-build.ts';
import { startWebShell } from '../web/web-shell.ts';
import type { CommandIo } from './command.ts';

export interface PresentOptions {
  readonly app: App;
  /** 0 takes a free one */
  readonly port: number;
  /** the address as one line of JSON: `{"address", "port"}` */
  readonly isJson: boolean;
  readonly io: CommandIo;
}

/** Serves the client to a browser, prints its one-time address, and resolves when `io.signal` stops it. The app is not disposed. */
export async function presentWebShell({ app, port, isJson, io }: PresentOptions): Promise<void> {
  const rendererFolder = await ensureRenderer(message => void io.stderr.write(`${message}\n`));
  const shell = await startWebShell({ app, rendererFolder, port });
  const tell = (): void => {
    const address = shell.issueAddress();
    const words = `Open this address in a browser on this machine (it works once): ${address}`;
    io.stdout.write(`${isJson ? JSON.stringify({ address, port: shell.port }) : words}\n`);
  };
  try {
    tell();
    await untilStopped(io, tell);
  } finally {
    await shell.close();
  }
}

/** Each line on a terminal's standard input asks for another address. */
async function untilStopped(io: CommandIo, onLine: () => void): Promise<void> {
  const isTerminal = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  if (isTerminal) io.stdin.on('data', onLine);
  await new Promise<void>(resolve => {
    if (io.signal.aborted) resolve();
    io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  if (!isTerminal) return;
  io.stdin.off('data', onLine);
  io.stdin.pause();
}
