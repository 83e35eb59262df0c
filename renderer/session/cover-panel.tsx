import type { ReactNode } from 'react';
import { useFocusWithPane } from './active-pane.ts';

interface CoverPanelProps {
  readonly titleId: string;
  readonly testId: string;
  readonly children: ReactNode;
}

/**
 * Stands in the terminal's place and takes the focus, itself and not one of its buttons: whoever was typing types on for a moment, and
 * a space or Enter meant for the terminal must not press anything. The buttons are one Tab away.
 */
export function CoverPanel({ titleId, testId, children }: CoverPanelProps) {
  const cover = useFocusWithPane<HTMLElement>();
  return (
    <section ref={cover} className="cover" aria-labelledby={titleId} data-testid={testId} tabIndex={-1}>
      <div className="cover-panel">{children}</div>
    </section>
  );
}
