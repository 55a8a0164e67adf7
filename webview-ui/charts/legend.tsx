/** Title of a chart and its lines, each with its value at the cursor or its last one. */
import type { ReadonlySignal } from '@preact/signals';
import { numberOf } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import { nearest } from './keys.ts';
import type { ChartData, ChartLine, ValidationPoint } from './points.ts';

interface LegendProps {
  readonly chart: ChartInfo;
  readonly data: ReadonlySignal<ChartData | undefined>;
  readonly format: (value: number | undefined) => string;
}

/** The first row of a chart's card. */
export function Legend({ chart, data, format }: LegendProps) {
  const { store } = useHost();
  const cursor = store.cursor.value;
  /** A line ends at its last number; what came after it may be none. */
  const brokenNow = (line: ChartLine, x: number | undefined): number | undefined => {
    const latest = store.progress.value.latest[chart.columns[0] ?? ''];
    if (x !== undefined || line.role === 'validation' || latest === undefined) return undefined;
    return Number.isFinite(numberOf(latest)) ? undefined : numberOf(latest);
  };
  const shown = data.value;
  return (
    <header class="legend">
      <h2>{t(chart.title)}</h2>
      {(shown?.lines ?? [])
        .filter((line) => line.role !== 'raw' && line.role !== 'band')
        .map((line) => (
          <span key={line.role} class={`entry ${line.role}`}>
            <i aria-hidden="true" />
            {line.role === 'value' ? '' : `${t(nameOf(line.role))} `}
            <b>{format(brokenNow(line, cursor?.x) ?? valueAt(shown, line, cursor?.x))}</b>
            {chart.kind === 'throughput' ? ` ${t('steps/s')}` : ''}
          </span>
        ))}
    </header>
  );
}

/** `train`, `validation`. */
export function nameOf(role: ChartLine['role']): string {
  switch (role) {
    case 'raw':
      return 'raw';
    case 'train':
      return 'train';
    case 'validation':
      return 'validation';
    case 'band':
    case 'value':
      return 'value';
    default:
      return assertNever(role);
  }
}

/** The value of a line at `x`, else the last one before it; without `x` the line's last value. */
export function valueAt(data: ChartData | undefined, line: ChartLine, x: number | undefined): number | undefined {
  if (data === undefined) return undefined;
  if (line.role === 'validation') return validationAt(data, x)?.value;
  let index = x === undefined ? line.values.length - 1 : nearest(data.x, x);
  while (index >= 0 && typeof line.values[index] !== 'number') index -= 1;
  return line.values[index] ?? undefined;
}

/** The last measured value up to `x`; without `x` the last of all. */
export function validationAt(data: ChartData, x: number | undefined): ValidationPoint | undefined {
  if (x === undefined) return data.validation.at(-1);
  const step = data.steps[nearest(data.x, x)] ?? 0;
  // Drawn points are up to half a pixel away from their step.
  const slack = ((data.steps.at(-1) ?? 0) - (data.steps[0] ?? 0)) / 400;
  return data.validation.filter((point) => point.step <= step + slack).at(-1);
}

function assertNever(value: never): never {
  throw new Error(`Unknown line: ${JSON.stringify(value)}`);
}
