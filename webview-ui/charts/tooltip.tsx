/** What a chart's lines say at the cursor: step, epoch, time, and the value of each line. */
import type { ReadonlySignal } from '@preact/signals';
import { useHost } from '../context.ts';
import type { Cursor } from '../store.ts';
import { count, elapsedText, number } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import { nearest } from './keys.ts';
import { type Format, legendLines, lineName, measuredAt, valueAt } from './legend.tsx';
import type { Plot } from './plot.ts';
import { type ChartData, type ChartLine, unitOf } from './points.ts';

interface TooltipProps {
  readonly chart: ChartInfo;
  readonly data: ReadonlySignal<ChartData | undefined>;
  readonly plot: { readonly current: Plot | undefined };
  readonly format: Format;
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
      role="tooltip"
      style={{ left: `${left + (right ? -GAP : GAP)}px` }}
    >
      <p>
        {t('Step {0}', count(step))} · {t('epoch {0}', number(step / unitOf(store.run.value), 3))} ·{' '}
        {elapsedText(shown.elapsed[index] ?? 0)}
      </p>
      <table>
        <tbody>
          {inOrder(shown, cursor).map((line) => (
            <tr key={line.role}>
              <th scope="row">
                <i class={`dot ${line.role}`} aria-hidden="true" />
                {line.role === 'value' ? t(chart.title) : lineName(line)}
              </th>
              <td>{format(valueAt(shown, line, cursor.x), line.role)}</td>
              <td class="note">{noteOf(shown, line, cursor.x, format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The line nearest to the pointer first, or the one that was chosen by keyboard. */
function inOrder(data: ChartData, { x, y, line: chosen }: Cursor): ChartLine[] {
  const lines = [...legendLines(data)];
  if (chosen !== undefined) {
    const first = chosen % Math.max(1, lines.length);
    return [...lines.slice(first), ...lines.slice(0, first)];
  }
  if (y === undefined) return lines;
  const away = (line: ChartLine) => Math.abs((valueAt(data, line, x) ?? Number.POSITIVE_INFINITY) - y);
  return lines.sort((a, b) => away(a) - away(b));
}

/** "Step 1,640: validation 0.0696, train 0.0561." */
export function cursorSentence(data: ChartData, cursor: Cursor, format: Format): string {
  const step = data.steps[nearest(data.x, cursor.x)] ?? 0;
  const values = inOrder(data, cursor).map(
    (line) => `${lineName(line)} ${format(valueAt(data, line, cursor.x), line.role)}`,
  );
  return `${t('Step {0}', count(step))}: ${values.join(', ')}.`;
}

/** Beside a smoothed value the one as measured; beside validation, which is measured now and then, its step. */
function noteOf(data: ChartData, line: ChartLine, x: number, format: TooltipProps['format']): string {
  if (line.role === 'validation' || line.role === 'ghost') {
    const point = measuredAt(data, line.role === 'ghost' ? (data.ghost ?? []) : data.validation, x);
    return point === undefined ? '' : `@${count(point.step)}`;
  }
  const raw = data.lines.find((other) => other.role === 'raw');
  return line.role === 'train' && raw !== undefined ? t('raw {0}', format(valueAt(data, raw, x))) : '';
}
