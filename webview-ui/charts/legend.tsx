/** Title of a chart and its lines, each with its value at the cursor or its last one. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { numberOf } from '../../protocol/index.ts';
import { useHost } from '../context.ts';
import { ghostValueAt } from '../ghost.ts';
import type { PanelStore } from '../store.ts';
import { t } from '../text/translate.ts';
import type { ChartInfo } from './chart-list.ts';
import { nearest } from './keys.ts';
import type { ChartData, ChartLine, ValidationPoint } from './points.ts';

interface LegendProps {
  readonly chart: ChartInfo;
  readonly data: ReadonlySignal<ChartData | undefined>;
  readonly format: Format;
  /** What can be done with the card. */
  readonly children?: ComponentChildren;
}

/** A value as it is read, on a line of that role. */
export type Format = (value: number | undefined, role?: ChartLine['role']) => string;

/** The first row of a chart's card. */
export function Legend({ chart, data, format, children }: LegendProps) {
  const { store } = useHost();
  const cursor = store.cursor.value;
  /** A line ends at its last number; what came after it may be none. */
  const brokenNow = (line: ChartLine, x: number | undefined): number | undefined => {
    const latest = store.progress.value.latest[chart.columns[0] ?? ''];
    if (x !== undefined || line.role !== 'train' || latest === undefined) return undefined;
    return Number.isFinite(numberOf(latest)) ? undefined : numberOf(latest);
  };
  const shown = data.value;
  return (
    <header class="legend">
      <h2 draggable={children !== undefined}>{t(chart.title)}</h2>
      {legendLines(shown).map((line) => (
        <span key={line.role} class={`entry ${line.role}`}>
          <i aria-hidden="true" />
          {line.role === 'value' || chart.kind === 'machine' ? '' : `${lineName(line)} `}
          <b>{format(brokenNow(line, cursor?.x) ?? legendValue(store, chart, shown, line), line.role)}</b>
          {chart.kind === 'throughput' ? ` ${t('steps/s')}` : ''}
        </span>
      ))}
      {children}
    </header>
  );
}

/** Without a cursor the pace is the mean one, and the earlier run is told of at the step that this one has reached, as the tiles do. */
function legendValue(
  store: PanelStore,
  chart: ChartInfo,
  data: ChartData | undefined,
  line: ChartLine,
): number | undefined {
  const x = store.cursor.value?.x;
  const ghost = store.ghost.value;
  const { stepMs } = store.progress.value;
  // As the tiles say.
  if (chart.kind === 'throughput' && x === undefined && stepMs !== undefined && stepMs > 0) return 1000 / stepMs;
  if (chart.kind === 'gradient' && x === undefined) return numberOf(store.progress.value.latest.gradientNorm ?? 'NaN');
  if (line.role !== 'ghost' || x !== undefined || ghost === undefined || chart.metric === undefined) {
    return valueAt(data, line, x);
  }
  return (ghostValueAt(ghost, chart.metric, store.run.value.step) ?? data?.ghost?.at(0))?.value;
}

/** As they are told of: what is drawn first, below the others, comes last. */
export function legendLines(data: ChartData | undefined): readonly ChartLine[] {
  const lines = (data?.lines ?? []).filter((line) => line.role !== 'raw' && line.role !== 'band');
  return [...lines.filter((line) => line.role !== 'ghost'), ...lines.filter((line) => line.role === 'ghost')];
}

/** What a line is called. */
export function lineName(line: ChartLine): string {
  return line.name ?? t(nameOf(line.role));
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
    case 'ghost':
      return 'earlier run';
    case 'load':
      return 'load';
    case 'memory':
      return 'memory';
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
  if (line.role === 'validation') return measuredAt(data, data.validation, x)?.value;
  if (line.role === 'ghost') return measuredAt(data, data.ghost ?? [], x)?.value;
  let index = x === undefined ? line.values.length - 1 : nearest(data.x, x);
  while (index >= 0 && typeof line.values[index] !== 'number') index -= 1;
  return line.values[index] ?? undefined;
}

/** The last measured value up to `x`; without `x` the last of all. */
export function measuredAt(
  data: ChartData,
  points: readonly ValidationPoint[],
  x: number | undefined,
): ValidationPoint | undefined {
  if (x === undefined) return points.at(-1);
  const step = data.steps[nearest(data.x, x)] ?? 0;
  // Drawn points are up to half a pixel away from their step.
  const slack = ((data.steps.at(-1) ?? 0) - (data.steps[0] ?? 0)) / 400;
  return points.filter((point) => point.step <= step + slack).at(-1);
}

function assertNever(value: never): never {
  throw new Error(`Unknown line: ${JSON.stringify(value)}`);
}
