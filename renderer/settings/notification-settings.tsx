import { Bell } from 'lucide-react';
import type { NotificationKind } from '../app/preferences.ts';
import { useHasRole, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { Switch } from '../design/field.tsx';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';

/** What the window tells while it is not looked at. The browser is asked by a click here, never by itself. */
export function NotificationSettings({ preferences, onChange }: SettingsProps) {
  const { notifier } = useServices();
  const permission = useStore(notifier.permission);
  const isApprover = useHasRole('approver');
  const isOperator = useHasRole('operator');
  const kinds: { readonly kind: NotificationKind; readonly text: string; readonly isShown: boolean }[] = [
    { kind: 'request', text: 'A request waits for a decision', isShown: isApprover },
    { kind: 'decision', text: 'A request of mine was decided', isShown: isOperator },
    { kind: 'countdown', text: 'A session of mine ends soon', isShown: isOperator },
    { kind: 'alert', text: 'A running session raised an alert', isShown: isApprover },
  ];
  const set = (kind: NotificationKind, isOn: boolean) =>
    onChange({
      notifications: isOn
        ? [...preferences.notifications, kind]
        : preferences.notifications.filter(each => each !== kind),
    });
  const shown = kinds.filter(({ isShown }) => isShown);
  return (
    <SettingGroup id="notifications" title="Notifications">
      {shown.length === 0 ? (
        <p className="muted">This account’s roles have nothing that cannot wait until the window is open.</p>
      ) : (
        <>
          <Permission permission={permission} onAsk={() => void notifier.ask()} />
          {shown.map(({ kind, text }) => (
            <Switch
              key={kind}
              isSelected={preferences.notifications.includes(kind)}
              isDisabled={permission !== 'granted'}
              onChange={isOn => set(kind, isOn)}
            >
              {text}
            </Switch>
          ))}
          <p className="small muted">
            Told while the window is not in front. They name people and targets, never reasons or what a
            session shows.
          </p>
        </>
      )}
    </SettingGroup>
  );
}

interface PermissionProps {
  readonly permission: 'granted' | 'denied' | 'default' | 'unsupported';
  readonly onAsk: () => void;
}

function Permission({ permission, onAsk }: PermissionProps) {
  switch (permission) {
    case 'granted':
      return null;
    case 'default':
      return (
        <Setting name="Off" hint="The browser asks you once whether this page may notify you.">
          <Button icon={Bell} tone="primary" onPress={onAsk}>
            Allow notifications
          </Button>
        </Setting>
      );
    case 'denied':
      return (
        <p>
          The browser blocks notifications of this page. Allow them in the browser’s settings for this
          address, then come back here.
        </p>
      );
    case 'unsupported':
      return <p>This browser has no notifications for pages at this address.</p>;
  }
}
