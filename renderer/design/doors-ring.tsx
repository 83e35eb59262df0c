import type { Urgency } from '../session/countdown.ts';

interface DoorsRingProps {
  /** 0..1 */
  readonly fraction: number;
  readonly urgency: Urgency;
  readonly sizePx?: number;
}

const RADIUS = 10;
const HALF = Math.PI * RADIUS;

/** Time left as two door leaves: two half circles that open from the top as time runs out. Decoration: the number stands beside it. */
export function DoorsRing({ fraction, urgency, sizePx = 36 }: DoorsRingProps) {
  const dash = `${(HALF * fraction).toFixed(2)} ${(HALF * 2).toFixed(2)}`;
  return (
    <svg
      className="ring"
      data-urgency={urgency}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 24 24"
      aria-hidden
    >
      <g fill="none" strokeWidth="2.6" strokeLinecap="butt">
        <path className="ground" d="M11.4 22A10 10 0 0 1 11.4 2" />
        <path className="ground" d="M12.6 22A10 10 0 0 0 12.6 2" />
        <path className="left" d="M11.4 22A10 10 0 0 1 11.4 2" strokeDasharray={dash} />
        <path className="left" d="M12.6 22A10 10 0 0 0 12.6 2" strokeDasharray={dash} />
      </g>
    </svg>
  );
}
