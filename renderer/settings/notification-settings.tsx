import { Bell } from 'lucide-react';
import type { NotificationKind } from '../app/preferences.ts';
import { useHasRole, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { Switch } from '../design/field.tsx';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';
import { t } from '../texts/t.ts';

/** What the window tells while it is not looked at. The browser is asked by a click here, never by itself. */
export function NotificationSettings({ preferences, onChange }: SettingsProps) {
  const { notifier } = useServices();
  const permission = useStore(notifier.permission);
  const isApprover = useHasRole('approver');
  const isOperator = useHasRole('operator');
  const kinds: { readonly kind: NotificationKind; readonly text: string; readonly isShown: boolean }[] = [
    { kind: 'request', text: t.settings.tellRequest, isShown: isApprover },
    { kind: 'decision', text: t.settings.tellDecision, isShown: isOperator },
    { kind: 'countdown', text: t.settings.tellCountdown, isShown: isOperator },
    { kind: 'alert', text: t.settings.tellAlert, isShown: isApprover },
  ];
  const set = (kind: NotificationKind, isOn: boolean) =>
    onChange({
      notifications: isOn
        ? [...preferences.notifications, kind]
        : preferences.notifications.filter(each => each !== kind),
    });
  const shown = kinds.filter(({ isShown }) => isShown);
  return (
    <SettingGroup id="notifications" title={t.settings.notifications}>
      {shown.length === 0 ? (
        <p className="muted">{t.settings.nothingToTell}</p>
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
          <p className="small muted">{t.settings.toldWhen}</p>
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
        <Setting name={t.settings.off} hint={t.settings.askedOnce}>
          <Button icon={Bell} tone="primary" onPress={onAsk}>
            {t.settings.allow}
          </Button>
        </Setting>
      );
    case 'denied':
      return <p>{t.settings.blocked}</p>;
    case 'unsupported':
      return <p>{t.settings.unsupported}</p>;
  }
}
