import { useRef } from 'react';
import { Keyboard, Menu, MenuItem, Popover, Separator, Text } from 'react-aria-components';
import type { TerminalCommand } from './terminal-keys.ts';
import { t } from '../texts/t.ts';

/** Where the menu of a terminal is asked for: CSS pixels from the corner of the pane. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface TerminalMenuProps {
  readonly place: MenuPlace;
  readonly hasSelection: boolean;
  readonly commands: readonly MenuEntry[];
  readonly onCommand: (command: TerminalCommand) => void;
  readonly onClose: () => void;
}

export interface MenuEntry {
  readonly command: TerminalCommand;
  readonly label: string;
  readonly keys?: string;
  /** begins a new part of the menu */
  readonly isFirst?: boolean;
}

/** What a right click, or the menu key, offers. */
export function TerminalMenu({ place, hasSelection, commands, onCommand, onClose }: TerminalMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={element => {
          anchor.current = element;
          // through the CSSOM: the content security policy allows no style in the markup
          if (element !== null) Object.assign(element.style, { left: `${place.x}px`, top: `${place.y}px` });
        }}
        className="menu-anchor"
        aria-hidden
      />
      <Popover
        className="popover"
        aria-label={t.terminal.menu}
        triggerRef={anchor}
        placement="bottom start"
        isOpen
        onOpenChange={isOpen => {
          if (!isOpen) onClose();
        }}
      >
        <Menu
          aria-label={t.terminal.terminal}
          className="menu"
          autoFocus="first"
          disabledKeys={hasSelection ? [] : ['copy']}
          onAction={key => {
            const chosen = commands.find(({ command }) => command === key);
            onClose();
            if (chosen !== undefined) onCommand(chosen.command);
          }}
        >
          {commands.flatMap(({ command, label, keys, isFirst }) => [
            ...(isFirst === true ? [<Separator key={`before ${command}`} className="menu-line" />] : []),
            <MenuItem key={command} id={command} textValue={label} className="menu-entry">
              <Text slot="label">{label}</Text>
              {keys !== undefined && <Keyboard>{keys}</Keyboard>}
            </MenuItem>,
          ])}
        </Menu>
      </Popover>
    </>
  );
}
