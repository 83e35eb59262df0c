import { SallyportError } from '../../../contract/errors.ts';
import { hostKeyRefusal } from './host-keys.ts';
import type { SshHop } from './ssh-config.ts';

/** Reads what OpenSSH (7.3 and later) logs at DEBUG2. The texts come from its source: sshconnect.c, sshconnect2.c, clientloop.c, ssh.c. */

/** The remote terminal is there: the server accepted the request for a terminal and then for a shell. */
export function isShellAccepted(log: string): boolean {
  return /^debug2: shell request accepted on channel \d+/m.test(log);
}

/** A tunnel is there: the connection is authenticated and forwards. */
export function isForwarding(log: string): boolean {
  return /^debug1: Entering interactive session\./m.test(log);
}

/** The server refused what the session needs though the login was accepted; `ssh` would go on without a terminal. */
export function isTerminalRefused(log: string): boolean {
  return /^(PTY allocation|shell) request failed on channel/m.test(log);
}

/** Why `ssh` gave up, for a person. One log for each hop, in order, the target last. */
export function explainSshFailure(logs: readonly string[], hops: readonly SshHop[]): SallyportError {
  // The first hop that did not get through is the one to talk about: those behind it only saw their way break.
  const at = Math.max(
    0,
    hops.findIndex((_, index) => !isAuthenticated(logs[index] ?? '')),
  );
  const isThrough = hops.every((_, index) => isAuthenticated(logs[index] ?? ''));
  const hop = isThrough ? hops.at(-1) : hops[at];
  const log = isThrough ? logs.at(-1) : logs[at];
  if (hop === undefined || log === undefined) {
    return new SallyportError('internal', 'ssh was started without a target.');
  }
  return explainHop(log, hop, logs.join('\n'));
}

function explainHop(log: string, hop: SshHop, allLogs: string): SallyportError {
  const badKey =
    /^(No \S+ host key is known for|Host key for .* has changed|Host key verification failed|.*REMOTE HOST IDENTIFICATION HAS CHANGED|Certificate invalid: )/m.exec(
      log,
    );
  if (badKey !== null) {
    const refusal = hostKeyRefusal(nameOf(hop), hop.trust, presentedKey(log));
    const reason = /^Certificate invalid: (.*)$/m.exec(log);
    return reason === null
      ? refusal
      : new SallyportError(refusal.code, `${refusal.message} (${reason[1] ?? ''})`);
  }
  switch (stageOf(log, hop)) {
    case 'logged-in':
      return explainLoggedIn(log, hop);
    case 'reached':
      return explainReached(log, hop);
    case 'answered':
      return new SallyportError(
        'target-unreachable',
        `Something answers at ${nameOf(hop)}, but not as an SSH server that takes this connection${because(lastWords(log))}. ` +
          'Check the address and the port, or ask an administrator to check the SSH server there.',
      );
    case 'nothing':
      return new SallyportError(
        'target-unreachable',
        `${nameOf(hop)} could not be reached${because(refusedForwarding(allLogs) ?? lastWords(log) ?? lastWords(allLogs))}. ` +
          'Check the network and that the host is up, then connect again.',
      );
  }
}

/** SSH is spoken there; the login was refused or did not come about. */
function explainReached(log: string, hop: SshHop): SallyportError {
  if (/^\S.*: Permission denied \([^)]*\)|Too many authentication failures/m.test(log)) {
    return new SallyportError(
      'credential-refused',
      `${nameOf(hop)} refused the login "${hop.account}" with this session's key. Its certificate may have expired, may not name this ` +
        'account, or the host does not trust the authority that signed it. Request access again; if it stays, ask an administrator.',
    );
  }
  return new SallyportError(
    'target-unreachable',
    `${nameOf(hop)} was reached, but there was no login${because(lastWords(log))}. ` +
      'Connect again; if it stays, ask an administrator to check the SSH server there.',
  );
}

/** The login was accepted: the network and the credential are not at fault. */
function explainLoggedIn(log: string, hop: SshHop): SallyportError {
  const name = nameOf(hop);
  if (isTerminalRefused(log)) {
    return new SallyportError(
      'credential-refused',
      `${name} accepted the login but allows it no terminal. Ask an administrator to check the permissions of the account.`,
    );
  }
  const refused = refusedChannel(log);
  if (refused !== null) {
    return new SallyportError(
      'credential-refused',
      `${name} accepted the login but opens no session for it: ${refused}. Ask an administrator to check the SSH server there.`,
    );
  }
  const words = lastWords(log.slice(log.search(AUTHENTICATED)));
  return new SallyportError(
    'session-ended',
    words === null
      ? `${name} accepted the login, but gave no terminal in time. Connect again; if it stays, ask an administrator to check the host.`
      : `${name} accepted the login, but the connection ended before there was a terminal: ${words}. ` +
          'Connect again; if it stays, ask an administrator to check the account and the SSH server there.',
  );
}

/** How far a hop's `ssh` came: nobody answered, somebody did, it spoke SSH, it accepted the login. */
type Stage = 'nothing' | 'answered' | 'reached' | 'logged-in';

const AUTHENTICATED = /^Authenticated to .* using "/m;

function stageOf(log: string, { connectPort }: SshHop): Stage {
  if (isAuthenticated(log)) return 'logged-in';
  if (/^debug1: Remote protocol version /m.test(log)) return 'reached';
  // Through a jump host it is not written, or only says that the way there is open.
  return connectPort === null && /^debug1: Connection established\./m.test(log) ? 'answered' : 'nothing';
}

/** Why the server opened no channel (RFC 4254 section 5.1), in its words; null where it was not asked or opened it. */
function refusedChannel(log: string): string | null {
  return /^channel \d+: open failed: (.*?)\.?$/m.exec(log)?.[1] ?? null;
}

/** Why a jump host did not lead on. */
function refusedForwarding(log: string): string | null {
  return /^stdio forwarding failed/m.test(log) ? refusedChannel(log) : null;
}

function because(reason: string | null): string {
  return reason === null ? '' : `: ${reason}`;
}

/** What ssh said at last that is no debugging; null for nothing. */
export function lastWords(log: string): string | null {
  const lines = log
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(
      line => line !== '' && !/^(debug\d|Authenticated to|Transferred|Bytes per second|OpenSSH_)/.test(line),
    );
  // With a jump host, the outer ssh only knows that its way broke; the reason stands before that.
  const told = lines.filter(
    line => !/UNKNOWN port 65535|^kex_exchange_identification|^banner exchange/.test(line),
  );
  return (told.at(-1) ?? lines.at(-1))?.replace(/\.$/, '') ?? null;
}

/** The fingerprint of the key or certificate that was presented last. */
function presentedKey(log: string): string | null {
  const found = [
    ...log.matchAll(/^debug1: Server host (key|certificate): (\S+) (SHA256:\S+?),?(?:\s.*)?$/gm),
  ].at(-1);
  if (found === undefined) return null;
  return `${found[3] ?? ''} (${found[2] ?? ''})`;
}

function isAuthenticated(log: string): boolean {
  return AUTHENTICATED.test(log);
}

function nameOf(hop: SshHop): string {
  return `${hop.host}:${String(hop.port)}`;
}
