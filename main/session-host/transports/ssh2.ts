import type { ClientChannel } from 'ssh2';
import { MAX_PENDING_INPUT_BYTES } from '../../../contract/data-plane.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { StartContext, StartedTransport } from './deferred-transport.ts';
import { deferTransport } from './deferred-transport.ts';
import type { Ssh2Hop } from './ssh2-connection.ts';
import { connectSsh2 } from './ssh2-connection.ts';
import type { Transport, TransportEnd } from './transport.ts';
import type { SshRoute } from './tunnel.ts';
import { endOfClient } from './tunnel.ts';

export interface Ssh2Options {
  readonly cols: number;
  readonly rows: number;
  readonly term: string;
  /** of the user: language and its parts (LANG, LC_…) are sent, as OpenSSH does by Debian's configuration; a host takes what it accepts */
  readonly environment: Readonly<Record<string, string>>;
  readonly hop: Ssh2Hop;
  /** the way to the target */
  readonly findRoute: (context: StartContext) => Promise<SshRoute>;
}

/**
 * A terminal on a remote host in pure JavaScript: for logins by password and for machines without `ssh`. The host key must be pinned.
 * `opened` rejects as `connectSsh2` and the route do.
 */
export function openSsh2(options: Ssh2Options): Transport {
  return deferTransport({
    cols: options.cols,
    rows: options.rows,
    start: context => start(options, context),
    prove: (_inner, isClosed) => ({ processesLeft: null, isChannelClosed: isClosed }),
  });
}

async function start(options: Ssh2Options, context: StartContext): Promise<StartedTransport> {
  const route = await options.findRoute(context);
  const client = await connectSsh2(options.hop, await route.connect());
  context.cleanup.add(endOfClient(client));
  const lost = { isClosed: false, message: null as string | null };
  client.on('error', error => {
    lost.message = error.message;
  });
  // Comes before the answers that a closed connection still owes.
  client.once('close', () => {
    lost.isClosed = true;
  });
  const { cols, rows } = context.size();
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    const window = { term: options.term, cols, rows, width: 0, height: 0 };
    client.shell(window, { env: languageOf(options.environment) }, (error, opened) => {
      if (error === undefined) resolve(opened);
      else {
        reject(explainNoShell(options.hop, error, lost));
      }
    });
  });
  return { transport: channelTransport(channel, lost) };
}

function languageOf(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /^(LANG|LC_[A-Z]+)$/.test(name)));
}

interface Loss {
  readonly isClosed: boolean;
  readonly message: string | null;
}

function explainNoShell({ host, port }: Ssh2Hop, cause: Error, lost: Loss): SallyportError {
  const name = `${host}:${String(port)}`;
  return lost.isClosed
    ? new SallyportError(
        'session-ended',
        `${name} accepted the login, but the connection ended before there was a terminal${lost.message === null ? '' : `: ${lost.message}`}. ` +
          'Connect again; if it stays, ask an administrator to check the account and the SSH server there.',
        { cause },
      )
    : new SallyportError(
        'credential-refused',
        `${name} accepted the login but gives no terminal: ${cause.message}. Ask an administrator to check the permissions of the account.`,
        { cause },
      );
}

function channelTransport(channel: ClientChannel, lost: Loss): Transport {
  const ended = Promise.withResolvers<TransportEnd>();
  let exit: { readonly status: number | null; readonly signal: string | null } | null = null;
  let openStreams = 2;
  let isChannelClosed = false;

  const transport: Transport = {
    opened: Promise.resolve(),
    onOutput: () => undefined,
    write(bytes) {
      if (!channel.writable || channel.writableLength + bytes.length > MAX_PENDING_INPUT_BYTES) return false;
      channel.write(Buffer.from(bytes));
      return true;
    },
    resize(cols, rows) {
      channel.setWindow(rows, cols, 0, 0);
    },
    pause() {
      channel.pause();
      channel.stderr.pause();
    },
    resume() {
      channel.resume();
      channel.stderr.resume();
    },
    end() {
      channel.close();
      // The proof is the end of the connection, which follows at once: a paused channel never reports its own.
      return Promise.resolve({ processesLeft: null, isChannelClosed: null });
    },
    ended: ended.promise,
  };

  /** The exit status may come after the end of the output, and always before the channel's close (RFC 4254 section 6.10). */
  const finish = (): void => {
    if (openStreams > 0 || (exit === null && !isChannelClosed)) return;
    const isLost = exit === null;
    ended.resolve({
      exitStatus: exit?.status ?? null,
      signal: exit?.signal ?? null,
      message: isLost
        ? `The connection to the target was lost${lost.message === null ? '' : `: ${lost.message}`}.`
        : null,
    });
  };
  for (const stream of [channel, channel.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      transport.onOutput(chunk);
    });
    stream.once('end', () => {
      openStreams -= 1;
      finish();
    });
    stream.on('error', () => undefined);
  }
  channel.on('exit', (status: number | null, signal?: string) => {
    exit = { status, signal: signal === undefined ? null : `SIG${signal.replace(/^SIG/, '')}` };
    finish();
  });
  channel.on('close', () => {
    isChannelClosed = true;
    finish();
  });
  return transport;
}
