/** A set of 32-bit numbers other than 0, for what is added millions of times: open addressing, no object a number. */
export interface HashSet {
  readonly size: number;
  add(hash: number): void;
  /** The numbers in ascending order; the set is empty afterwards. */
  takeSorted(): Uint32Array;
}

const FIRST_SLOTS = 1024;

export function createHashSet(): HashSet {
  let slots = new Uint32Array(FIRST_SLOTS);
  let size = 0;

  const place = (hash: number): boolean => {
    const last = slots.length - 1;
    for (let at = hash & last; ; at = (at + 1) & last) {
      const known = slots[at];
      if (known === hash) return false;
      if (known === 0) {
        slots[at] = hash;
        return true;
      }
    }
  };
  const grow = (): void => {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    for (const hash of old) if (hash !== 0) place(hash);
  };

  return {
    get size() {
      return size;
    },
    add(hash) {
      if (!place(hash)) return;
      size += 1;
      if (size * 2 > slots.length) grow();
    },
    takeSorted() {
      // not by `filter`, which makes an object of each number first
      const all = new Uint32Array(size);
      let at = 0;
      for (const hash of slots) if (hash !== 0) all[at++] = hash;
      all.sort();
      slots.fill(0);
      size = 0;
      return all;
    },
  };
}
