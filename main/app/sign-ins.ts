import { randomUUID } from 'node:crypto';
import { SallyportError } from '../../contract/errors.ts';
import type { PendingSignInView } from '../../contract/ipc.ts';
import type { PendingSignIn } from '../server-client/sign-in.ts';
import { startSignIn } from '../server-client/sign-in.ts';
import type { DeviceKey } from '../vault/device-key.ts';
import type { EnrolledAccount } from '../vault/vault.ts';

/** Sign-ins that windows have started. */
export interface SignIns {
  start(options: {
    readonly serverUrl: string;
    readonly flow: 'browser' | 'device';
    readonly device: DeviceKey;
  }): Promise<PendingSignInView>;
  /** The account once the person is done; null while not, after a moment. Throws `not-found` and what the sign-in failed with. */
  wait(id: string): Promise<EnrolledAccount | null>;
  cancel(id: string): void;
  dispose(): void;
}

/** A window asks again: an answer must not take longer than windows wait for one. */
const WAIT_MS = 3_000;
/** Whoever starts more has forgotten the first. */
const MAX_PENDING = 5;

export function createSignIns(): SignIns {
  const pending = new Map<string, PendingSignIn>();
  const forget = (id: string): void => {
    pending.get(id)?.cancel();
    pending.delete(id);
  };
  return {
    async start(options) {
      const [oldest] = pending.keys();
      if (pending.size >= MAX_PENDING && oldest !== undefined) forget(oldest);
      const started = await startSignIn(options);
      const id = randomUUID();
      pending.set(id, started);
      return { id, url: started.url, userCode: started.userCode };
    },
    async wait(id) {
      const found = pending.get(id);
      if (found === undefined) throw new SallyportError('not-found', 'This sign-in is over. Start again.');
      let timer: NodeJS.Timeout | undefined;
      const moment = new Promise<null>(resolve => {
        timer = setTimeout(() => resolve(null), WAIT_MS);
      });
      try {
        const account = await Promise.race([found.finished, moment]);
        if (account !== null) pending.delete(id);
        return account;
      } catch (error) {
        pending.delete(id);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    cancel: forget,
    dispose() {
      for (const id of [...pending.keys()]) forget(id);
    },
  };
}
