import { Settings2 } from 'lucide-react';
import { IconButton } from '../design/button.tsx';
import { Segments } from '../design/choice.tsx';
import { Disclosed } from '../design/dialog.tsx';
import { Switch } from '../design/field.tsx';
import { useServices } from './services-context.tsx';
import { useStore } from './store.ts';

const THEMES = [
  { id: 'system', label: 'System' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
] as const;

/** How this window looks, and the keys of the terminal. */
export function ThemeMenu() {
  const { preferences } = useServices();
  const { theme, isScreenReaderOn } = useStore(preferences);
  return (
    <Disclosed
      label="Appearance and keys"
      trigger={<IconButton icon={Settings2} label="Appearance and keys" />}
    >
      <div className="stack">
        <h2>Appearance</h2>
        <Segments
          label="Theme"
          choices={THEMES}
          selected={theme}
          onSelect={chosen => preferences.set(previous => ({ ...previous, theme: chosen }))}
        />
        <Switch
          isSelected={isScreenReaderOn}
          onChange={isOn => preferences.set(previous => ({ ...previous, isScreenReaderOn: isOn }))}
        >
          Read terminals out to screen readers
        </Switch>
        <h2>Keys in a terminal</h2>
        <dl className="facts">
          {KEYS.map(([keys, meaning]) => (
            <div key={keys} className="facts-entry">
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Disclosed>
  );
}

const KEYS = [
  ['Ctrl+Shift+C', 'Copy the selection'],
  ['Ctrl+Shift+V', 'Paste'],
  ['Ctrl+Shift+F', 'Search in what was shown'],
  ['Ctrl + / − / 0', 'Larger, smaller, usual text'],
  ['Ctrl+Shift+PgUp / PgDn', 'Session before, session after'],
  ['Ctrl+Shift+.', 'Leave the terminal for the bar above it'],
] as const;
