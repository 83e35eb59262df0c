import { ChevronDown } from 'lucide-react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import type { TargetSummary } from '../../contract/server-api.ts';
import { EnvironmentBadge } from '../design/badge.tsx';
import { t } from '../texts/t.ts';

interface TargetPickerProps {
  readonly targets: readonly TargetSummary[];
  readonly selectedId: string | null;
  readonly onSelect: (target: TargetSummary | null) => void;
}

/** A target, found by typing part of its name, host, kind or environment. */
export function TargetPicker({ targets, selectedId, onSelect }: TargetPickerProps) {
  return (
    <ComboBox
      className="field"
      value={selectedId}
      menuTrigger="focus"
      allowsEmptyCollection
      onChange={key => onSelect(targets.find(target => target.id === key) ?? null)}
    >
      <Label>{t.launcher.target}</Label>
      <div className="combo">
        <Input className="input" placeholder={t.launcher.searchTarget} autoComplete="off" />
        <Button className="button" data-tone="quiet" data-size="icon">
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox
          className="list-box"
          renderEmptyState={() => <p className="muted list-box-entry">{t.launcher.noSuchTarget}</p>}
        >
          {targets.map(target => (
            <ListBoxItem
              key={target.id}
              id={target.id}
              textValue={searchText(target)}
              className="list-box-entry"
            >
              <span className="row">
                <Text slot="label">
                  <strong>{target.name}</strong>
                </Text>
                <EnvironmentBadge environment={target.environment} />
              </span>
              <Text slot="description" className="small muted">
                {target.kind} · <span className="mono">{target.host}</span>
                {target.description === '' ? '' : ` · ${target.description}`}
              </Text>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** What is matched against, and shown in the field after the choice: the name is in front. */
function searchText(target: TargetSummary): string {
  return `${target.name} (${target.environment}, ${target.kind}, ${target.host})`;
}
