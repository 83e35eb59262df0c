import { RequestDialog } from '../../launcher/request-dialog.tsx';
import { useServices } from '../services-context.tsx';
import { useStore } from '../store.ts';
import { Palette } from './palette.tsx';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { useWindowKeys } from './use-window-keys.ts';

/** What lies over the views, opened by a key, a button or a command. */
export function Overlays() {
  const { overlay } = useServices();
  const shown = useStore(overlay);
  useWindowKeys();
  const close = () => overlay.set(null);
  switch (shown?.kind) {
    case undefined:
      return null;
    case 'palette':
      return <Palette onClose={close} />;
    case 'shortcuts':
      return <ShortcutsSheet onClose={close} />;
    case 'request':
      return (
        <RequestDialog
          onClose={close}
          {...(shown.targetId === undefined ? {} : { targetId: shown.targetId })}
        />
      );
  }
}
