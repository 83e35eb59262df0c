import type { TreeHash } from './merkle-tree.ts';
import { joined, leafHash } from './merkle-tree.ts';

/** Finds the root of a Merkle tree (RFC 9162, section 2.1) while its entries go by, in memory of the logarithm of their number. */
export interface RunningRoot {
  readonly size: number;
  /** `entry`: what the leaf stands for, as for `leafHash` */
  add(entry: Uint8Array): void;
  root(): Uint8Array;
}

export function createRunningRoot(crypto: TreeHash): RunningRoot {
  /** roots of full subtrees, the largest first */
  const peaks: { readonly level: number; readonly hash: Uint8Array }[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(entry) {
      size += 1;
      let peak = { level: 0, hash: leafHash(crypto, entry) };
      for (let left = peaks.at(-1); left?.level === peak.level; left = peaks.at(-1)) {
        peaks.pop();
        peak = { level: peak.level + 1, hash: joined(crypto, left.hash, peak.hash) };
      }
      peaks.push(peak);
    },
    root() {
      const [last, ...rest] = peaks.toReversed();
      if (last === undefined) return crypto.sha256(new Uint8Array(0));
      return rest.reduce((right, { hash }) => joined(crypto, hash, right), last.hash);
    },
  };
}
