import { Segments } from '../design/choice.tsx';
import { Switch } from '../design/field.tsx';
import type { Language } from '../texts/language.ts';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';
import { t } from '../texts/t.ts';

/** a language is called what its speakers call it */
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>;

export function AppearanceSettings({ preferences, onChange }: SettingsProps) {
  const { system, dark, light, usual, high, comfortable, compact } = t.settings;
  return (
    <SettingGroup id="appearance" title={t.settings.appearance}>
      <Setting name={t.settings.language} hint={t.settings.languageHint}>
        <Segments
          label={t.settings.language}
          choices={[
            { id: 'system', label: system },
            { id: 'en', label: <span lang="en">{LANGUAGE_NAMES.en}</span> },
            { id: 'de', label: <span lang="de">{LANGUAGE_NAMES.de}</span> },
          ]}
          selected={preferences.language}
          onSelect={language => onChange({ language })}
        />
      </Setting>
      <Setting name={t.settings.theme}>
        <Segments
          label={t.settings.theme}
          choices={[
            { id: 'system', label: system },
            { id: 'dark', label: dark },
            { id: 'light', label: light },
          ]}
          selected={preferences.theme}
          onSelect={theme => onChange({ theme })}
        />
      </Setting>
      <Setting name={t.settings.contrast} hint={t.settings.contrastHint}>
        <Segments
          label={t.settings.contrast}
          choices={[
            { id: 'system', label: system },
            { id: 'usual', label: usual },
            { id: 'high', label: high },
          ]}
          selected={preferences.contrast}
          onSelect={contrast => onChange({ contrast })}
        />
      </Setting>
      <Setting name={t.settings.density}>
        <Segments
          label={t.settings.density}
          choices={[
            { id: 'comfortable', label: comfortable },
            { id: 'compact', label: compact },
          ]}
          selected={preferences.density}
          onSelect={density => onChange({ density })}
        />
      </Setting>
      <Setting name={t.settings.singleKeys} hint={t.settings.singleKeysHint}>
        <Switch
          isSelected={preferences.hasSingleKeys}
          onChange={hasSingleKeys => onChange({ hasSingleKeys })}
        >
          {t.settings.useSingleKeys}
        </Switch>
      </Setting>
    </SettingGroup>
  );
}
