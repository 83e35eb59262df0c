/** Who acts in this window, kept for as long as its tab: across reloads and lost connections. Not shared with other windows. */
export interface WindowAccount {
  get(): string | null;
  set(accountId: string | null): void;
}

const KEY = 'sallyport.account';

/** Storage that is full or forbidden only means that a reload forgets who acted here. */
export function createWindowAccount(storage: Storage): WindowAccount {
  let accountId = read(storage);
  return {
    get: () => accountId,
    set(next) {
      accountId = next;
      try {
        if (next === null) storage.removeItem(KEY);
        else storage.setItem(KEY, next);
      } catch {
        // held in memory, for this load of the page
      }
    },
  };
}

function read(storage: Storage): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}
