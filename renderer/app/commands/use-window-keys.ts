import { useEffect } from 'react';
import { placesOf, SETTINGS_PLACE } from '../places.ts';
import { useAccount, useServices } from '../services-context.tsx';
import { isMacPage } from './use-shown-chord.ts';
import type { WindowCommand } from './window-keys.ts';
import { windowCommand } from './window-keys.ts';

/** Follows the keys of the window while it is drawn. Under a dialog only the palette is closed by its own key. */
export function useWindowKeys(): void {
  const { overlay, preferences, router } = useServices();
  const { roles } = useAccount();
  useEffect(() => {
    const isMac = isMacPage();
    const act = (command: WindowCommand) => {
      if (command === 'palette' || command === 'shortcuts') overlay.set({ kind: command });
      else if (command === 'settings') router.go(SETTINGS_PLACE.route);
      else if (command === 'request') overlay.set({ kind: 'request' });
      else {
        const place = placesOf(roles)[Number(command.slice('view-'.length)) - 1];
        if (place !== undefined) router.go(place.route);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      const command = windowCommand(event, {
        isMac,
        ...placeOf(event.target),
        hasSingleKeys: preferences.get().hasSingleKeys,
      });
      if (command === null || (command === 'request' && !roles.includes('operator'))) return;
      const isCovered = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
      if (isCovered && overlay.get()?.kind !== command) return;
      event.preventDefault();
      event.stopPropagation();
      if (isCovered) overlay.set(null);
      else act(command);
    };
    // before a terminal or a list sees it
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [overlay, preferences, router, roles]);
}

function placeOf(target: EventTarget | null): { isInTerminal: boolean; isInText: boolean } {
  if (!(target instanceof HTMLElement)) return { isInTerminal: false, isInText: false };
  return {
    isInTerminal: target.closest('.terminal-element') !== null,
    isInText: target.isContentEditable || target.matches('input, textarea, select'),
  };
}
