import { positionText } from '../app/duration-words.ts';
import { entityName } from '../app/entity-words.ts';
import type { MarkGroup } from './marks.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

export interface TimelineTip {
  /** `1:02` */
  readonly time: string;
  /** what stands there, most important first */
  readonly lines: readonly string[];
}

/** More lines than these cover the replay. */
const MAX_LINES = 5;
const MAX_LINE_CHARS = 80;
const ORDER: readonly MarkGroup['kind'][] = ['gap', 'alert', 'mask', 'comment', 'command', 'access', 'note'];

/** What stands within so many milliseconds of a moment: masks by type, commands, alerts, comments, gaps. */
export function tipAt(groups: readonly MarkGroup[], atMs: number, withinMs: number): TimelineTip {
  const near = groups.filter(group => Math.abs(group.atMs - atMs) <= withinMs);
  const lines = ORDER.flatMap(kind => {
    const ofKind = near.filter(group => group.kind === kind);
    return kind === 'mask' ? maskLines(ofKind) : ofKind.map(group => t.markTips[kind](oneLine(group.text)));
  });
  const left = lines.length - MAX_LINES;
  const shown = left > 0 ? [...lines.slice(0, MAX_LINES), t.player.andMore(number(left))] : lines;
  return { time: positionText(atMs), lines: shown };
}

function maskLines(masks: readonly MarkGroup[]): string[] {
  const counts = new Map<NonNullable<MarkGroup['entity']>, number>();
  for (const { entity, count } of masks)
    if (entity !== null) counts.set(entity, (counts.get(entity) ?? 0) + count);
  return [...counts].map(([entity, count]) => t.player.maskedTip(number(count), entityName(entity, count)));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_LINE_CHARS ? `${line.slice(0, MAX_LINE_CHARS)}…` : line;
}
