import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';
import { useState } from 'react';
import type { MarkGroup } from './marks.ts';
import type { TimelineTip } from './timeline-tip.ts';
import { tipAt } from './timeline-tip.ts';

export interface ShownTip extends TimelineTip {
  /** where along the timeline, 0..1 */
  readonly share: number;
}

interface TimelineTipOptions {
  readonly groups: readonly MarkGroup[];
  readonly durationMs: number;
  readonly positionMs: number;
}

/** A pointer is not steadier than this, as a share of the timeline; a stroke is a thousandth wide. */
const NEAR_SHARE = 0.006;
/** The handle stands where a jump to a mark leads, or just after it. */
const NEAR_HANDLE_MS = 1_000;

/**
 * What stands on the timeline under the pointer, or, while the handle has the keyboard's focus, where the handle is. Escape hides it until
 * the pointer or the focus comes again (WCAG 2.2, 1.4.13).
 */
export function useTimelineTip({ groups, durationMs, positionMs }: TimelineTipOptions) {
  /** 0..1; null while no pointer is over the track */
  const [pointed, setPointed] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [isHidden, setHidden] = useState(false);

  const shownAt = (): ShownTip | null => {
    if (isHidden) return null;
    if (pointed !== null)
      return { ...tipAt(groups, pointed * durationMs, NEAR_SHARE * durationMs), share: pointed };
    if (!isFocused) return null;
    return { ...tipAt(groups, positionMs, NEAR_HANDLE_MS), share: Math.min(1, positionMs / durationMs) };
  };

  return {
    tip: shownAt(),
    onPointerMove({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>) {
      const box = currentTarget.querySelector('.timeline-track')?.getBoundingClientRect();
      const isOver = box !== undefined && box.width > 0 && clientY >= box.top && clientY <= box.bottom;
      if (!isOver) return setPointed(null);
      if (pointed === null) setHidden(false);
      setPointed(Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
    },
    onPointerLeave: () => setPointed(null),
    onFocus({ target }: FocusEvent<HTMLElement>) {
      setHidden(false);
      setFocused(target.matches(':focus-visible'));
    },
    onBlur: () => setFocused(false),
    onKeyDown({ key }: KeyboardEvent<HTMLElement>) {
      if (key === 'Escape') setHidden(true);
    },
  };
}
