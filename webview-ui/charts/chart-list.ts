/** Which charts a run has, from its start and its columns. Pure. */
import type { RunState } from '../../protocol/index.ts';

export type ChartKind = 'metric' | 'rate' | 'throughput' | 'gradient' | 'machine';

export interface ChartInfo {
  readonly id: string;
  readonly kind: ChartKind;
  /** Text key of the title. */
  readonly title: string;
  /** Columns that are read. */
  readonly columns: readonly string[];
  /** Name in `validation` of the epochs; undefined: no validation line. */
  readonly metric: string | undefined;
  readonly direction: 'min' | 'max';
  readonly wide: boolean;
}

/** Loss first, then the metrics, then how the training goes. */
export function chartsOf(run: RunState): ChartInfo[] {
  const metrics = run.started?.metrics ?? [];
  const charts = metrics.map(
    ({ name, direction }): ChartInfo => ({
      id: name,
      kind: 'metric',
      title: titleOf(name),
      columns: run.columns.values.has(`train.${name}`) || name === 'loss' ? [`train.${name}`] : [],
      metric: name,
      direction,
      wide: true,
    }),
  );
  charts.push(small('rate', 'Learning rate', ['lr']));
  charts.push(small('throughput', 'Throughput', ['ms.compute', 'ms.data']));
  const machine = machineOf(run.columns.values);
  if (machine !== undefined) charts.push(small('machine', machine.title, machine.columns));
  if (run.columns.values.has('gradientNorm')) charts.push(small('gradient', 'Gradient norm', ['gradientNorm']));
  return charts;
}

/** What is told of the machine: the GPU where the run trains on one, else the processors. Share, memory, memory there is. */
export function machineOf(names: {
  has(name: string): boolean;
}): { readonly title: string; readonly columns: readonly [string, string, string] } | undefined {
  if (names.has('machine.gpu')) {
    return { title: 'GPU', columns: ['machine.gpu', 'machine.gpuMemory', 'machine.gpuTotal'] };
  }
  return names.has('machine.cpu')
    ? { title: 'CPU', columns: ['machine.cpu', 'machine.memory', 'machine.memoryTotal'] }
    : undefined;
}

/** True where all known values of a metric are shares, to be read as percentages. */
export function isShare(run: RunState, metric: string): boolean {
  if (/^(loss|mse|mae|perplexity)\b/.test(metric)) return false;
  const direction = run.started?.metrics.find((each) => each.name === metric)?.direction;
  if (direction !== 'max') return false;
  return run.epochs.every((epoch) =>
    [epoch.train[metric], epoch.validation?.[metric]].every(
      (value) => typeof value !== 'number' || (value >= 0 && value <= 1),
    ),
  );
}

/** `loss` → `Loss`; names of several parts stay as they are written. */
export function titleOf(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

function small(kind: ChartKind, title: string, columns: readonly string[]): ChartInfo {
  return { id: kind, kind, title, columns, metric: undefined, direction: 'min', wide: false };
}
