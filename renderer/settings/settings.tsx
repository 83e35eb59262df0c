import { RotateCcw } from 'lucide-react';
import { useServices } from '../app/services-context.tsx';
import { USUAL_PREFERENCES } from '../app/preferences.ts';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { DeviceList } from './device-list.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { ShellSettings } from './shell-settings.tsx';
import { TerminalSettings } from './terminal-settings.tsx';
import './settings.css';
import { t } from '../texts/t.ts';

/** How this person likes this window, and what this client is. Preferences stay in this browser or program; access is none of them. */
export function Settings() {
  const { preferences, notices } = useServices();
  const current = useStore(preferences);
  const set = (change: Partial<typeof current>) => preferences.set(previous => ({ ...previous, ...change }));
  // a guide that was put away stays away
  const usual = { ...USUAL_PREFERENCES, closedGuides: current.closedGuides };
  const isUsual = JSON.stringify(usual) === JSON.stringify(current);
  return (
    <div className="view settings">
      <div className="view-head">
        <h1>{t.settings.title}</h1>
        <p className="grow">{t.settings.about}</p>
        <Button
          icon={RotateCcw}
          isDisabled={isUsual}
          onPress={() => {
            set(usual);
            notices.add('info', t.settings.wasReset);
          }}
        >
          {t.settings.reset}
        </Button>
      </div>
      <AppearanceSettings preferences={current} onChange={set} />
      <TerminalSettings preferences={current} onChange={set} />
      <NotificationSettings preferences={current} onChange={set} />
      <DeviceList />
      <ShellSettings />
    </div>
  );
}
