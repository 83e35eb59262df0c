import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import { SallyportError } from '../../../contract/errors.ts';
import type { GrantScope } from '../../../contract/grant.ts';
import type { SshRoute } from './tunnel.ts';

/** What a grant allows on one database server, and the credential that its proxy adds on the way. */
export interface DatabaseAccess {
  readonly route: SshRoute;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** null logs in without one */
  readonly password: string | null;
  readonly database: string | null;
  readonly readOnly: boolean;
  /** of tables, columns and commands; the proxy holds the client to it */
  readonly scope: GrantScope;
  /** told how many rows of the running statement have come, where the proxy reads along */
  readonly onRows: (rows: number) => void;
}

/** A proxy between a database client program and its server, which does the login in the client's place. */
export interface DatabaseProxy {
  /** Logs in once and out again. Rejects with credential-refused, target-unreachable or not-found. */
  probe(): Promise<void>;
  /** Serves one connection of the client program until either side ends it. Never rejects: what fails is told to the client. */
  serve(client: Socket): Promise<void>;
  /** Asks the server to stop what still runs, and closes all connections. */
  end(): Promise<void>;
}

/** How long the server gets to take note that a statement is to be cancelled. */
export const CANCEL_TIMEOUT_MS = 1500;

/** TLS over an open stream, with the server's certificate checked against the authorities of this machine. */
export async function wrapInTls(stream: Duplex, host: string, port: number): Promise<Duplex> {
  const secure = connectTls({ socket: stream, servername: /[a-z]/i.test(host) ? host : '', host });
  try {
    await once(secure, 'secureConnect');
    secure.on('error', () => undefined);
    return secure;
  } catch (error) {
    stream.destroy();
    throw new SallyportError(
      'target-unreachable',
      `${host}:${String(port)} did not prove its name with a valid TLS certificate (${error instanceof Error ? error.message : 'unknown reason'}). ` +
        'Install its certificate authority on this machine, or ask an administrator to lead the target through a jump host.',
      { cause: error },
    );
  }
}

/** The refusal to send a credential over a network on which others can read along. */
export function noPrivacy(host: string, port: number): SallyportError {
  return new SallyportError(
    'target-unreachable',
    `${host}:${String(port)} offers no TLS, and the way to it is not private: the credential was not sent. ` +
      'Ask an administrator to enable TLS on the database or to lead the target through a jump host.',
  );
}

/** The server refused the credential of the grant. `reason` is what the server said. */
export function loginRefused(access: DatabaseAccess, reason: string): SallyportError {
  return new SallyportError(
    'credential-refused',
    `${access.host}:${String(access.port)} refused the login "${access.username}": ${reason}. ` +
      'The credential of the target may have been changed or run out; ask an administrator to check it.',
  );
}

/** The server broke off or spoke another protocol. */
export function loginBroken(access: DatabaseAccess, reason: string): SallyportError {
  return new SallyportError(
    'target-unreachable',
    `${access.host}:${String(access.port)} could not be logged into: ${reason}. Check that the database is up and that host and port are right.`,
  );
}
