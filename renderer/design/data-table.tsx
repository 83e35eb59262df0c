import type { ReactNode } from 'react';
import './data-table.css';

export interface DataTableProps {
  readonly label: string;
  readonly head: readonly string[];
  /** each with a cell for each head; the first one names its row */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** indexes of columns of numbers */
  readonly numeric?: readonly number[];
}

/** A table that scrolls in its own place where it is wider than that, by keyboard too. */
export function DataTable({ label, head, rows, numeric = [] }: DataTableProps) {
  const kind = (index: number) => (numeric.includes(index) ? 'number' : undefined);
  return (
    <div className="data-table-place" tabIndex={0} role="region" aria-label={label}>
      <table className="data-table">
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name} scope="col" data-kind={kind(index)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={head[index]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head[index]} data-kind={kind(index)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
