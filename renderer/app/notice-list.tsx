import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { IconButton } from '../design/button.tsx';
import type { NoticeLevel } from './notices.ts';
import { useServices } from './services-context.tsx';
import { useStore } from './store.ts';
import { t } from '../texts/t.ts';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleAlert } as const satisfies Record<
  NoticeLevel,
  unknown
>;

export function NoticeList() {
  const { notices } = useServices();
  return (
    <div className="notices" role="log" aria-live="polite" aria-label={t.app.messages}>
      {useStore(notices).map(({ id, level, message }) => {
        const Icon = ICONS[level];
        return (
          <div key={id} className="notice" data-level={level}>
            <Icon size={17} aria-hidden />
            <p className="grow break">{message}</p>
            {/* A click leaves the focus where it was: in a terminal, mostly. */}
            <IconButton
              icon={X}
              label={t.app.closeMessage}
              preventFocusOnPress
              onPress={() => notices.close(id)}
            />
          </div>
        );
      })}
    </div>
  );
}
