import { Segments } from '../design/choice.tsx';
import { Switch } from '../design/field.tsx';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';

const THEMES = [
  { id: 'system', label: 'System' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
] as const;
const CONTRASTS = [
  { id: 'system', label: 'System' },
  { id: 'usual', label: 'Usual' },
  { id: 'high', label: 'High' },
] as const;
const DENSITIES = [
  { id: 'comfortable', label: 'Comfortable' },
  { id: 'compact', label: 'Compact' },
] as const;

export function AppearanceSettings({ preferences, onChange }: SettingsProps) {
  return (
    <SettingGroup id="appearance" title="Appearance">
      <Setting name="Theme">
        <Segments
          label="Theme"
          choices={THEMES}
          selected={preferences.theme}
          onSelect={theme => onChange({ theme })}
        />
      </Setting>
      <Setting name="Contrast" hint="High: at least 7:1 for every text, and lines in place of washes.">
        <Segments
          label="Contrast"
          choices={CONTRASTS}
          selected={preferences.contrast}
          onSelect={contrast => onChange({ contrast })}
        />
      </Setting>
      <Setting name="Density">
        <Segments
          label="Density"
          choices={DENSITIES}
          selected={preferences.density}
          onSelect={density => onChange({ density })}
        />
      </Setting>
      <Setting
        name="Single-key shortcuts"
        hint="Keys such as ? that act anywhere in the window. Off helps those who speak to their machine."
      >
        <Switch
          isSelected={preferences.hasSingleKeys}
          onChange={hasSingleKeys => onChange({ hasSingleKeys })}
        >
          Use single keys
        </Switch>
      </Setting>
    </SettingGroup>
  );
}
