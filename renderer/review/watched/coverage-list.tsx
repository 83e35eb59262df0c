import type { Coverage } from '../../../contract/recording-review.ts';
import { coveredShare } from '../../../core/recording/spans.ts';
import { positionText } from '../../app/duration-words.ts';
import { t } from '../../texts/t.ts';
import './coverage.css';

interface CoverageListProps {
  readonly coverage: readonly Coverage[];
  readonly durationMs: number;
  readonly ownId: string;
}

const WIDTH = 1000;

/** Who has seen how much of a recording, and which parts, as their clients reported it. */
export function CoverageList({ coverage, durationMs, ownId }: CoverageListProps) {
  if (coverage.length === 0) return <p className="small muted">{t.decisions.nobodyPlayed}</p>;
  return (
    <ul className="coverage" aria-label={t.decisions.seenBy}>
      {coverage.map(({ by, spans }) => (
        <li key={by.id}>
          <span className="break">{by.id === ownId ? t.decisions.you : by.name}</span>
          <svg
            viewBox={`0 0 ${WIDTH} 10`}
            preserveAspectRatio="none"
            role="img"
            aria-label={spans
              .map(([from, to]) => t.decisions.span(positionText(from), positionText(to)))
              .join(', ')}
          >
            {spans.map(([from, to]) => (
              <rect key={from} height={10} x={place(from, durationMs)} width={width(from, to, durationMs)} />
            ))}
          </svg>
          <span className="coverage-share">{percent(coveredShare(spans, durationMs))}</span>
        </li>
      ))}
    </ul>
  );
}

const place = (atMs: number, durationMs: number): number =>
  durationMs <= 0 ? 0 : Math.min(WIDTH, (atMs / durationMs) * WIDTH);
const width = (fromMs: number, toMs: number, durationMs: number): number =>
  durationMs <= 0 ? WIDTH : Math.max(2, place(toMs, durationMs) - place(fromMs, durationMs));

/** All of it is said only of all of it. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${rounded === 100 && share < 0.995 ? 99 : rounded} %`;
}
