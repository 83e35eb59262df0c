import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { leafHash, newNodes, treeRoot } from './merkle-tree.ts';
import { createRunningRoot } from './tree-root.ts';

const crypto = { sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()) };

it('is the root of the stored tree after each entry', async () => {
  const stored = new Map<string, Uint8Array>();
  const read = (level: number, index: number) =>
    Promise.resolve(stored.get(`${String(level)}/${String(index)}`) ?? new Uint8Array());
  const running = createRunningRoot(crypto);
  expect(running.root()).toEqual(await treeRoot(crypto, 0, read));
  for (let index = 0; index < 70; index++) {
    const entry = Uint8Array.of(index);
    for (const node of await newNodes(crypto, { index, leaf: leafHash(crypto, entry), read }))
      stored.set(`${String(node.level)}/${String(node.index)}`, node.hash);
    running.add(entry);
    expect(running.size).toBe(index + 1);
    expect(running.root()).toEqual(await treeRoot(crypto, index + 1, read));
  }
});
