import type { SeriesTone } from './figure.tsx';
import './plots.css';
import { number } from '../../texts/format.ts';

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** the value in words where it is no plain count */
  readonly words?: string;
}

interface BarListProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly tone?: SeriesTone;
  /** what is said where there are none */
  readonly empty: string;
}

/** Values by name, each as a number beside its bar: the list is its own table. */
export function BarList({ label, bars, tone = 'accent', empty }: BarListProps) {
  if (bars.length === 0) return <p className="muted">{empty}</p>;
  const most = Math.max(...bars.map(({ value }) => value), 1e-9);
  return (
    <ul className="bar-list" aria-label={label}>
      {bars.map(({ name, value, words }) => (
        <li key={name}>
          <span className="bar-name break">{name}</span>
          <span className="bar-value">{words ?? number(value)}</span>
          <svg className="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden>
            <rect className="bar-ground" width="100" height="6" />
            <rect
              className="plot-mark"
              data-tone={tone}
              width={value === 0 ? 0 : Math.max(0.8, (100 * value) / most)}
              height="6"
            />
          </svg>
        </li>
      ))}
    </ul>
  );
}
