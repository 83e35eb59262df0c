import type { ReactNode } from 'react';
import type { Preferences } from '../app/preferences.ts';

/** What every group of settings gets. */
export interface SettingsProps {
  readonly preferences: Preferences;
  readonly onChange: (change: Partial<Preferences>) => void;
}

interface SettingGroupProps {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}

export function SettingGroup({ id, title, children }: SettingGroupProps) {
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="setting-list">{children}</div>
    </section>
  );
}

interface SettingProps {
  readonly name: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One setting: its name and what it does on one side, its control on the other. The control carries its own accessible name. */
export function Setting({ name, hint, children }: SettingProps) {
  return (
    <div className="setting">
      <div>
        <p className="setting-name">{name}</p>
        {hint !== undefined && <p className="small muted">{hint}</p>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}
