import { axisTicks } from './ticks.ts';
import { number } from '../../texts/format.ts';

interface DotPlotProps {
  readonly description: string;
  /** left to right in their order; `value` in `unit` */
  readonly dots: readonly { readonly key: string; readonly value: number }[];
  readonly unit: string;
  /** a value that should not be passed */
  readonly limit: { readonly value: number; readonly name: string };
}

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 62;
const RIGHT = 8;
const TOP = 14;
const BOTTOM = 10;

/** One dot for each measurement, and the line that none should pass. */
export function DotPlot({ description, dots, unit, limit }: DotPlotProps) {
  const ticks = axisTicks(Math.max(limit.value, ...dots.map(({ value }) => value)));
  const top = ticks.at(-1) ?? 1;
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const x = (index: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (index + 0.5)) / Math.max(1, dots.length);
  return (
    <svg className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={description}>
      {ticks.map(tick => (
        <g key={tick}>
          <line className="plot-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text className="plot-label" x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
            {number(tick)} {unit}
          </text>
        </g>
      ))}
      <line className="plot-limit" x1={LEFT} x2={WIDTH - RIGHT} y1={y(limit.value)} y2={y(limit.value)} />
      <text className="plot-label" x={WIDTH - RIGHT} y={y(limit.value) - 4} textAnchor="end">
        {limit.name}
      </text>
      {dots.map(({ key, value }, index) => (
        <circle
          key={key}
          className="plot-mark"
          data-tone={value > limit.value ? 'warn' : 'accent'}
          cx={x(index)}
          cy={y(value)}
          r={5}
        />
      ))}
    </svg>
  );
}
