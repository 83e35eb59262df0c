import type { StartContext, StartedTransport } from './deferred-transport.ts';
import { deferTransport } from './deferred-transport.ts';
import type { Environment } from './find-program.ts';
import { requireProgram } from './find-program.ts';
import { openLocalPty } from './local-pty.ts';
import type { KeyHop } from './openssh-setup.ts';
import { prepareSsh, sshEnvironment } from './openssh-setup.ts';
import { hopAlias } from './ssh-config.ts';
import { explainSshFailure, isShellAccepted, isTerminalRefused, lastWords } from './ssh-log.ts';
import type { Transport, TransportEnd } from './transport.ts';
import type { SshRoute } from './tunnel.ts';

export interface OpensshOptions {
  readonly sessionId: string;
  readonly environment: Environment;
  readonly cols: number;
  readonly rows: number;
  /** Hosts that ssh logs into, the target last; and how the first of them is reached where the straight way is not open. */
  readonly findWay: (context: StartContext) => Promise<OpensshWay>;
}

export interface OpensshWay {
  readonly chain: readonly KeyHop[];
  readonly route: SshRoute | null;
}

/** A login that is neither accepted nor refused by then is given up, jump hosts included. */
const OPEN_TIMEOUT_MS = 45_000;

/**
 * A terminal on a remote host through the system's `ssh`, with a key that never leaves this process (an agent on a private socket) and its
 * certificate; host keys pinned or signed by a host CA, for each jump host as for the target.
 * `opened` rejects with host-key-unknown, host-key-changed (both with the fingerprints), credential-refused, target-unreachable, program-missing.
 */
export function openOpenssh(options: OpensshOptions): Transport {
  return deferTransport({
    cols: options.cols,
    rows: options.rows,
    start: context => start(options, context),
    // ssh and its jump hosts are the only local processes; what runs on the target nobody can tell from here.
    prove: (inner, isClosed) => ({
      processesLeft: null,
      isChannelClosed: (inner.processesLeft ?? 0) === 0 && isClosed,
    }),
  });
}

async function start(options: OpensshOptions, context: StartContext): Promise<StartedTransport> {
  const program = requireProgram(['ssh'], options.environment, 'openssh-client');
  const way = await options.findWay(context);
  const connectPort = way.route === null ? null : await way.route.serveOnce();
  const setup = await prepareSsh(program, way.chain, connectPort, context.cleanup);

  const pty = openLocalPty({
    file: program,
    args: [...setup.args, '-tt', hopAlias(way.chain.length - 1)],
    cwd: '/',
    environment: sshEnvironment(options.environment, options.sessionId),
    ...context.size(),
    sessionId: options.sessionId,
  });
  const held: Uint8Array[] = [];
  pty.onOutput = bytes => held.push(bytes);
  context.cleanup.add(async () => void (await pty.end(0)));

  const over = new AbortController();
  void pty.ended.then(() => {
    over.abort();
  });
  const isDecided = (text: string): boolean => isShellAccepted(text) || isTerminalRefused(text);
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(OPEN_TIMEOUT_MS)]);
  const log = (await setup.log.waitFor(isDecided, signal)) ?? (await setup.log.read());
  if (!isShellAccepted(log) || isTerminalRefused(log)) {
    throw explainSshFailure(await setup.readLogs(), setup.hops);
  }
  // ssh has read and used all of it.
  await setup.closeAgents();
  await setup.removeFolder();
  return { transport: pty, held, explainEnd: end => explainEnd(end, setup.log.read) };
}

/**
 * `ssh` ends with 255 for a lost connection, for a remote program that a signal ended, and when the program ended with 255: its log
 * says whether the server reported an end (RFC 4254 section 6.10).
 */
async function explainEnd(end: TransportEnd, readLog: () => Promise<string>): Promise<TransportEnd> {
  if (end.exitStatus !== 255) return end;
  // The log is gone when the session was ended from here: then there is nothing to explain.
  const log = await readLog().catch(() => null);
  if (log === null || /^debug1: client_input_channel_req: channel \d+ rtype exit-status/m.test(log))
    return end;
  const isSignal = /^debug1: client_input_channel_req: channel \d+ rtype exit-signal/m.test(log);
  const words = isSignal ? null : lastWords(log);
  return {
    exitStatus: null,
    signal: null,
    message: isSignal
      ? 'The program on the target was ended by a signal.'
      : `The connection to the target was lost${words === null ? '' : `: ${words}`}.`,
  };
}
