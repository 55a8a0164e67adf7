/** The same chart as a table of at most a hundred rows, for screen readers and for whoever presses T. */
import type { ReadonlySignal } from '@preact/signals';
import type { RunMark } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { count } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import { nearest } from './keys.ts';
import { type Format, lineName } from './legend.tsx';
import { markText } from './marks.ts';
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
  const { store } = useHost();
  if (!shown) return <div id={id} hidden />;
  const current = data.value;
  if (current === undefined) return null;
  const marks = marksByRow(current, store.run.value.marks);
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
          {rowsOf(current, marks).map((index) => (
            <tr key={index}>
              <th scope="row">{[count(current.steps[index] ?? 0), ...(marks.get(index) ?? [])].join(' · ')}</th>
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

/** What is marked on the chart stands at the row nearest to it. */
function marksByRow(data: ChartData, marks: readonly RunMark[]): ReadonlyMap<number, readonly string[]> {
  const rows = new Map<number, string[]>();
  for (const mark of data.steps.length === 0 ? [] : marks) {
    const text = markText(mark);
    const row = nearest(data.steps, mark.step);
    if (text !== '') rows.set(row, [...(rows.get(row) ?? []), text]);
  }
  return rows;
}

/** Rows spread evenly over the drawn ones; those with a validation value or a mark are always there. */
function rowsOf(data: ChartData, marks: ReadonlyMap<number, unknown>): number[] {
  const every = Math.max(1, Math.ceil(data.x.length / MOST_ROWS));
  const measured = data.lines.filter((line) => line.role === 'validation' || line.role === 'ghost');
  return data.x.flatMap((_, index) =>
    index % every === 0 || marks.has(index) || measured.some((line) => typeof line.values[index] === 'number')
      ? [index]
      : [],
  );
}
