import type { RefObject } from 'react';
import { createContext, useContext, useEffect, useRef } from 'react';

/** Whether the pane that something is drawn in is the one that is worked in. */
export const ActivePane = createContext(true);

/**
 * Gives the focus to an element when it appears in the pane that is worked in, and when the work moves to its pane from elsewhere: by
 * keys or by a tab. A click into the pane has put the focus where it belongs already.
 */
export function useFocusWithPane<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  const isActive = useContext(ActivePane);
  useEffect(() => {
    const here = element.current;
    if (isActive && here?.closest('.session')?.contains(document.activeElement) === false) here.focus();
  }, [isActive]);
  return element;
}
