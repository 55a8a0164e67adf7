/** What each tile says: its value, what is said of it below, and its line. */
import { numberOf, type RunState } from '../../protocol/index.ts';
import { isShare, machineOf } from '../charts/chart-list.ts';
import { type Ghost, gapOf } from '../ghost.ts';
import type { PanelStore } from '../store.ts';
import { metricWord } from '../text/metric-word.ts';
import { count, gibibytes, metricText, number, percentNumber, rate, setting } from '../text/numbers.ts';
import { t } from '../text/translate.ts';
import type { SparkRole } from './spark.tsx';

export interface TileInfo {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  /** Below the value. */
  readonly note: string;
  readonly tone: 'good' | 'bad' | 'calm';
  readonly spark: readonly number[];
  readonly role: SparkRole;
}

/** Validation where there is one, else training. */
export function metricTile(run: RunState, name: string, direction: 'min' | 'max', ghost: Ghost | undefined): TileInfo {
  const validated = run.epochs.some((epoch) => epoch.validation?.[name] !== undefined);
  const values = run.epochs
    .flatMap((epoch) => (validated ? epoch.validation?.[name] : epoch.train[name]) ?? [])
    .map(numberOf);
  const share = isShare(run, name);
  const now = values.at(-1);
  return {
    key: `metric-${name}`,
    label: validated ? t('validation {0}', metricWord(name)) : t('training {0}', metricWord(name)),
    value: share && now !== undefined ? percentNumber(now) : number(now, 3),
    unit: share && now !== undefined ? '%' : '',
    ...(ghostDifference(run, name, direction, share, ghost) ?? difference(values, share, direction)),
    spark: values.slice(-60),
    role: validated ? 'validation' : 'train',
  };
}

/** How far the run is from the one behind it, at the step of its last check. */
function ghostDifference(
  run: RunState,
  metric: string,
  direction: 'min' | 'max',
  share: boolean,
  ghost: Ghost | undefined,
): Pick<TileInfo, 'note' | 'tone'> | undefined {
  const gap = ghost && gapOf(run, metric, ghost);
  if (ghost === undefined || gap === undefined || !Number.isFinite(gap)) return undefined;
  if (gap === 0) return { note: t('= #{0}', ghost.run.number), tone: 'calm' };
  const size = share ? percentNumber(Math.abs(gap)) : number(Math.abs(gap), 2);
  return {
    note: `${gap > 0 ? '▲' : '▼'} ${t('{0} vs #{1}', size, ghost.run.number)}`,
    tone: gap > 0 === (direction === 'max') ? 'good' : 'calm',
  };
}

function difference(
  values: readonly number[],
  share: boolean,
  direction: 'min' | 'max',
): Pick<TileInfo, 'note' | 'tone'> {
  const now = values.at(-1);
  const before = values.at(-2);
  if (now !== undefined && !Number.isFinite(now)) return { note: '', tone: 'bad' };
  if (now === undefined || before === undefined || now === before) return { note: '', tone: 'calm' };
  const up = now > before;
  const size = Math.abs(now - before);
  const text = share ? percentNumber(size) : number(size, 3);
  return {
    note: `${up ? '▲' : '▼'} ${text}`,
    tone: up === (direction === 'max') ? 'good' : 'calm',
  };
}

/** Before the first epoch is over: the metric over the steps so far. */
export function soFarTile(store: PanelStore, name: string, smoothing: number): TileInfo {
  const spark = sparkView(store, `train.${name}`, smoothing);
  const now = spark.at(-1);
  const share = isShare(store.run.value, name);
  return {
    key: `metric-${name}`,
    label: t('training {0}', metricWord(name)),
    value: share && now !== undefined ? percentNumber(now) : number(now, 3),
    unit: share && now !== undefined ? '%' : '',
    note: now === undefined ? '' : t('smoothed {0}', smoothing.toFixed(2)),
    tone: 'calm',
    spark,
    role: 'train',
  };
}

export function trainingLoss(store: PanelStore, smoothing: number): TileInfo {
  const latest = store.progress.value.latest['train.loss'];
  const view = sparkView(store, 'train.loss', smoothing);
  const broken = latest !== undefined && !Number.isFinite(numberOf(latest));
  return {
    key: 'train-loss',
    label: t('training loss'),
    value: broken ? metricText(latest, false) : number(view.at(-1) ?? latest, 3),
    unit: '',
    note: broken ? '' : t('smoothed {0}', smoothing.toFixed(2)),
    tone: broken ? 'bad' : 'calm',
    spark: view,
    role: 'train',
  };
}

export function throughput(store: PanelStore): TileInfo {
  const { stepMs } = store.progress.value;
  const compute = sparkView(store, 'ms.compute', undefined);
  return {
    key: 'throughput',
    label: t('throughput'),
    value: stepMs === undefined || stepMs === 0 ? '–' : rate(1000 / stepMs),
    unit: t('steps/s'),
    note: stepMs === undefined ? '' : t('{0} ms a step', number(stepMs, 3)),
    tone: 'calm',
    spark: compute.map((ms) => 1000 / Math.max(ms, 1e-3)),
    role: 'value',
  };
}

export function gradient(store: PanelStore): TileInfo {
  const latest = store.progress.value.latest.gradientNorm;
  return {
    key: 'gradient',
    label: t('gradient norm'),
    value: number(latest, 3),
    unit: '',
    note: '',
    tone: latest !== undefined && !Number.isFinite(numberOf(latest)) ? 'bad' : 'calm',
    spark: sparkView(store, 'gradientNorm', undefined),
    role: 'value',
  };
}

export function rateTile(store: PanelStore): TileInfo {
  return {
    key: 'rate',
    label: t('learning rate'),
    value: setting(store.progress.value.latest.lr),
    unit: '',
    note: '',
    tone: 'calm',
    spark: sparkView(store, 'lr', undefined),
    role: 'value',
  };
}

/** The GPU where the run trains on one, else the processors: load, and the memory that is taken. */
export function machineTile(store: PanelStore): TileInfo | undefined {
  const { latest } = store.progress.value;
  const machine = machineOf({ has: (name) => latest[name] !== undefined });
  if (machine === undefined) return undefined;
  const [load, memory, total] = machine.columns;
  const bytes = (name: string) => gibibytes(numberOf(latest[name] ?? 0)).replace(' GiB', '');
  return {
    key: 'machine',
    label: t(machine.title),
    value: count(numberOf(latest[load] ?? 0) * 100),
    unit: '%',
    note: t('{0} of {1} GiB', bytes(memory), bytes(total)),
    tone: 'calm',
    spark: sparkView(store, load, undefined),
    role: 'load',
  };
}

/** A few dozen points of the whole run. */
function sparkView(store: PanelStore, name: string, weight: number | undefined): number[] {
  const view = store.points(`spark-${name}`, {
    raw: weight === undefined ? [name] : [],
    smooth: weight === undefined ? [] : [name],
    weight: weight ?? 0,
    axis: 'step',
    from: 0,
    to: Number.MAX_SAFE_INTEGER,
    buckets: 32,
  });
  const values = weight === undefined ? view?.raw[0] : view?.smooth[0];
  return values === undefined ? [] : Array.from(values);
}
