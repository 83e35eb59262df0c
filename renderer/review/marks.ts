import type { TimelineMark } from '../../contract/recording.ts';
import type { Entity } from '../../contract/redaction.ts';
import { entityName, isSecret } from '../app/entity-words.ts';
import { number } from '../texts/format.ts';
import { reasonWords } from '../app/reason-words.ts';

/** Marks that stand close together in time and are of one kind: one line in the list, one stroke on the timeline. */
export interface MarkGroup {
  readonly atMs: number;
  readonly kind: TimelineMark['kind'] | 'comment';
  readonly entity: Entity | null;
  readonly count: number;
  readonly text: string;
  /** of masks: what they were found by, the first few different ones in words */
  readonly reasons: readonly string[];
}

/** A command or statement with what is known of its end: a chapter of the recording. */
export interface Chapter {
  readonly atMs: number;
  readonly text: string;
  readonly language: 'shell' | 'sql';
  /** null where the shell did not tell it, or it still runs */
  readonly exitCode: number | null;
  readonly tookMs: number | null;
}

/** The shell tells of a command twice, when it begins and when it is over: that is one chapter. @param marks by time */
export function chaptersOf(marks: readonly TimelineMark[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const { atMs, text, command } of marks) {
    if (command === undefined) continue;
    const { language, exitCode, tookMs } = command;
    const begun = tookMs === null ? -1 : chapters.findLastIndex(chapter => chapter.text === text);
    const chapter = chapters[begun];
    if (chapter?.tookMs === null) chapters[begun] = { ...chapter, exitCode, tookMs };
    else chapters.push({ atMs: atMs - (tookMs ?? 0), text, language, exitCode, tookMs });
  }
  return chapters;
}

export type Lane =
  | 'hit'
  | 'personal'
  | 'secret'
  | 'command'
  | 'alert'
  | 'access'
  | 'note'
  | 'gap'
  | 'comment';

/** A table of a thousand rows is one moment, not a thousand. */
const SAME_MOMENT_MS = 1_000;
const MAX_REASONS = 3;

/** @param marks by time */
export function groupMarks(marks: readonly TimelineMark[]): MarkGroup[] {
  const groups: MarkGroup[] = [];
  const open = new Map<string, number>();
  for (const mark of marks) {
    // the end of a command is told with its begin
    if (mark.command !== undefined && mark.command.tookMs !== null) continue;
    const entity = mark.entity ?? null;
    const key = `${mark.kind} ${entity ?? ''}`;
    const index = mark.kind === 'mask' ? open.get(key) : undefined;
    const group = index === undefined ? undefined : groups[index];
    if (index !== undefined && group !== undefined && mark.atMs - group.atMs < SAME_MOMENT_MS) {
      groups[index] = { ...group, count: group.count + 1, reasons: withReason(group.reasons, mark) };
      continue;
    }
    open.set(key, groups.length);
    groups.push({
      atMs: mark.atMs,
      kind: mark.kind,
      entity,
      count: 1,
      text: mark.text,
      reasons: withReason([], mark),
    });
  }
  return groups;
}

function withReason(reasons: readonly string[], mark: TimelineMark): readonly string[] {
  const words = mark.why === undefined ? null : reasonWords(mark.why);
  return words === null || reasons.includes(words) || reasons.length >= MAX_REASONS
    ? reasons
    : [...reasons, words];
}

/** `12 e-mail addresses`, or the text of the mark. */
export function groupWords(group: MarkGroup): string {
  return group.entity === null
    ? group.text
    : `${number(group.count)} ${entityName(group.entity, group.count)}`;
}

export function laneOf(group: Pick<MarkGroup, 'kind' | 'entity'>): Lane {
  if (group.kind !== 'mask') return group.kind;
  return group.entity !== null && isSecret(group.entity) ? 'secret' : 'personal';
}

/** A jump back from just after a mark means the one before it. */
const AT_MARK_MS = 750;

export function nextMark<M extends { readonly atMs: number }>(
  groups: readonly M[],
  positionMs: number,
): M | null {
  return groups.find(group => group.atMs > positionMs + 1) ?? null;
}

export function previousMark<M extends { readonly atMs: number }>(
  groups: readonly M[],
  positionMs: number,
): M | null {
  const last = groups.findLast(group => group.atMs <= positionMs);
  if (last === undefined || positionMs - last.atMs > AT_MARK_MS) return last ?? null;
  return groups.findLast(group => group.atMs < last.atMs) ?? null;
}

/** The group whose moment the position has reached last, to be shown as current; null before the first. */
export function currentMark(groups: readonly { readonly atMs: number }[], positionMs: number): number | null {
  const index = groups.findLastIndex(group => group.atMs <= positionMs);
  return index < 0 ? null : index;
}
