import { z } from 'zod';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';
import type { Pane, PaneTree, Side, SplitDirection } from './pane-layout.ts';
import { MOST_PANES, neighbourOf, panesOf, PaneTreeSchema, replacePane, setShare } from './pane-layout.ts';

/**
 * Which sessions of this window are shown together. A group is a tree of panes with at least two of them; a session in no group has the
 * window for itself. Kept for the window over a reload: ids of sessions and how the room is shared, nothing of what they show.
 */
export interface PaneGroups extends ReadableStore<readonly PaneTree[]> {
  /** The tree that a session is in: of one pane where it is in no group. */
  treeOf(sessionId: string): PaneTree;
  /** A new pane beside that of the session, for the person to choose what it shows; null where the window has no room. */
  split(sessionId: string, direction: SplitDirection): Pane | null;
  /** Shows a session in a pane; it leaves the one that it was in. */
  show(paneId: string, sessionId: string): void;
  /** Takes a pane out of its group; its session goes on. */
  close(paneId: string): void;
  /** Takes a session out of its group, as when its tab was closed. */
  forget(sessionId: string): void;
  setShare(splitId: string, share: number): void;
  neighbour(sessionId: string, side: Side): Pane | null;
}

const KEY = 'sallyport.panes';
const Stored = z.array(PaneTreeSchema).max(100);

export function createPaneGroups(storage: Storage, newId: () => string): PaneGroups {
  const store = createStore<readonly PaneTree[]>(read(storage));
  store.subscribe(() => {
    try {
      storage.setItem(KEY, JSON.stringify(store.get()));
    } catch {
      // storage that is full or forbidden: the layout holds until the window is reloaded
    }
  });
  const groupOf = (sessionId: string) =>
    store.get().find(tree => panesOf(tree).some(pane => pane.sessionId === sessionId));
  const treeOf = (sessionId: string): PaneTree =>
    groupOf(sessionId) ?? { kind: 'pane', paneId: `session ${sessionId}`, sessionId };
  const replace = (paneId: string, by: (pane: Pane) => PaneTree | null) =>
    store.set(groups =>
      groups.map(tree => replacePane(tree, paneId, by)).filter(tree => tree?.kind === 'split'),
    );
  const forget = (sessionId: string) => {
    for (const tree of store.get())
      for (const pane of panesOf(tree)) if (pane.sessionId === sessionId) replace(pane.paneId, () => null);
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    treeOf,
    split(sessionId, direction) {
      const known = groupOf(sessionId);
      const tree = known ?? treeOf(sessionId);
      const panes = panesOf(tree);
      const chosen = panes.find(pane => pane.sessionId === sessionId);
      if (chosen === undefined || panes.length >= MOST_PANES) return null;
      const fresh: Pane = { kind: 'pane', paneId: newId(), sessionId: null };
      const grown = replacePane(tree, chosen.paneId, pane => ({
        kind: 'split',
        splitId: newId(),
        direction,
        share: 0.5,
        first: pane,
        second: fresh,
      }));
      if (grown === null) return null;
      store.set(groups => [...groups.filter(group => group !== known), grown]);
      return fresh;
    },
    show(paneId, sessionId) {
      forget(sessionId);
      replace(paneId, pane => ({ ...pane, sessionId }));
    },
    close: paneId => replace(paneId, () => null),
    forget,
    setShare: (splitId, share) => store.set(groups => groups.map(tree => setShare(tree, splitId, share))),
    neighbour(sessionId, side) {
      const tree = treeOf(sessionId);
      const own = panesOf(tree).find(pane => pane.sessionId === sessionId);
      return own === undefined ? null : neighbourOf(tree, own.paneId, side);
    },
  };
}

function read(storage: Storage): readonly PaneTree[] {
  try {
    const stored = Stored.parse(JSON.parse(storage.getItem(KEY) ?? '[]'));
    return stored.filter(tree => tree.kind === 'split' && panesOf(tree).length <= MOST_PANES);
  } catch {
    return [];
  }
}
