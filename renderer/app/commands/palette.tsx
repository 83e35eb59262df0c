import type { KeyboardEvent } from 'react';
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { ModalDialog } from '../../design/dialog.tsx';
import { chordWords } from './chord.ts';
import type { Command, FoundGroup } from './command.ts';
import { findCommands } from './command.ts';
import { useAccountCommands } from './use-account-commands.ts';
import { isMacPage } from './use-shown-chord.ts';
import './commands.css';
import { t } from '../../texts/t.ts';

/**
 * Everything that can be done or gone to, found by a few letters: an editable combobox with a list box
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The focus stays in the field; the arrows move the active option.
 */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const commands = useAccountCommands();
  const [text, setText] = useState('');
  const deferred = useDeferredValue(text);
  const groups = useMemo(() => findCommands(commands, deferred), [commands, deferred]);
  const found = groups.flatMap(group => group.commands);
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = found.find(({ id }) => id === activeId) ?? found[0] ?? null;
  const listId = useId();
  const optionId = (command: Command) => `${listId}-${command.id}`;
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const run = (command: Command | null) => {
    if (command === null) return;
    onClose();
    command.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const index = active === null ? -1 : found.indexOf(active);
    const to = stepOf(event.key, index, found.length);
    if (to !== null) {
      event.preventDefault();
      setActiveId(found[to]?.id ?? null);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(active);
    }
  };

  return (
    <ModalDialog title={t.app.commandPalette} isTitleHidden onClose={onClose} widthRem={40}>
      <div className="palette">
        <input
          className="input palette-input"
          role="combobox"
          aria-label={t.palette.find}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active === null ? undefined : optionId(active)}
          placeholder={t.palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={text}
          onChange={event => {
            setText(event.target.value);
            setActiveId(null);
          }}
          onKeyDown={onKey}
        />
        <p className="visually-hidden" role="status">
          {found.length === 0 ? t.palette.none : t.palette.commands(found.length)}
        </p>
        <div ref={list} id={listId} className="palette-list" role="listbox" aria-label={t.palette.list}>
          {groups.map(group => (
            <Group
              key={group.group}
              found={group}
              active={active}
              optionId={optionId}
              onRun={run}
              onPoint={command => setActiveId(command.id)}
            />
          ))}
        </div>
        {found.length === 0 && <p className="muted palette-none">{t.palette.noneCalled(text.trim())}</p>}
      </div>
    </ModalDialog>
  );
}

interface GroupProps {
  readonly found: FoundGroup;
  readonly active: Command | null;
  readonly optionId: (command: Command) => string;
  readonly onRun: (command: Command) => void;
  readonly onPoint: (command: Command) => void;
}

function Group({ found, active, optionId, onRun, onPoint }: GroupProps) {
  const headingId = useId();
  return (
    <div role="group" aria-labelledby={headingId}>
      <p id={headingId} role="presentation" className="palette-group">
        {t.commandGroups[found.group]}
      </p>
      {found.commands.map(command => {
        const { icon: Icon, label, detail, chord } = command;
        return (
          <div
            key={command.id}
            id={optionId(command)}
            role="option"
            aria-selected={command === active}
            className="palette-option"
            onClick={() => onRun(command)}
            onPointerMove={() => {
              if (command !== active) onPoint(command);
            }}
          >
            <Icon size={16} aria-hidden />
            <span className="palette-label">{label}</span>
            {detail !== undefined && <span className="small muted palette-detail">{detail}</span>}
            {chord !== undefined && chord !== null && <kbd>{chordWords(chord, isMacPage())}</kbd>}
          </div>
        );
      })}
    </div>
  );
}

const PAGE = 8;

/** Where a key moves the active option; null: it is no such key. */
function stepOf(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'PageDown':
      return Math.min(count - 1, index + PAGE);
    case 'PageUp':
      return Math.max(0, index - PAGE);
    default:
      return null;
  }
}
