import { once } from 'node:events';
import { connect } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, ServerChannel, Session } from 'ssh2';
import { readSshIdentity } from '../../main/session-host/transports/ssh-identity.ts';
import { openLocalPty } from '../../main/session-host/transports/local-pty.ts';
import { createSshKey } from './ssh-key.ts';

export interface Ssh2Server {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** public key line of the host */
  readonly hostKey: string;
  readonly username: string;
  readonly password: string;
  readonly stop: () => Promise<void>;
}

export interface Ssh2ServerOptions {
  /** public key line that may log in beside the password */
  readonly authorizedKey?: string;
  /** what a login shell starts; bash without start-up files by default */
  readonly shell?: { readonly file: string; readonly args: readonly string[] };
  /** what becomes of a login that was accepted; a shell by default */
  readonly afterLogin?: 'no-session' | 'no-terminal' | 'no-shell' | 'hang-up' | 'late-exit-status';
}

/** An SSH server inside this process: password or key login, shells on a real pty, and forwarding to any address. */
export async function startSsh2Server(options: Ssh2ServerOptions = {}): Promise<Ssh2Server> {
  const key = createSshKey();
  const username = 'operator';
  const password = 'pass word of ssh2 #1';
  const clients = new Set<Connection>();
  const ends: (() => Promise<unknown>)[] = [];
  const server = new ssh2.Server(
    { hostKeys: [readSshIdentity(key.privateKeyPem, null).toOpensshPem()] },
    client => {
      clients.add(client);
      // Else each key's echo waits 40 ms for an acknowledgement.
      // (Missing in its types.)
      if ('setNoDelay' in client && typeof client.setNoDelay === 'function') client.setNoDelay(true);
      client.on('error', () => undefined);
      client.on('close', () => clients.delete(client));
      client.on('authentication', context => {
        if (isWelcome(context, { username, password, authorizedKey: options.authorizedKey ?? null }))
          context.accept();
        else context.reject(['password', 'publickey']);
      });
      client.on('session', (accept, reject) => {
        if (options.afterLogin === 'no-session') reject();
        else if (options.afterLogin === undefined) serveShell(accept(), options, end => ends.push(end));
        else disappoint(accept(), options.afterLogin, () => client.end());
      });
      forward(client);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    hostKey: key.publicKey,
    username,
    password,
    async stop() {
      await Promise.all(ends.map(end => end()));
      for (const client of clients) client.end();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}

function isWelcome(
  context: AuthContext,
  known: { readonly username: string; readonly password: string; readonly authorizedKey: string | null },
): boolean {
  if (context.username !== known.username) return false;
  if (context.method === 'password') {
    const [given, right] = [Buffer.from(context.password), Buffer.from(known.password)];
    return given.length === right.length && timingSafeEqual(given, right);
  }
  if (context.method !== 'publickey' || known.authorizedKey === null) return false;
  const parsed = ssh2.utils.parseKey(known.authorizedKey);
  if (parsed instanceof Error) return false;
  const authorized = Array.isArray(parsed) ? parsed[0] : parsed;
  if (authorized?.getPublicSSH().equals(context.key.data) !== true) return false;
  return context.signature === undefined || context.blob === undefined
    ? true
    : authorized.verify(context.blob, context.signature, context.hashAlgo) === true;
}

function disappoint(
  session: Session,
  how: 'no-terminal' | 'no-shell' | 'hang-up' | 'late-exit-status',
  hangUp: () => void,
): void {
  session.on('pty', (accept, reject) => {
    if (how === 'no-terminal') reject();
    else accept();
  });
  session.on('shell', (accept, reject) => {
    if (how === 'hang-up') hangUp();
    else if (how === 'no-shell') reject();
    else {
      const channel = accept();
      channel.eof();
      setTimeout(() => {
        // ssh2 as a server does not send a status after the end of the output, as sshd does: it is made to forget that it sent that.
        if ('outgoing' in channel) Object.assign(channel.outgoing ?? {}, { state: 'open' });
        channel.exit(255);
        channel.close();
      }, 50);
    }
  });
}

function serveShell(
  session: Session,
  options: Ssh2ServerOptions,
  onOpen: (end: () => Promise<unknown>) => void,
): void {
  let size = { cols: 80, rows: 24 };
  let resize: (cols: number, rows: number) => void = () => undefined;
  session.on('pty', (accept, _reject, info) => {
    size = { cols: info.cols, rows: info.rows };
    accept();
  });
  session.on('window-change', (accept, _reject, info) => {
    resize(info.cols, info.rows);
    // Without a wish for an answer there is nothing to accept.
    if (typeof accept === 'function') accept();
  });
  session.on('shell', accept => {
    const channel: ServerChannel = accept();
    const shell = options.shell ?? { file: 'bash', args: ['--norc', '--noprofile', '-i'] };
    const pty = openLocalPty({
      ...shell,
      cwd: '/',
      environment: { PATH: '/usr/bin:/bin', HOME: '/tmp', PS1: '$ ' },
      ...size,
      sessionId: `ssh2-server-${String(Math.random()).slice(2)}`,
    });
    onOpen(() => pty.end(200));
    resize = (cols, rows) => {
      pty.resize(cols, rows);
    };
    pty.onOutput = bytes => {
      if (channel.write(Buffer.from(bytes))) return;
      pty.pause();
      channel.once('drain', () => {
        pty.resume();
      });
    };
    const feed = (chunk: Buffer): void => {
      if (pty.write(chunk) || channel.destroyed) return;
      // As sshd does it: no more is read while the program's terminal is full.
      channel.pause();
      setTimeout(() => {
        channel.resume();
        feed(chunk);
      }, 20);
    };
    channel.on('data', feed);
    channel.on('error', () => undefined);
    channel.on('close', () => {
      pty.resume();
      void pty.end(200);
    });
    void pty.ended.then(end => {
      channel.exit(end.exitStatus ?? 255);
      channel.end();
    });
  });
}

function forward(client: Connection): void {
  client.on('tcpip', (accept, reject, info) => {
    const socket = connect({ host: info.destIP, port: info.destPort, noDelay: true });
    socket.once('error', () => {
      reject();
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      const channel = accept();
      channel.on('error', () => undefined);
      socket.on('error', () => channel.close());
      channel.pipe(socket).pipe(channel);
      channel.on('close', () => socket.destroy());
    });
  });
}
