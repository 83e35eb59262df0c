import type { CSSProperties } from 'react';
import { useId, useMemo } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import type { MaskCounts } from '../../contract/redaction.ts';
import { positionText } from '../app/duration-words.ts';
import { countedEntities, entityName } from '../app/entity-words.ts';
import { useStore } from '../app/store.ts';
import { heights } from './density.ts';
import type { Lane, MarkGroup } from './marks.ts';
import { laneOf } from './marks.ts';
import type { PlayerParts } from './use-player.ts';
import type { ShownTip } from './use-timeline-tip.ts';
import { useTimelineTip } from './use-timeline-tip.ts';
import { useLatestSeek, useReplayFact } from './use-player.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface TimelineProps {
  readonly parts: PlayerParts;
  readonly durationMs: number;
  readonly groups: readonly MarkGroup[];
  readonly masked: MaskCounts;
  /** moments of the search's hits */
  readonly hits: readonly { readonly atMs: number }[];
}

/** What stands on the timeline: a moment in a lane. */
interface Stroke {
  readonly atMs: number;
  readonly lane: Lane;
}

const LANES: readonly Lane[] = [
  'hit',
  'personal',
  'secret',
  'command',
  'alert',
  'access',
  'note',
  'comment',
  'gap',
];
const WIDTH = 1000;
const LANE_HEIGHT = 8;

/** The recording from begin to end: where much was written, where data was masked, what happened; and the handle to go anywhere. */
export function Timeline({ parts, durationMs, groups, masked, hits }: TimelineProps) {
  const { scheduler } = parts;
  const positionMs = useReplayFact(scheduler, state => Math.floor(state.positionMs / 50) * 50);
  const seek = useLatestSeek(scheduler);
  const strokes = useMemo<readonly Stroke[]>(
    () => [
      ...groups.map(group => ({ atMs: group.atMs, lane: laneOf(group) })),
      ...hits.map(({ atMs }) => ({ atMs, lane: 'hit' as const })),
    ],
    [groups, hits],
  );
  const lanes = LANES.filter(lane => strokes.some(stroke => stroke.lane === lane));
  const most = Math.max(1, durationMs);
  const { tip, ...handlers } = useTimelineTip({ groups, durationMs: most, positionMs });
  const tipId = useId();
  return (
    <div className="timeline" {...handlers}>
      <Slider
        aria-label={t.player.position}
        minValue={0}
        maxValue={most}
        step={50}
        value={Math.min(positionMs, most)}
        onChange={value => seek(Array.isArray(value) ? (value[0] ?? 0) : value)}
      >
        <SliderTrack className="timeline-track">
          <DensityArea parts={parts} />
          <svg
            className="timeline-marks"
            viewBox={`0 0 ${WIDTH} ${Math.max(1, lanes.length) * LANE_HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden
          >
            {lanes.map((lane, row) => (
              <path
                key={lane}
                className="lane"
                data-lane={lane}
                d={pathOf(strokes, { lane, row, durationMs: most })}
              />
            ))}
          </svg>
          <SliderThumb
            className="timeline-thumb"
            aria-label={t.player.positionOf(positionText(positionMs), positionText(durationMs))}
            {...(tip === null ? {} : { 'aria-describedby': tipId })}
          />
        </SliderTrack>
      </Slider>
      {tip !== null && <Tip id={tipId} tip={tip} />}
      <p className="legend small">
        {lanes.map(lane => (
          <span key={lane} className="legend-entry" data-lane={lane}>
            {t.lanes[lane]}
          </span>
        ))}
        {countedEntities(masked).map(({ entity, count }) => (
          <span key={entity} className="muted">
            {number(count)} {entityName(entity, count)}
          </span>
        ))}
      </p>
    </div>
  );
}

function Tip({ id, tip }: { readonly id: string; readonly tip: ShownTip }) {
  const { time, lines, share } = tip;
  // custom properties: React sets them through the CSSOM, which the CSP allows
  const place = { '--tip-at': `${(100 * share).toFixed(2)}%` } as CSSProperties;
  return (
    <div id={id} role="tooltip" className="timeline-tip" style={place} data-testid="timeline-tip">
      <strong>{time}</strong>
      {lines.map((line, index) => (
        <span key={`${index}-${line}`} className="break">
          {line}
        </span>
      ))}
    </div>
  );
}

function DensityArea({ parts }: { readonly parts: PlayerParts }) {
  const tops = heights(useStore(parts.density));
  const points = tops.map((height, index) => `${index},${(1 - height).toFixed(3)}`).join(' ');
  return (
    <svg
      className="timeline-density"
      viewBox={`0 0 ${tops.length - 1} 1`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <polygon points={`0,1 ${points} ${tops.length - 1},1`} />
    </svg>
  );
}

/** One path for a lane, with one stroke per place: thousands of marks stay a few hundred strokes. */
function pathOf(
  strokes: readonly Stroke[],
  { lane, row, durationMs }: { readonly lane: Lane; readonly row: number; readonly durationMs: number },
): string {
  const places = new Set<number>();
  for (const stroke of strokes) {
    if (stroke.lane === lane) places.add(Math.round((stroke.atMs / durationMs) * WIDTH));
  }
  const top = row * LANE_HEIGHT + 1;
  return [...places].map(x => `M${Math.min(WIDTH - 1, Math.max(1, x))} ${top}v${LANE_HEIGHT - 2}`).join('');
}
