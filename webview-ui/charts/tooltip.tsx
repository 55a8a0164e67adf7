/** What a chart's lines say at the cursor: step, epoch, time, and the value of each line. */
import type { ReadonlySignal } from '@preact/signals';
import { useHost } from '../context.ts';
import { count, elapsedText, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import { nearest } from './keys.ts';
import { nameOf, validationAt, valueAt } from './legend.tsx';
import type { Plot } from './plot.ts';
import { type ChartData, type ChartLine, unitOf } from './points.ts';

interface TooltipProps {
  readonly chart: ChartInfo;
  readonly data: ReadonlySignal<ChartData | undefined>;
  readonly plot: { readonly current: Plot | undefined };
  readonly format: (value: number | undefined) => string;
}

const GAP = 14;

/** Shown beside the cursor of the chart that has it. */
export function Tooltip({ chart, data, plot, format }: TooltipProps) {
  const { store } = useHost();
  const cursor = store.cursor.value;
  const shown = data.value;
  if (cursor?.chart !== chart.id || shown === undefined || shown.x.length === 0) return null;
  const index = nearest(shown.x, cursor.x);
  const step = shown.steps[index] ?? 0;
  const left = plot.current?.leftOf(cursor.x) ?? 0;
  const right = cursor.x > (shown.xRange[0] + shown.xRange[1]) / 2;
  return (
    <div
      class={right ? 'tooltip before' : 'tooltip'}
      role={cursor.spoken ? 'status' : 'tooltip'}
      style={{ left: `${left + (right ? -GAP : GAP)}px` }}
    >
      <p>
        {t('Step {0}', count(step))} · {t('epoch {0}', number(step / unitOf(store.run.value), 3))} ·{' '}
        {elapsedText(shown.elapsed[index] ?? 0)}
      </p>
      <table>
        <tbody>
          {shown.lines.filter(isMain).map((line) => (
            <tr key={line.role}>
              <th scope="row">
                <i class={`dot ${line.role}`} aria-hidden="true" />
                {t(line.role === 'value' ? chart.title : nameOf(line.role))}
              </th>
              <td>{format(valueAt(shown, line, cursor.x))}</td>
              <td class="note">{noteOf(shown, line, cursor.x, format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isMain(line: ChartLine): boolean {
  return line.role !== 'raw' && line.role !== 'band';
}

/** Beside a smoothed value the one as measured; beside validation, which is measured now and then, its step. */
function noteOf(data: ChartData, line: ChartLine, x: number, format: TooltipProps['format']): string {
  if (line.role === 'validation') {
    const point = validationAt(data, x);
    return point === undefined ? '' : `@${count(point.step)}`;
  }
  const raw = data.lines.find((other) => other.role === 'raw');
  return line.role === 'train' && raw !== undefined ? t('raw {0}', format(valueAt(data, raw, x))) : '';
}
