import { useState } from 'react';
import { TERMINAL_SCROLLBACK_ROWS } from '../../contract/terminal.ts';
import { FONT_SIZE, Preferences, USUAL_PREFERENCES } from '../app/preferences.ts';
import { Segments } from '../design/choice.tsx';
import { NumberField, Switch, TextField } from '../design/field.tsx';
import { terminalFont } from '../session/terminal-theme.ts';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

// eslint-disable-next-line no-restricted-syntax -- code, the same in every language
const SAMPLE = ['shop=> SELECT id, email FROM customers;', ' 1 | a•••@example.com   0O 1lI {} => |'] as const;

export function TerminalSettings({ preferences, onChange }: SettingsProps) {
  const { fontFamily, fontSize } = preferences;
  return (
    <SettingGroup id="terminals" title={t.settings.terminals}>
      <Setting name={t.settings.font} hint={t.settings.fontHint}>
        <FontField
          key={fontFamily}
          family={fontFamily}
          onChange={family => onChange({ fontFamily: family })}
        />
      </Setting>
      <Setting
        name={t.settings.fontSize}
        hint={t.settings.fontSizeHint(number(FONT_SIZE.least), number(FONT_SIZE.most))}
      >
        <NumberField
          label={t.settings.fontSize}
          isLabelHidden
          value={fontSize}
          least={FONT_SIZE.least}
          most={FONT_SIZE.most}
          onChange={size => onChange({ fontSize: size })}
        />
      </Setting>
      <pre
        className="font-sample"
        tabIndex={0}
        aria-label={t.settings.fontSample}
        ref={sample => styleSample(sample, fontFamily, fontSize)}
      >
        {SAMPLE.join('\n')}
      </pre>
      <Setting name={t.settings.bell}>
        <Segments
          label={t.settings.bell}
          choices={[
            { id: 'flash', label: t.settings.bellFlash },
            { id: 'sound', label: t.settings.bellSound },
            { id: 'none', label: t.settings.bellNone },
          ]}
          selected={preferences.bell}
          onSelect={bell => onChange({ bell })}
        />
      </Setting>
      <Setting name={t.settings.scrollback} hint={t.settings.scrollbackHint}>
        <p>{t.settings.lines(TERMINAL_SCROLLBACK_ROWS)}</p>
      </Setting>
      <Setting name={t.settings.screenReaders} hint={t.settings.screenReadersHint}>
        <Switch
          isSelected={preferences.isScreenReaderOn}
          onChange={isScreenReaderOn => onChange({ isScreenReaderOn })}
        >
          {t.settings.readTerminals}
        </Switch>
      </Setting>
    </SettingGroup>
  );
}

/** Kept once it is a name that a font can have; what is typed otherwise stays in the field with the reason. */
function FontField({
  family,
  onChange,
}: {
  readonly family: string;
  readonly onChange: (family: string) => void;
}) {
  const [text, setText] = useState(family);
  const isName = Preferences.shape.fontFamily.parse(text) === text.trim();
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (isName) onChange(text.trim());
      }}
      onBlur={() => {
        if (isName && text.trim() !== family) onChange(text.trim());
      }}
    >
      <TextField
        label={t.settings.font}
        isLabelHidden
        value={text}
        onChange={setText}
        placeholder={USUAL_PREFERENCES.fontFamily === '' ? t.settings.usual : USUAL_PREFERENCES.fontFamily}
        error={isName ? null : t.settings.fontIsNone}
      />
    </form>
  );
}

/** Through the CSSOM: the content security policy allows no style in the markup. */
function styleSample(sample: HTMLElement | null, family: string, sizePx: number): void {
  if (sample === null) return;
  sample.style.fontFamily = terminalFont(family);
  sample.style.fontSize = `${sizePx}px`;
}
