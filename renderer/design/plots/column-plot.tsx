import { useId } from 'react';
import type { SeriesTone } from './figure.tsx';
import { axisTicks, labelledIndexes } from './ticks.ts';
import { number } from '../../texts/format.ts';

export interface Column {
  /** under the column, where there is room */
  readonly label: string;
  /** from the bottom up, one for each series */
  readonly values: readonly number[];
}

interface ColumnPlotProps {
  /** the whole drawing in a sentence */
  readonly description: string;
  readonly columns: readonly Column[];
  readonly series: readonly { readonly name: string; readonly tone: SeriesTone }[];
  readonly mostLabels?: number;
}

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 40;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 24;
const WIDEST_COLUMN = 48;
const COLUMN_SHARE = 0.72;

/** Counts as stacked columns. It is as wide as its place; the labels keep their size down to a phone’s width. */
export function ColumnPlot({ description, columns, series, mostLabels = 7 }: ColumnPlotProps) {
  const hatch = useId();
  const totals = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const ticks = axisTicks(Math.max(0, ...totals));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const slot = (WIDTH - LEFT - RIGHT) / Math.max(1, columns.length);
  const width = Math.min(WIDEST_COLUMN, slot * COLUMN_SHARE);
  const middle = (index: number) => LEFT + slot * (index + 0.5);
  return (
    <svg className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={description}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="hatch-ground" width="5" height="5" />
          <rect className="hatch-line" width="2.2" height="5" />
        </pattern>
      </defs>
      {ticks.map(tick => (
        <g key={tick}>
          <line className="plot-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className="plot-label" x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {number(tick)}
          </text>
        </g>
      ))}
      {columns.map(({ label, values }, index) => (
        <g key={label}>
          {values.map((value, nth) => {
            const below = values.slice(0, nth).reduce((sum, each) => sum + each, 0);
            const tone = series[nth]?.tone ?? 'accent';
            return value === 0 ? null : (
              <rect
                key={series[nth]?.name ?? nth}
                className="plot-mark"
                data-tone={tone}
                x={middle(index) - width / 2}
                y={y(below + value)}
                width={width}
                height={Math.max(1, y(below) - y(below + value) - 0.8)}
                {...(tone === 'danger' ? { fill: `url(#${hatch})` } : {})}
              />
            );
          })}
        </g>
      ))}
      {labelledIndexes(columns.length, mostLabels).map(index => (
        <text key={index} className="plot-label" x={middle(index)} y={HEIGHT - 7} textAnchor="middle">
          {columns[index]?.label}
        </text>
      ))}
    </svg>
  );
}
