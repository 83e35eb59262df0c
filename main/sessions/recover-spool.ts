import { existsSync, readdirSync } from 'node:fs';
import type { SessionHostPool } from '../session-host-client/session-host-client.ts';
import type { EnrolledAccount } from '../vault/vault.ts';

export interface Recovery {
  readonly sessionIds: readonly string[];
  /** in words, what could not be closed or uploaded */
  readonly failed: readonly string[];
}

const CLOSE_DEADLINE_MS = 2_000;

/** Whether recordings lie in the spool besides those of `running` sessions: of a client that crashed, or not wholly uploaded. */
export function hasLeftRecordings(spoolFolder: string, running: Iterable<string>): boolean {
  if (!existsSync(spoolFolder)) return false;
  const own = new Set([...running].map(sessionId => `${sessionId}.sprec`));
  return readdirSync(spoolFolder).some(name => name.endsWith('.sprec') && !own.has(name));
}

/**
 * Lets a session host close unfinished recordings (signed `recovered` end with the gap) and upload what is not on the server. Leaves
 * those alone that a running session writes. Rejects where the host failed; nothing is lost then.
 */
export async function recoverSpool(options: {
  readonly pool: SessionHostPool;
  readonly account: EnrolledAccount;
  readonly spoolFolder: string;
  readonly clockOffsetMs: number;
  readonly signal: AbortSignal;
}): Promise<Recovery> {
  const { account, signal } = options;
  const handle = await options.pool.take();
  try {
    signal.throwIfAborted();
    return await new Promise<Recovery>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('the client is closing')), { once: true });
      handle.onLost = (_why, message) => reject(new Error(message));
      handle.onMessage = message => {
        if (message.kind === 'recovered') resolve({ sessionIds: message.sessionIds, failed: message.failed });
        else if (message.kind === 'failed') reject(new Error(message.error.message));
      };
      handle.send({
        kind: 'recover',
        spoolFolder: options.spoolFolder,
        device: {
          id: account.deviceId,
          privateKeyPem: account.device.privateKeyPem,
          publicKey: account.device.publicKey,
        },
        upload: { serverUrl: account.serverUrl, audience: account.audience },
        clockOffsetMs: options.clockOffsetMs,
      });
    });
  } finally {
    await handle.close(CLOSE_DEADLINE_MS);
  }
}
