import type { ReactNode } from 'react';
import type { DataTableProps } from '../data-table.tsx';
import { DataTable } from '../data-table.tsx';
import './plots.css';
import { t } from '../../texts/t.ts';

export type SeriesTone = 'accent' | 'danger' | 'quiet' | 'mask' | 'warn' | 'info';

interface FigureProps {
  readonly title: string;
  /** what it comes to, in a sentence */
  readonly note?: ReactNode;
  readonly legend?: readonly { readonly name: string; readonly tone: SeriesTone }[];
  /** the same as a table, for whoever does not see the drawing */
  readonly table: DataTableProps;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A drawing with its title, its legend, and the table that says the same. */
export function Figure({ title, note, legend = [], table, isWide = false, children }: FigureProps) {
  return (
    <figure className="plot-figure" data-wide={isWide}>
      <figcaption>
        <h2>{title}</h2>
        {note !== undefined && <p className="small muted">{note}</p>}
      </figcaption>
      {legend.length > 0 && (
        <ul className="plot-legend small" aria-hidden>
          {legend.map(({ name, tone }) => (
            <li key={name}>
              <span className="plot-swatch" data-tone={tone} />
              {name}
            </li>
          ))}
        </ul>
      )}
      {children}
      <details>
        <summary className="small">{t.common.asTable}</summary>
        <DataTable {...table} />
      </details>
    </figure>
  );
}
