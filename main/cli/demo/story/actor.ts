import type {
  EventName,
  EventOf,
  RequestInputOf,
  RequestName,
  RequestOutputOf,
} from '../../../../contract/ipc.ts';
import { SallyportError } from '../../../../contract/errors.ts';
import type { App, AppConnection } from '../../../app/app.ts';

/** One of the demo's people at a window of the client, asking for the same things as the interface does. */
export interface Actor {
  readonly window: AppConnection;
  /** Throws the failure as a `SallyportError`. */
  ask<N extends RequestName>(name: N, input: RequestInputOf<N>): Promise<RequestOutputOf<N>>;
  /** Resolves with the first event, from now on, that fits. Rejects after `deadlineMs`. */
  next<N extends EventName>(
    name: N,
    fits: (payload: EventOf<N>) => boolean,
    deadlineMs: number,
  ): Promise<EventOf<N>>;
  dispose(): void;
}

type Listener = (name: EventName, payload: unknown) => void;

/** Opens a window that acts as the account of this name. */
export async function seatActor(app: App, accountName: string): Promise<Actor> {
  const listeners = new Set<Listener>();
  const window = app.connect((name, payload) => {
    for (const listener of listeners) listener(name, payload);
  });
  const ask: Actor['ask'] = async (name, input) => {
    const outcome = await window.request(name, input);
    if (!outcome.ok) throw new SallyportError(outcome.error.code, outcome.error.message);
    // The router has parsed it with the request's own output schema.
    return outcome.value as never;
  };
  const state = await ask('app.state', {});
  const account = state.accounts.find(each => each.name === accountName);
  if (account === undefined)
    throw new SallyportError('not-found', `The demo has no account "${accountName}".`);
  await ask('account.use', { accountId: account.id });
  return {
    window,
    ask,
    next(name, fits, deadlineMs) {
      return new Promise((resolve, reject) => {
        const listener: Listener = (eventName, payload) => {
          // Events of this name carry this payload: the contract's map says so.
          const known = payload as EventOf<typeof name>;
          if (eventName !== name || !fits(known)) return;
          stop();
          resolve(known);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new SallyportError('internal', `Nothing of "${name}" came within ${deadlineMs} ms.`));
        }, deadlineMs);
        const stop = () => {
          clearTimeout(timer);
          listeners.delete(listener);
        };
        listeners.add(listener);
      });
    },
    dispose: () => window.dispose(),
  };
}
