import type { AccountId, DeviceId } from '../../contract/ids.ts';
import type { StoredEvent } from './stored-events.ts';

/** A live stream of one device. */
export interface Subscriber {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  /** Events were stored for the account: here they are, or (without) they are to be read from the database. */
  wake(events: readonly StoredEvent[]): void;
  /** The device may no longer listen, or the server ends. */
  end(): void;
}

/** Who listens at this instance of the server. */
export interface EventHub {
  add(subscriber: Subscriber): () => void;
  publish(events: readonly StoredEvent[]): void;
  /** Events of these accounts were stored by another instance; null: of any account. */
  wake(accountIds: readonly string[] | null): void;
  endDevice(deviceId: DeviceId): void;
  endAll(): void;
  /** how many listen now */
  readonly size: number;
}

export function createEventHub(): EventHub {
  const byAccount = new Map<string, Set<Subscriber>>();
  const byDevice = new Map<string, Set<Subscriber>>();
  const everyone = () => [...byAccount.values()].flatMap(set => [...set]);
  return {
    add(subscriber) {
      const removeFromAccount = addTo(byAccount, subscriber.accountId, subscriber);
      const removeFromDevice = addTo(byDevice, subscriber.deviceId, subscriber);
      return () => {
        removeFromAccount();
        removeFromDevice();
      };
    },
    publish(events) {
      const grouped = Map.groupBy(events, event => event.accountId);
      for (const [accountId, own] of grouped) {
        for (const subscriber of byAccount.get(accountId) ?? []) subscriber.wake(own);
      }
    },
    wake(accountIds) {
      if (accountIds === null) for (const subscriber of everyone()) subscriber.wake([]);
      else {
        for (const id of accountIds) for (const subscriber of byAccount.get(id) ?? []) subscriber.wake([]);
      }
    },
    endDevice(deviceId) {
      for (const subscriber of [...(byDevice.get(deviceId) ?? [])]) subscriber.end();
    },
    endAll() {
      for (const subscriber of everyone()) subscriber.end();
    },
    get size() {
      return everyone().length;
    },
  };
}

function addTo(sets: Map<string, Set<Subscriber>>, key: string, subscriber: Subscriber): () => void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(subscriber));
  return () => {
    set.delete(subscriber);
    if (set.size === 0 && sets.get(key) === set) sets.delete(key);
  };
}
