import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { useServices } from '../app/services-context.tsx';
import type { Divider } from './pane-layout.ts';
import { dividedAt, LEAST_SHARE, shareAt } from './pane-layout.ts';
import { t } from '../texts/t.ts';

const STEP = 0.02;

/** The line between two panes: dragged, or moved by arrow keys (ARIA: window splitter). */
export function PaneDivider({ divider }: { readonly divider: Divider }) {
  const { panes } = useServices();
  const { split, box } = divider;
  const isRight = split.direction === 'right';
  const percent = (fraction: number) => `${fraction * 100}%`;
  const style: CSSProperties = isRight
    ? { left: percent(dividedAt(divider)), top: percent(box.top), height: percent(box.bottom - box.top) }
    : { top: percent(dividedAt(divider)), left: percent(box.left), width: percent(box.right - box.left) };
  const move = (share: number) => panes.setShare(split.splitId, share);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const whole = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || whole === undefined) return;
    const fraction = isRight
      ? (event.clientX - whole.left) / whole.width
      : (event.clientY - whole.top) / whole.height;
    move(shareAt(divider, fraction));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(split.share + by);
  };
  return (
    <div
      className="pane-divider"
      data-direction={split.direction}
      style={style}
      role="separator"
      tabIndex={0}
      aria-label={t.session.sizeOfPanes}
      aria-orientation={isRight ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(split.share * 100)}
      aria-valuemin={LEAST_SHARE * 100}
      aria-valuemax={(1 - LEAST_SHARE) * 100}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={() => move(0.5)}
    />
  );
}
