import type { Marker, RecordedEvent, TimelineMark } from '../../contract/recording.ts';
import { assertNever } from '../../core/assert-never.ts';

/** The mark that an event leaves on the timeline: one for a marker, none for anything else. */
export function markOf(event: RecordedEvent): TimelineMark[] {
  if (event.kind !== 'marker') return [];
  const { atMs, marker } = event;
  if (marker.kind === 'command') {
    const { exitCode, language = 'shell', tookMs = null } = marker;
    return [{ atMs, kind: 'command', command: { language, exitCode, tookMs }, text: marker.text }];
  }
  if (marker.kind !== 'mask') return [{ atMs, kind: marker.kind, text: textOf(marker) }];
  const { entity, rule, action, score, evidence } = marker.mask;
  const why = { rule, action, score, ...(evidence === undefined ? {} : { evidence }) };
  return [{ atMs, kind: 'mask', entity, why, text: textOf(marker) }];
}

/** What a reviewer reads of a marker: kinds and counts, never a value. */
function textOf(marker: Marker): string {
  switch (marker.kind) {
    case 'mask':
      return `masked ${marker.mask.entity} (${marker.mask.rule})${marker.mask.token === undefined ? '' : ` as ${marker.mask.token}`}`;
    case 'command':
    case 'alert':
    case 'access':
    case 'note':
      return marker.text;
    default:
      return assertNever(marker);
  }
}
