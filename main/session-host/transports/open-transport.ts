import type { OpenSession } from '../../../contract/session-host.ts';
import type { TransportHooks } from '../session-parts.ts';
import { openDatabaseTerminal } from './database-terminal.ts';
import { findProgram } from './find-program.ts';
import { openLocalPty } from './local-pty.ts';
import { openOpenssh } from './openssh.ts';
import { openSsh2 } from './ssh2.ts';
import { toRouteHop, viaHops } from './ssh-hops.ts';
import type { Transport } from './transport.ts';
import type { SshPlace } from './ssh-hops.ts';
import { openRoute, splitChain } from './tunnel.ts';

/** The transport for a session's target. Throws a `SallyportError` when what was given cannot lead there; all else rejects `opened`. */
export function openTransport(
  open: OpenSession,
  hooks: TransportHooks = { onRows: () => undefined },
): Transport {
  const { target } = open.grant;
  switch (target.kind) {
    case 'local':
      return openLocalShell(open);
    case 'ssh':
      return openRemoteShell(open, target);
    case 'postgres':
    case 'mysql':
    case 'redis':
      return openDatabaseTerminal(open, target.kind, hooks);
  }
}

/** The user's own shell, as a login shell: the environment that it is given holds little. */
function openLocalShell(open: OpenSession): Transport {
  const { environment, cols, rows, sessionId } = open;
  const shells = [environment['SHELL'] ?? '', '/bin/bash', '/bin/sh'];
  const file = shells.find(each => each !== '' && findProgram(each, environment) !== null) ?? '/bin/sh';
  return openLocalPty({
    file,
    args: ['-l'],
    cwd: environment['HOME'] ?? '/',
    environment,
    cols,
    rows,
    sessionId,
  });
}

function openRemoteShell(open: OpenSession, place: SshPlace): Transport {
  const { environment, cols, rows, sessionId } = open;
  const via = viaHops(open);
  const target = toRouteHop(place, open.credential, open.sshPrivateKeyPem);
  if (target.kind === 'ssh2') {
    const { hop } = target;
    return openSsh2({
      cols,
      rows,
      term: environment['TERM'] ?? 'xterm-256color',
      environment,
      hop,
      findRoute: context =>
        openRoute({ hops: via, host: hop.host, port: hop.port, sessionId, environment, ...context }),
    });
  }
  return openOpenssh({
    sessionId,
    environment,
    cols,
    rows,
    findWay: async context => {
      const { before, chain } = splitChain([...via, target]);
      const first = chain[0] ?? target.hop;
      const isStraight = before.length === 0;
      const route = isStraight
        ? null
        : await openRoute({
            hops: before,
            host: first.host,
            port: first.port,
            sessionId,
            environment,
            ...context,
          });
      return { chain, route };
    },
  });
}
