/** The same chart as a table of at most a hundred rows, for screen readers and for whoever presses T. */
import type { ReadonlySignal } from '@preact/signals';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { type Format, lineName } from './legend.tsx';
import type { ChartData, ChartLine } from './points.ts';

interface ChartTableProps {
  readonly id: string;
  readonly data: ReadonlySignal<ChartData | undefined>;
  readonly shown: boolean;
  readonly format: Format;
}

const MOST_ROWS = 100;

/** Filled only while it is shown: a hidden table of a growing run would cost for nothing. */
export function ChartTable({ id, data, shown, format }: ChartTableProps) {
  if (!shown) return <div id={id} hidden />;
  const current = data.value;
  if (current === undefined) return null;
  return (
    <div id={id} class="table-of-chart">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            {current.lines.filter(isRead).map((line) => (
              <th scope="col" key={line.role}>
                {lineName(line)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(current).map((index) => (
            <tr key={index}>
              <th scope="row">{count(current.steps[index] ?? 0)}</th>
              {current.lines.filter(isRead).map((line) => (
                <td key={line.role}>{format(line.values[index] ?? undefined, line.role)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A band says nothing that its middle doesn't. */
function isRead(line: ChartLine): boolean {
  return line.role !== 'band';
}

/** Rows spread evenly over the drawn ones; those with a validation value are always there. */
function rowsOf(data: ChartData): number[] {
  const every = Math.max(1, Math.ceil(data.x.length / MOST_ROWS));
  const measured = data.lines.filter((line) => line.role === 'validation' || line.role === 'ghost');
  return data.x.flatMap((_, index) =>
    index % every === 0 || measured.some((line) => typeof line.values[index] === 'number') ? [index] : [],
  );
}
