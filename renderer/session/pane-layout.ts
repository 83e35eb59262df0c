import { z } from 'zod';

/** A place for one session; null while the person still chooses which. */
export interface Pane {
  readonly kind: 'pane';
  readonly paneId: string;
  readonly sessionId: string | null;
}

/** Two parts side by side (`right`) or one above the other (`below`). */
export interface Split {
  readonly kind: 'split';
  readonly splitId: string;
  readonly direction: SplitDirection;
  /** of the first part, 0..1 */
  readonly share: number;
  readonly first: PaneTree;
  readonly second: PaneTree;
}

export type PaneTree = Pane | Split;
export type SplitDirection = 'right' | 'below';
export type Side = 'left' | 'right' | 'up' | 'down';

/** A part below this is too small to work in. */
export const LEAST_SHARE = 0.15;
/** Deeper than this a window has no room. */
export const MOST_PANES = 8;

const PaneSchema = z.object({
  kind: z.literal('pane'),
  paneId: z.string().min(1).max(100),
  sessionId: z.string().min(1).max(100).nullable(),
});
/** What a window kept of its layout over a reload; anything else is refused. */
export const PaneTreeSchema: z.ZodType<PaneTree> = z.lazy(() =>
  z.union([
    PaneSchema,
    z.object({
      kind: z.literal('split'),
      splitId: z.string().min(1).max(100),
      direction: z.enum(['right', 'below']),
      share: z
        .number()
        .min(LEAST_SHARE)
        .max(1 - LEAST_SHARE),
      first: PaneTreeSchema,
      second: PaneTreeSchema,
    }),
  ]),
);

/** In reading order. */
export function panesOf(tree: PaneTree): Pane[] {
  return tree.kind === 'pane' ? [tree] : [...panesOf(tree.first), ...panesOf(tree.second)];
}

/** The tree with `by` in the place of a pane; null where that takes away its last one. */
export function replacePane(
  tree: PaneTree,
  paneId: string,
  by: (pane: Pane) => PaneTree | null,
): PaneTree | null {
  if (tree.kind === 'pane') return tree.paneId === paneId ? by(tree) : tree;
  const first = replacePane(tree.first, paneId, by);
  const second = replacePane(tree.second, paneId, by);
  if (first === null || second === null) return first ?? second;
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second };
}

export function setShare(tree: PaneTree, splitId: string, share: number): PaneTree {
  if (tree.kind === 'pane') return tree;
  if (tree.splitId === splitId)
    return { ...tree, share: Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share)) };
  return {
    ...tree,
    first: setShare(tree.first, splitId, share),
    second: setShare(tree.second, splitId, share),
  };
}

/** Fractions of the whole, 0..1. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The line between the two parts of a split. `box`: of both parts together. */
export interface Divider {
  readonly split: Split;
  readonly box: Box;
}

const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

/** Where everything stands; panes in reading order. */
export function layoutOf(
  tree: PaneTree,
  box: Box = WHOLE,
): {
  readonly panes: readonly { readonly pane: Pane; readonly box: Box }[];
  readonly dividers: readonly Divider[];
} {
  if (tree.kind === 'pane') return { panes: [{ pane: tree, box }], dividers: [] };
  const isRight = tree.direction === 'right';
  const at = dividedAt({ split: tree, box });
  const first = layoutOf(tree.first, isRight ? { ...box, right: at } : { ...box, bottom: at });
  const second = layoutOf(tree.second, isRight ? { ...box, left: at } : { ...box, top: at });
  return {
    panes: [...first.panes, ...second.panes],
    dividers: [...first.dividers, ...second.dividers, { split: tree, box }],
  };
}

/** Where the line stands, as a fraction of the whole: from the left, or from the top. */
export function dividedAt({ split, box }: Divider): number {
  return split.direction === 'right'
    ? box.left + (box.right - box.left) * split.share
    : box.top + (box.bottom - box.top) * split.share;
}

/** The share that puts the line at a fraction of the whole. */
export function shareAt({ split, box }: Divider, fraction: number): number {
  return split.direction === 'right'
    ? (fraction - box.left) / (box.right - box.left)
    : (fraction - box.top) / (box.bottom - box.top);
}

/** The pane on a side of another one: of those that touch it, the one that shares the longest edge; null at the window's edge. */
export function neighbourOf(tree: PaneTree, paneId: string, side: Side): Pane | null {
  const boxes = layoutOf(tree).panes;
  const own = boxes.find(({ pane }) => pane.paneId === paneId)?.box;
  if (own === undefined) return null;
  const touching = boxes
    .filter(({ pane, box }) => pane.paneId !== paneId && touches(own, box, side))
    .map(({ pane, box }) => ({ pane, edge: sharedEdge(own, box, side) }))
    .filter(({ edge }) => edge > EDGE_TOLERANCE)
    .sort((a, b) => b.edge - a.edge);
  return touching[0]?.pane ?? null;
}

const EDGE_TOLERANCE = 1e-9;

function touches(own: Box, other: Box, side: Side): boolean {
  const gap = {
    left: own.left - other.right,
    right: other.left - own.right,
    up: own.top - other.bottom,
    down: other.top - own.bottom,
  }[side];
  return Math.abs(gap) < EDGE_TOLERANCE;
}

function sharedEdge(own: Box, other: Box, side: Side): number {
  return side === 'left' || side === 'right'
    ? Math.min(own.bottom, other.bottom) - Math.max(own.top, other.top)
    : Math.min(own.right, other.right) - Math.max(own.left, other.left);
}
