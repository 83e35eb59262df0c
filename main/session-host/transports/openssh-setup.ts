import type { FileHandle } from 'node:fs/promises';
import { open, writeFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import type { HostTrust } from '../../../contract/grant.ts';
import type { Cleanup } from './cleanup.ts';
import { createCleanup } from './cleanup.ts';
import type { Environment } from './find-program.ts';
import { createPrivateFolder } from './private-folder.ts';
import { SESSION_MARK } from './process-tree.ts';
import { serveSshAgent } from './ssh-agent.ts';
import type { SshHop } from './ssh-config.ts';
import { formatKnownHosts, formatSshConfig } from './ssh-config.ts';
import type { SshIdentity } from './ssh-identity.ts';

/** A host that `ssh` logs into with a key of this session. */
export interface KeyHop {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly trust: HostTrust;
  readonly identity: SshIdentity;
}

export interface SshSetup {
  /** `-F` and `-E` with their paths */
  readonly args: readonly string[];
  readonly hops: readonly SshHop[];
  readonly folder: string;
  /** the log of the target's `ssh` */
  readonly log: SshLog;
  /** the logs of all hops, as they are now */
  readLogs(): Promise<string[]>;
  /** Closes the agents: once the logins are done, nobody shall get another signature. */
  closeAgents(): Promise<void>;
  /** Removes the folder; an open log can still be read. */
  removeFolder(): Promise<void>;
}

export interface SshLog {
  /** Resolves with the log when `isEnough` holds for it, or null when `signal` is aborted first. */
  waitFor(isEnough: (log: string) => boolean, signal: AbortSignal): Promise<string | null>;
  read(): Promise<string>;
}

/** Only the end of a log says why a session ended; a long session logs more than is worth reading. */
const LOG_TAIL_BYTES = 64 * 1024;
/** File notifications may be missing on some file systems. */
const LOG_POLL_MS = 250;

/**
 * Everything that `ssh` needs for a chain of hosts, in a private folder: configuration, pinned keys, agents, log. No file holds a secret.
 * `connectPort` is a loopback port that leads to the first host, or null for the straight way.
 */
export async function prepareSsh(
  program: string,
  chain: readonly KeyHop[],
  connectPort: number | null,
  cleanup: Cleanup,
): Promise<SshSetup> {
  const folder = await createPrivateFolder();
  cleanup.add(() => folder.remove());
  const hops = chain.map((hop, index) => ({
    host: hop.host,
    port: hop.port,
    account: hop.account,
    trust: hop.trust,
    agentPath: join(folder.path, `agent-${String(index)}`),
    knownHostsPath: join(folder.path, `known-hosts-${String(index)}`),
    logPath: join(folder.path, `log-${String(index)}`),
    connectPort: index === 0 ? connectPort : null,
  }));
  const agents = createCleanup();
  cleanup.add(async () => void (await agents.run()));
  const logs: SshLog[] = [];
  for (const [index, hop] of hops.entries()) {
    const identity = chain[index]?.identity;
    if (identity !== undefined) agents.add(await serveSshAgent(hop.agentPath, identity));
    await writeFile(hop.knownHostsPath, formatKnownHosts(hop), { mode: 0o600 });
    const handle = await open(hop.logPath, 'ax+', 0o600);
    cleanup.add(() => handle.close());
    logs.push(openLog(hop.logPath, handle));
  }
  const configPath = join(folder.path, 'config');
  await writeFile(configPath, formatSshConfig(hops, { program, configPath }), { mode: 0o600 });
  const [target, log] = [hops.at(-1), logs.at(-1)];
  if (target === undefined || log === undefined) throw new SallyportError('internal', 'ssh without a target');
  return {
    args: ['-F', configPath, '-E', target.logPath],
    hops,
    folder: folder.path,
    log,
    readLogs: () => Promise.all(logs.map(each => each.read())),
    closeAgents: async () => void (await agents.run()),
    removeFolder: () => folder.remove(),
  };
}

/** The environment of `ssh`: language and terminal, and nothing by which it would find another agent, helper or configuration. */
export function sshEnvironment(environment: Environment, sessionId: string): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => /^(PATH|HOME|TERM|LANG|LC_[A-Z]+)$/.test(name));
  // ssh runs the command that leads through a jump host by this shell.
  return { ...Object.fromEntries(kept), SHELL: '/bin/sh', [SESSION_MARK]: sessionId };
}

function openLog(path: string, handle: FileHandle): SshLog {
  const read = async (): Promise<string> => {
    const { size } = await handle.stat();
    const start = Math.max(0, size - LOG_TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString('utf8').replaceAll('\r', '');
  };
  return {
    read,
    waitFor(isEnough, signal) {
      return new Promise(resolve => {
        let isReading = false;
        const look = (): void => {
          if (isReading || signal.aborted) return;
          isReading = true;
          void read().then(
            text => {
              isReading = false;
              if (isEnough(text)) finish(text);
            },
            () => {
              finish(null);
            },
          );
        };
        const finish = (text: string | null): void => {
          watcher.close();
          clearInterval(poll);
          signal.removeEventListener('abort', onAbort);
          resolve(text);
        };
        const onAbort = (): void => {
          finish(null);
        };
        const watcher = watch(path, look);
        watcher.on('error', () => undefined);
        const poll = setInterval(look, LOG_POLL_MS);
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) finish(null);
        else look();
      });
    },
  };
}
