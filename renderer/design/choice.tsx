import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { t } from '../texts/t.ts';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
}

interface DropDownProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly placeholder?: string;
  readonly isLabelHidden?: boolean;
}

/** One of a few, in a list that opens; typing finds an entry. */
export function DropDown({
  label,
  choices,
  selected,
  onSelect,
  placeholder = t.common.choose,
  isLabelHidden = false,
}: DropDownProps) {
  return (
    <Select
      className="field"
      value={selected}
      placeholder={placeholder}
      onChange={key => {
        if (key !== null) onSelect(String(key));
      }}
    >
      <Label className={isLabelHidden ? 'visually-hidden' : 'label'}>{label}</Label>
      <Button className="input select-button">
        <SelectValue />
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="list-box">
          {choices.map(choice => (
            <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className="list-box-entry">
              <Text slot="label">{choice.label}</Text>
              {choice.description !== undefined && (
                <Text slot="description" className="small muted">
                  {choice.description}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly choices: readonly { readonly id: T; readonly label: ReactNode; readonly name?: string }[];
  readonly selected: T | null;
  readonly onSelect: (id: T) => void;
}

/** One of a few, side by side. */
export function Segments<T extends string>({ label, choices, selected, onSelect }: SegmentsProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="segments"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={keys => {
        const key = choices.find(choice => keys.has(choice.id));
        if (key !== undefined) onSelect(key.id);
      }}
    >
      {choices.map(choice => (
        <ToggleButton
          key={choice.id}
          id={choice.id}
          className="button"
          {...(choice.name === undefined ? {} : { 'aria-label': choice.name })}
        >
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
