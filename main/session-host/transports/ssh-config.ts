import { SallyportError } from '../../../contract/errors.ts';
import type { HostTrust } from '../../../contract/grant.ts';
import { formatHostKey, parseHostKey } from './host-keys.ts';

/** One host on the way, as `ssh` gets to know it. */
export interface SshHop {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly trust: HostTrust;
  /** unix socket of the agent with this hop's key */
  readonly agentPath: string;
  readonly knownHostsPath: string;
  /** where this hop's `ssh` writes its log */
  readonly logPath: string;
  /** where to connect in place of host and port: a loopback port that leads there */
  readonly connectPort: number | null;
}

/** Seconds until a host that does not answer is given up. */
export const CONNECT_TIMEOUT_S = 15;

/** The name by which hop `index` is asked for on ssh's command line: no name from outside ever stands there. */
export function hopAlias(index: number): string {
  return `sallyport-${String(index)}`;
}

/**
 * A whole ssh_config(5) for one connection: each hop through the one before it, with its own key, pins and the same strictness.
 * Given with `-F`, so that neither the user's nor the system's configuration is read. Throws `bad-input` for a login name that
 * ssh would expand.
 */
export function formatSshConfig(
  hops: readonly SshHop[],
  files: { readonly program: string; readonly configPath: string },
): string {
  return hops
    .map((hop, index) => {
      const before = hops[index - 1];
      // ProxyJump would do the same, but its messages and those of the jump host would come out on the terminal. Everything in this
      // command is ours: plain paths, an alias, and %h and %p, which the schema of targets keeps free of what a shell could read.
      const proxy =
        before === undefined
          ? []
          : [
              `ProxyCommand ${plain(files.program)} -F ${plain(files.configPath)} -W '[%h]:%p' ${hopAlias(index - 1)} 2>>${plain(before.logPath)}`,
            ];
      return formatHop(hop, index, proxy);
    })
    .join('\n');
}

/** A known_hosts file (sshd(8)) of exactly what is trusted for one hop, under its HostKeyAlias. */
export function formatKnownHosts(hop: Pick<SshHop, 'host' | 'trust'>): string {
  const name = hop.host.toLowerCase();
  const pinned = hop.trust.pinnedKeys.map(line => `${name} ${formatHostKey(parseHostKey(line))}\n`);
  const signers = hop.trust.hostCaKeys.map(
    line => `@cert-authority ${name} ${formatHostKey(parseHostKey(line))}\n`,
  );
  return [...pinned, ...signers].join('');
}

/** Characters that mean nothing to a shell nor to ssh_config(5). */
const PLAIN_PATH = /^\/[A-Za-z0-9/._+-]+$/;

function plain(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  throw new SallyportError(
    'bad-input',
    `The path "${path}" holds characters that a jump host's command cannot carry. Install ssh in a usual place, or set TMPDIR to a plain path.`,
  );
}

function formatHop(hop: SshHop, index: number, proxy: readonly string[]): string {
  if (hop.account.includes('%') || hop.host.includes('%')) {
    throw new SallyportError(
      'bad-input',
      'The login name of this target holds a "%", which ssh would expand. Ask an administrator to correct the target.',
    );
  }
  const isStraight = hop.connectPort === null;
  const lines = [
    `Host ${hopAlias(index)}`,
    `HostName ${isStraight ? hop.host : '127.0.0.1'}`,
    `Port ${String(hop.connectPort ?? hop.port)}`,
    `User "${hop.account}"`,
    // The name that keys and certificates are checked against, whatever way leads there.
    `HostKeyAlias ${hop.host.toLowerCase()}`,
    `UserKnownHostsFile ${hop.knownHostsPath}`,
    `IdentityAgent ${hop.agentPath}`,
    ...proxy,
    ...STRICT,
  ];
  return `${lines.join('\n  ')}\n`;
}

const STRICT = [
  'StrictHostKeyChecking yes',
  'GlobalKnownHostsFile /dev/null',
  'UpdateHostKeys no',
  'VerifyHostKeyDNS no',
  'CheckHostIP no',
  'IdentityFile none',
  'PreferredAuthentications publickey',
  'PubkeyAuthentication yes',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'HostbasedAuthentication no',
  'GSSAPIAuthentication no',
  'BatchMode yes',
  'AddKeysToAgent no',
  'ForwardAgent no',
  'ForwardX11 no',
  'ControlMaster no',
  'ControlPath none',
  'PermitLocalCommand no',
  // "~C" would let the person at the keyboard open forwardings that the grant does not know.
  'EscapeChar none',
  'CanonicalizeHostname no',
  'SendEnv LANG LC_*',
  `ConnectTimeout ${String(CONNECT_TIMEOUT_S)}`,
  'ConnectionAttempts 1',
  'ServerAliveInterval 15',
  'ServerAliveCountMax 3',
  // The log is how the session is known to be open, and where the presented key stands; see ssh-log.ts.
  'LogLevel DEBUG2',
];
