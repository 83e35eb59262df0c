import { BookOpen, Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import { ShellFactsList } from './shell-facts-list.tsx';
import { useAppState, useServices } from './services-context.tsx';
import { useShowGuide } from './use-show-guide.ts';
import { t } from '../texts/t.ts';

/** The guide, the keys, and what this shell is and cannot do. */
export function HelpMenu({ trigger }: { readonly trigger: ReactNode }) {
  const { overlay } = useServices();
  const showGuide = useShowGuide();
  const { version } = useAppState();
  return (
    <Disclosed label={t.app.help} trigger={trigger}>
      <div className="stack">
        <h2>{t.app.help}</h2>
        <div className="row">
          <Button icon={BookOpen} slot="close" onPress={showGuide}>
            {t.app.showGuide}
          </Button>
          <Button icon={Keyboard} slot="close" onPress={() => overlay.set({ kind: 'shortcuts' })}>
            {t.app.keyboardShortcuts}
          </Button>
        </div>
        <h2>Sallyport {version}</h2>
        <ShellFactsList />
      </div>
    </Disclosed>
  );
}
