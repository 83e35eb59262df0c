import { describe, expect, it } from 'vitest';
import type { PaneTree, Side } from './pane-layout.ts';
import { LEAST_SHARE, MOST_PANES, panesOf } from './pane-layout.ts';
import type { PaneGroups } from './pane-groups.ts';
import { createPaneGroups } from './pane-groups.ts';

function fakeStorage(entries = new Map<string, string>()): Storage {
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: key => entries.get(key) ?? null,
    key: index => [...entries.keys()][index] ?? null,
    removeItem: key => entries.delete(key),
    setItem: (key, value) => entries.set(key, value),
  };
}

function createGroups(storage = fakeStorage()): PaneGroups {
  let last = 0;
  return createPaneGroups(storage, () => `n${(last += 1)}`);
}

/** `a | (b / c)`: side by side, and one above the other. */
function drawn(tree: PaneTree): string {
  if (tree.kind === 'pane') return tree.sessionId ?? '?';
  return `(${drawn(tree.first)} ${tree.direction === 'right' ? '|' : '/'} ${drawn(tree.second)})`;
}

/** a on the left, b above c on the right */
function threePanes(storage?: Storage): PaneGroups {
  const groups = createGroups(storage);
  groups.show(groups.split('a', 'right')?.paneId ?? '', 'b');
  groups.show(groups.split('b', 'below')?.paneId ?? '', 'c');
  return groups;
}

describe('panes of a window', () => {
  it('a session has the window for itself until it is split', () => {
    const groups = createGroups();
    expect(drawn(groups.treeOf('a'))).toBe('a');
    groups.split('a', 'right');
    expect(drawn(groups.treeOf('a'))).toBe('(a | ?)');
  });

  it('are split right and below', () => {
    expect(drawn(threePanes().treeOf('c'))).toBe('(a | (b / c))');
  });

  it('a session that is shown in another pane leaves its own', () => {
    const groups = threePanes();
    groups.show(groups.split('x', 'below')?.paneId ?? '', 'b');
    expect(drawn(groups.treeOf('b'))).toBe('(x / b)');
    expect(drawn(groups.treeOf('a'))).toBe('(a | c)');
  });

  it('closing one gives its room to the other, and the last two make no group any more', () => {
    const groups = threePanes();
    const paneOf = (sessionId: string) =>
      panesOf(groups.treeOf(sessionId)).find(pane => pane.sessionId === sessionId)?.paneId ?? '';
    groups.close(paneOf('a'));
    expect(drawn(groups.treeOf('b'))).toBe('(b / c)');
    groups.close(paneOf('c'));
    expect(drawn(groups.treeOf('b'))).toBe('b');
    expect(groups.get()).toEqual([]);
  });

  it('a session that is forgotten leaves its group', () => {
    const groups = threePanes();
    groups.forget('b');
    expect(drawn(groups.treeOf('a'))).toBe('(a | c)');
  });

  it('share their room within bounds', () => {
    const groups = threePanes();
    const [tree] = groups.get();
    if (tree?.kind !== 'split') throw new Error('no split');
    groups.setShare(tree.splitId, 0.7);
    expect(groups.get()[0]).toMatchObject({ share: 0.7 });
    groups.setShare(tree.splitId, 2);
    expect(groups.get()[0]).toMatchObject({ share: 1 - LEAST_SHARE });
  });

  it('are not more than fit', () => {
    const groups = createGroups();
    for (let pane = 1; pane < MOST_PANES; pane += 1) expect(groups.split('a', 'right')).not.toBeNull();
    expect(groups.split('a', 'right')).toBeNull();
  });

  it.each<[string, Side, string | null]>([
    ['a', 'right', 'b'],
    ['a', 'left', null],
    ['a', 'down', null],
    ['b', 'left', 'a'],
    ['b', 'down', 'c'],
    ['c', 'up', 'b'],
    ['c', 'left', 'a'],
    ['c', 'right', null],
  ])('%s has to its %s: %s', (from, side, to) => {
    expect(threePanes().neighbour(from, side)?.sessionId ?? null).toBe(to);
  });

  it('the neighbour is the one with the longer common edge', () => {
    const groups = threePanes();
    const [tree] = groups.get();
    const right = tree?.kind === 'split' && tree.second.kind === 'split' ? tree.second.splitId : '';
    groups.setShare(right, 0.3);
    expect(groups.neighbour('a', 'right')?.sessionId).toBe('c');
  });
});

describe('a window that is loaded again', () => {
  it('has its panes as before', () => {
    const storage = fakeStorage();
    threePanes(storage);
    expect(drawn(createGroups(storage).treeOf('b'))).toBe('(a | (b / c))');
  });

  it.each([
    'nonsense',
    '{"kind":"split"}',
    '[{"kind":"pane","paneId":"x","sessionId":"a"}]',
    '[{"kind":"split"}]',
  ])('with %s in its storage has none', stored => {
    expect(createGroups(fakeStorage(new Map([['sallyport.panes', stored]]))).get()).toEqual([]);
  });
});
