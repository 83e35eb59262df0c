import { useState } from 'react';
import { TERMINAL_SCROLLBACK_ROWS } from '../../contract/terminal.ts';
import { FONT_SIZE, Preferences, USUAL_PREFERENCES } from '../app/preferences.ts';
import { Segments } from '../design/choice.tsx';
import { NumberField, Switch, TextField } from '../design/field.tsx';
import { terminalFont } from '../session/terminal-theme.ts';
import type { SettingsProps } from './setting.tsx';
import { Setting, SettingGroup } from './setting.tsx';

const BELLS = [
  { id: 'flash', label: 'Flash' },
  { id: 'sound', label: 'Sound' },
  { id: 'none', label: 'Nothing' },
] as const;

const SAMPLE = ['shop=> SELECT id, email FROM customers;', ' 1 | a•••@example.com   0O 1lI {} => |'] as const;

export function TerminalSettings({ preferences, onChange }: SettingsProps) {
  const { fontFamily, fontSize } = preferences;
  return (
    <SettingGroup id="terminals" title="Terminals">
      <Setting name="Font" hint="The name of a fixed-width font on this machine. Empty: the usual one.">
        <FontField
          key={fontFamily}
          family={fontFamily}
          onChange={family => onChange({ fontFamily: family })}
        />
      </Setting>
      <Setting name="Font size" hint={`${FONT_SIZE.least} to ${FONT_SIZE.most} pixels.`}>
        <NumberField
          label="Font size"
          isLabelHidden
          value={fontSize}
          least={FONT_SIZE.least}
          most={FONT_SIZE.most}
          onChange={size => onChange({ fontSize: size })}
        />
      </Setting>
      <pre
        className="font-sample"
        aria-label="Sample of the font"
        ref={sample => styleSample(sample, fontFamily, fontSize)}
      >
        {SAMPLE.join('\n')}
      </pre>
      <Setting name="Bell">
        <Segments
          label="Bell"
          choices={BELLS}
          selected={preferences.bell}
          onSelect={bell => onChange({ bell })}
        />
      </Setting>
      <Setting
        name="Scrollback"
        hint="Fixed: masking follows the terminal’s lines one by one, and both have to keep the same."
      >
        <p>{TERMINAL_SCROLLBACK_ROWS.toLocaleString('en-GB')} lines</p>
      </Setting>
      <Setting name="Screen readers" hint="An accessible copy of what the terminal shows, masked as it is.">
        <Switch
          isSelected={preferences.isScreenReaderOn}
          onChange={isScreenReaderOn => onChange({ isScreenReaderOn })}
        >
          Read terminals out to screen readers
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
        label="Font"
        isLabelHidden
        value={text}
        onChange={setText}
        placeholder={USUAL_PREFERENCES.fontFamily === '' ? 'Usual' : USUAL_PREFERENCES.fontFamily}
        error={isName ? null : 'A font’s name has no quotes, brackets or semicolons.'}
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
