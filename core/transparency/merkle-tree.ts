/**
 * The Merkle tree of RFC 9162 (section 2.1) over entries in the order in which they were appended: a root says which entries a log had,
 * a proof of inclusion that one is among them, a proof of consistency that a later log only added to it. Hashes are 32 bytes, SHA-256.
 */
export interface TreeHash {
  sha256(bytes: Uint8Array): Uint8Array;
}

/** Reads a stored hash: the root of the 2^level leaves from `index` · 2^level on. Only full subtrees are stored. */
export type ReadNode = (level: number, index: number) => Promise<Uint8Array>;

export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

const LEAF = 0;
const INNER = 1;

export function leafHash(crypto: TreeHash, entry: Uint8Array): Uint8Array {
  return prefixed(crypto, LEAF, [entry]);
}

/** What there is to store when the leaf at `index` is appended: the leaf, and every subtree that it makes full. */
export async function newNodes(
  crypto: TreeHash,
  { index, leaf, read }: { readonly index: number; readonly leaf: Uint8Array; readonly read: ReadNode },
): Promise<readonly TreeNode[]> {
  const nodes: TreeNode[] = [{ level: 0, index, hash: leaf }];
  let hash = leaf;
  for (let level = 0, at = index; at % 2 === 1; level += 1, at = (at - 1) / 2) {
    hash = joined(crypto, await read(level, at - 1), hash);
    nodes.push({ level: level + 1, index: (at - 1) / 2, hash });
  }
  return nodes;
}

/** Root over the leaves `[0, size)`; of none it is the hash of nothing. */
export function treeRoot(crypto: TreeHash, size: number, read: ReadNode): Promise<Uint8Array> {
  if (size === 0) return Promise.resolve(crypto.sha256(new Uint8Array(0)));
  return rangeHash(crypto, { start: 0, end: size }, read);
}

/** Proof that the leaf at `index` is among `[0, size)`: from the leaf up. */
export async function inclusionProof(
  crypto: TreeHash,
  { index, size, read }: { readonly index: number; readonly size: number; readonly read: ReadNode },
): Promise<readonly Uint8Array[]> {
  const walk = async (start: number, end: number): Promise<Uint8Array[]> => {
    if (end - start === 1) return [];
    const middle = start + largestPower(end - start);
    const [near, far] =
      index < middle
        ? [
            [start, middle],
            [middle, end],
          ]
        : [
            [middle, end],
            [start, middle],
          ];
    const [nearStart = 0, nearEnd = 0] = near ?? [];
    const [farStart = 0, farEnd = 0] = far ?? [];
    return [
      ...(await walk(nearStart, nearEnd)),
      await rangeHash(crypto, { start: farStart, end: farEnd }, read),
    ];
  };
  return walk(0, size);
}

/** Proof that the log of `first` entries is the beginning of that of `second`. Both at least 1. */
export async function consistencyProof(
  crypto: TreeHash,
  { first, second, read }: { readonly first: number; readonly second: number; readonly read: ReadNode },
): Promise<readonly Uint8Array[]> {
  const walk = async (
    m: number,
    [start, end]: readonly [number, number],
    isWhole: boolean,
  ): Promise<Uint8Array[]> => {
    if (m === end - start) return isWhole ? [] : [await rangeHash(crypto, { start, end }, read)];
    const split = largestPower(end - start);
    const middle = start + split;
    if (m <= split)
      return [
        ...(await walk(m, [start, middle], isWhole)),
        await rangeHash(crypto, { start: middle, end }, read),
      ];
    return [
      ...(await walk(m - split, [middle, end], false)),
      await rangeHash(crypto, { start, end: middle }, read),
    ];
  };
  return walk(first, [0, second], true);
}

export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** RFC 9162 section 2.1.3.2. */
export function isIncluded(crypto: TreeHash, { leaf, index, size, proof, root }: Inclusion): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const other of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = joined(crypto, other, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = joined(crypto, hash, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(hash, root);
}

export interface Consistency {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.4.2. An empty log is the beginning of every log. */
export function isConsistent(
  crypto: TreeHash,
  { first, second, firstRoot, secondRoot, proof }: Consistency,
): boolean {
  if (first === second) return proof.length === 0 && isSame(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0;
  if (first > second || proof.length === 0) return false;
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : [...proof];
  let at = first - 1;
  let last = second - 1;
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)];
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let [older, newer] = [seed, seed];
  for (const other of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = joined(crypto, other, older);
      newer = joined(crypto, other, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else newer = joined(crypto, newer, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && isSame(older, firstRoot) && isSame(newer, secondRoot);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Root of a range that the tree's own splits make: read where it is full, else put together. */
async function rangeHash(crypto: TreeHash, { start, end }: Range, read: ReadNode): Promise<Uint8Array> {
  const count = end - start;
  if (isPowerOfTwo(count)) return read(Math.log2(count), start / count);
  const middle = start + largestPower(count);
  return joined(
    crypto,
    await rangeHash(crypto, { start, end: middle }, read),
    await rangeHash(crypto, { start: middle, end }, read),
  );
}

/** The largest power of two below `count`, which is at least 2. */
function largestPower(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}

/** Root of two subtrees, left before right. */
export function joined(crypto: TreeHash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return prefixed(crypto, INNER, [left, right]);
}

function prefixed(crypto: TreeHash, prefix: number, parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return crypto.sha256(bytes);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
