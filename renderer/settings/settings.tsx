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
        <h1>Settings</h1>
        <p className="grow">Kept in this {'window’s'} own storage, and in force at once.</p>
        <Button
          icon={RotateCcw}
          isDisabled={isUsual}
          onPress={() => {
            set(usual);
            notices.add('info', 'Everything is as it was at first.');
          }}
        >
          Reset all
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
