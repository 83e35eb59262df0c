import { once } from 'node:events';
import { connect as connectSocket, createServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { SallyportError } from '../../../contract/errors.ts';
import type { Cleanup } from './cleanup.ts';
import type { Environment } from './find-program.ts';
import { requireProgram } from './find-program.ts';
import { openLocalPty } from './local-pty.ts';
import type { KeyHop } from './openssh-setup.ts';
import { prepareSsh, sshEnvironment } from './openssh-setup.ts';
import { joinStreams } from './pipe.ts';
import { hopAlias } from './ssh-config.ts';
import { explainSshFailure, isForwarding } from './ssh-log.ts';
import type { Ssh2Hop } from './ssh2-connection.ts';
import { connectSsh2 } from './ssh2-connection.ts';

/** A host on the way, with the client that its credential asks for. */
export type RouteHop =
  | { readonly kind: 'openssh'; readonly hop: KeyHop }
  | { readonly kind: 'ssh2'; readonly hop: Ssh2Hop };

export interface RouteOptions {
  /** outermost first; none is the straight way */
  readonly hops: readonly RouteHop[];
  readonly host: string;
  readonly port: number;
  readonly sessionId: string;
  readonly environment: Environment;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
}

/** A way to one address, straight or through jump hosts. */
export interface SshRoute {
  /** nobody on the network can read along or answer in place of the target: through SSH, or on this machine */
  readonly isPrivate: boolean;
  /** A new byte stream to the address; rejects with `target-unreachable`. */
  connect(): Promise<Duplex>;
  /**
   * A loopback port that leads there for exactly one connection, for a program that can only be given a port. Whoever else on this
   * machine comes first gets a bare connection to an SSH port and makes the login fail; it cannot log in.
   */
  serveOnce(): Promise<number>;
}

const CONNECT_TIMEOUT_MS = 15_000;
const TUNNEL_TIMEOUT_MS = 45_000;
const TUNNEL_END_MS = 1000;

/** Opens the way: logs into each hop. Everything that it opens is closed by `cleanup`. */
export async function openRoute(options: RouteOptions): Promise<SshRoute> {
  const last = options.hops.at(-1);
  if (last === undefined) {
    return routeOf(options, isLoopback(options.host), () => connectStraight(options));
  }
  if (last.kind === 'ssh2') {
    const before = await openRoute({
      ...options,
      hops: options.hops.slice(0, -1),
      host: last.hop.host,
      port: last.hop.port,
    });
    const client = await connectSsh2(last.hop, await before.connect());
    options.cleanup.add(endOfClient(client));
    return routeOf(options, true, () => forwardOut(client, options));
  }
  const path = await openForwardedSocket(options);
  return routeOf(options, true, async () => {
    const socket = connectSocket(path);
    await once(socket, 'connect');
    return socket;
  });
}

/** The last hops that `ssh` itself goes through, and those before them. */
export function splitChain(hops: readonly RouteHop[]): {
  readonly before: readonly RouteHop[];
  readonly chain: readonly KeyHop[];
} {
  const lastSsh2 = hops.findLastIndex(each => each.kind === 'ssh2');
  return {
    before: hops.slice(0, lastSsh2 + 1),
    chain: hops.slice(lastSsh2 + 1).flatMap(each => (each.kind === 'openssh' ? [each.hop] : [])),
  };
}

/** How to end a client; ask at once after it was connected. Resolves when its connection is closed, rejects when that fails. */
export function endOfClient(client: Client): () => Promise<void> {
  const closed = new Promise<void>(resolve => client.once('close', () => resolve()));
  return async () => {
    const giveUp = Promise.withResolvers<void>();
    const force = setTimeout(() => client.destroy(), TUNNEL_END_MS);
    const last = setTimeout(() => {
      giveUp.reject(new Error('the connection could not be closed'));
    }, 2 * TUNNEL_END_MS);
    client.end();
    await Promise.race([closed, giveUp.promise]).finally(() => {
      clearTimeout(force);
      clearTimeout(last);
    });
  };
}

function routeOf(options: RouteOptions, isPrivate: boolean, connect: () => Promise<Duplex>): SshRoute {
  const connectCleanly = async (): Promise<Duplex> => {
    const stream = await connect();
    stream.on('error', () => undefined);
    options.cleanup.add(() => void stream.destroy());
    return stream;
  };
  return { isPrivate, connect: connectCleanly, serveOnce: () => serveOnce(connectCleanly, options.cleanup) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

async function connectStraight({ host, port, signal }: RouteOptions): Promise<Duplex> {
  const socket = connectSocket({ host, port, noDelay: true, autoSelectFamily: true });
  try {
    await once(socket, 'connect', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_TIMEOUT_MS)]),
    });
    return socket;
  } catch (error) {
    socket.destroy();
    throw new SallyportError(
      'target-unreachable',
      `${host}:${String(port)} could not be reached: ${reasonOf(error)}. Check the network and that the host is up, then connect again.`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused (nothing listens there)';
    case 'ENOTFOUND':
      return 'the name is not known';
    case 'ABORT_ERR':
      return 'there was no answer in time';
    default:
      return typeof code === 'string' ? code : 'the connection failed';
  }
}

function forwardOut(client: Client, { host, port }: RouteOptions): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
      if (error === undefined) resolve(channel);
      else {
        reject(
          new SallyportError(
            'target-unreachable',
            `The jump host could not reach ${host}:${String(port)}: ${error.message}. Check that the target is up and that the jump host may forward to it.`,
            { cause: error },
          ),
        );
      }
    });
  });
}

/** `ssh -N -L`: a unix socket in a private folder that leads to the address behind the trailing OpenSSH hops. */
async function openForwardedSocket(options: RouteOptions): Promise<string> {
  const program = requireProgram(['ssh'], options.environment, 'openssh-client');
  const { before, chain } = splitChain(options.hops);
  const first = chain[0];
  const connectPort =
    before.length === 0 || first === undefined
      ? null
      : await (await openRoute({ ...options, hops: before, host: first.host, port: first.port })).serveOnce();
  const setup = await prepareSsh(program, chain, connectPort, options.cleanup);
  const path = join(setup.folder, 'forward');
  const address = `${options.host.includes(':') ? `[${options.host}]` : options.host}:${String(options.port)}`;
  // On a terminal of its own, though it says nothing: so it hangs up by itself when this process dies.
  const pty = openLocalPty({
    file: program,
    args: [
      ...setup.args,
      '-N',
      '-T',
      '-oExitOnForwardFailure=yes',
      '-L',
      `${path}:${address}`,
      hopAlias(chain.length - 1),
    ],
    cwd: '/',
    environment: sshEnvironment(options.environment, options.sessionId),
    cols: 80,
    rows: 24,
    sessionId: options.sessionId,
  });
  const over = new AbortController();
  void pty.ended.then(() => {
    over.abort();
  });
  options.cleanup.add(async () => {
    const { processesLeft } = await pty.end(TUNNEL_END_MS);
    if (processesLeft !== 0 && processesLeft !== null) throw new Error('ssh could not be ended');
  });
  const signal = AbortSignal.any([over.signal, options.signal, AbortSignal.timeout(TUNNEL_TIMEOUT_MS)]);
  const log = await setup.log.waitFor(isForwarding, signal);
  if (log === null) throw explainSshFailure(await setup.readLogs(), setup.hops);
  await setup.closeAgents();
  return path;
}

async function serveOnce(connect: () => Promise<Duplex>, cleanup: Cleanup): Promise<number> {
  const upstream = await connect();
  const server = createServer({ noDelay: true }, socket => {
    server.close();
    cleanup.add(() => void socket.destroy());
    joinStreams(socket, upstream);
  });
  server.maxConnections = 1;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.add(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new SallyportError('internal', 'no loopback port');
  return address.port;
}
