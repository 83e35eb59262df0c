import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeHash } from './merkle-tree.ts';
import {
  consistencyProof,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  newNodes,
  treeRoot,
} from './merkle-tree.ts';

const crypto: TreeHash = {
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
};
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The leaves and roots with which implementations of Certificate Transparency (RFC 6962, RFC 9162) are checked. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

async function logOf(entries: readonly Uint8Array[]) {
  const nodes = new Map<string, Uint8Array>();
  const read = (level: number, index: number): Promise<Uint8Array> => {
    const hash = nodes.get(`${level} ${index}`);
    return hash === undefined ? Promise.reject(new Error(`node ${level} ${index}`)) : Promise.resolve(hash);
  };
  const leaves: Uint8Array[] = [];
  for (const [index, entry] of entries.entries()) {
    const leaf = leafHash(crypto, entry);
    leaves.push(leaf);
    for (const node of await newNodes(crypto, { index, leaf, read }))
      nodes.set(`${node.level} ${node.index}`, node.hash);
  }
  return { leaves, read, root: (size: number) => treeRoot(crypto, size, read) };
}

describe('a Merkle tree', () => {
  it('has the roots of the published examples', async () => {
    const log = await logOf(LEAVES.map(leaf => new Uint8Array(Buffer.from(leaf, 'hex'))));
    expect(hex(await log.root(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [i, root] of ROOTS.entries()) expect(hex(await log.root(i + 1))).toBe(root);
  });

  it('proves each entry in each of its sizes, and nothing else', async () => {
    const log = await logOf(Array.from({ length: 37 }, (_, i) => Uint8Array.of(i)));
    for (let size = 1; size <= 37; size++) {
      const root = await log.root(size);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(crypto, { index, size, read: log.read });
        const leaf = log.leaves[index] ?? new Uint8Array(0);
        expect(isIncluded(crypto, { leaf, index, size, proof, root })).toBe(true);
        const other = log.leaves[(index + 1) % 37] ?? new Uint8Array(0);
        expect(isIncluded(crypto, { leaf: other, index, size, proof, root })).toBe(false);
        expect(isIncluded(crypto, { leaf, index: index + 1, size, proof, root })).toBe(false);
        if (proof.length > 0)
          expect(isIncluded(crypto, { leaf, index, size, proof: proof.slice(1), root })).toBe(false);
      }
    }
  });

  it('proves that each size is the beginning of each later one, and of no other log', async () => {
    const log = await logOf(Array.from({ length: 33 }, (_, i) => Uint8Array.of(i)));
    const forked = await logOf(Array.from({ length: 33 }, (_, i) => Uint8Array.of(i === 2 ? 99 : i)));
    for (let second = 1; second <= 33; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = await consistencyProof(crypto, { first, second, read: log.read });
        const [firstRoot, secondRoot] = [await log.root(first), await log.root(second)];
        expect(isConsistent(crypto, { first, second, firstRoot, secondRoot, proof })).toBe(true);
        const other = await forked.root(first);
        if (first > 2)
          expect(isConsistent(crypto, { first, second, firstRoot: other, secondRoot, proof })).toBe(false);
        const later = await forked.root(second);
        if (second > 2)
          expect(isConsistent(crypto, { first, second, firstRoot, secondRoot: later, proof })).toBe(false);
      }
    }
  });

  it('takes no proof that was altered anywhere', async () => {
    const log = await logOf(Array.from({ length: 50 }, (_, i) => Uint8Array.of(i, i)));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(49),
        fc.nat(49),
        fc.nat(31),
        fc.integer({ min: 1, max: 255 }),
        async (a, b, at, by) => {
          const [index, size] = [Math.min(a, b), Math.max(a, b) + 1];
          const proof = await inclusionProof(crypto, { index, size, read: log.read });
          fc.pre(proof.length > 0);
          const altered = proof.map((hash, i) =>
            i === (a + b) % proof.length ? hash.map((byte, j) => (j === at ? byte ^ by : byte)) : hash,
          );
          const leaf = log.leaves[index] ?? new Uint8Array(0);
          const root = await log.root(size);
          expect(isIncluded(crypto, { leaf, index, size, proof: altered, root })).toBe(false);
        },
      ),
    );
  });
});
