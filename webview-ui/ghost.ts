/**
 * The ghost: an earlier run drawn behind this one. It is chosen by itself, the best finished run of the same program and data,
 * or by the person who looks. The host is asked for it once for each run that is shown.
 */
import { effect, type Signal } from '@preact/signals';
import {
  type EpochEvent,
  lowerBound,
  numberOf,
  type PanelHead,
  type RunBrief,
  type RunState,
  type RunsAnswer,
} from '../protocol/index.ts';
import type { Host } from './host.ts';
import { t } from './text/translate.ts';

export interface Ghost {
  readonly run: RunBrief;
  /** `#11 best`, or `#11` for one that was chosen. */
  readonly name: string;
  readonly epochs: readonly EpochEvent[];
  readonly stepsPerEpoch: number;
  /** Where in time its steps are. */
  readonly step: Float64Array;
  readonly elapsed: Float64Array;
  readonly wall: Float64Array;
}

export interface GhostPoint {
  readonly step: number;
  readonly value: number;
}

/** Points that are enough to know when a step was. */
const BUCKETS = 400;

/** The best finished run of the same program and data as the run of that folder. */
export function bestRun(runs: readonly RunBrief[], folder: string, run: RunState): RunBrief | undefined {
  const own = runs.find((each) => each.folder === folder);
  if (own === undefined) return undefined;
  const alike = comparable(runs, own).filter((each) => each.state === 'finished' && each.best !== undefined);
  const metric = alike[0]?.best?.metric;
  const direction = run.started?.metrics.find(({ name }) => name === metricName(metric))?.direction ?? 'min';
  let best: RunBrief | undefined;
  for (const each of alike.filter(({ best: value }) => value?.metric === metric)) {
    if (best === undefined || isBetter(bestValue(each), bestValue(best), direction)) best = each;
  }
  return best;
}

/** `validation.accuracy` → `accuracy`: records tell of which part a value is. */
export function metricName(metric: string | undefined): string {
  return metric?.replace(/^(validation|train)\./, '') ?? '';
}

/** Other runs of the same declaration of the same program, on the same data. */
export function comparable(runs: readonly RunBrief[], own: RunBrief): RunBrief[] {
  return runs.filter(
    (each) =>
      each.folder !== own.folder &&
      each.file === own.file &&
      each.title === own.title &&
      each.dataHash !== '' &&
      each.dataHash === own.dataHash,
  );
}

function bestValue(run: RunBrief): number {
  return run.best === undefined ? Number.NaN : numberOf(run.best.value);
}

function isBetter(value: number, than: number, direction: 'min' | 'max'): boolean {
  if (!Number.isFinite(than)) return true;
  return direction === 'max' ? value > than : value < than;
}

/** Values of a metric in their order: of validation where there is one, else of training. */
export function ghostPoints(ghost: Ghost, metric: string): GhostPoint[] {
  const validated = ghost.epochs.some((epoch) => epoch.validation?.[metric] !== undefined);
  return ghost.epochs.flatMap((epoch) => {
    const value = validated ? epoch.validation?.[metric] : epoch.train[metric];
    return value === undefined ? [] : [{ step: epoch.step, value: numberOf(value) }];
  });
}

/** What it had at that step: the last value measured up to it. */
export function ghostValueAt(ghost: Ghost, metric: string, step: number): GhostPoint | undefined {
  const points = ghostPoints(ghost, metric);
  return points.filter((point) => point.step <= step).at(-1);
}

/** How much higher the run's last check is than the ghost at the same step; undefined where one of them has none. */
export function gapOf(run: RunState, metric: string, ghost: Ghost): number | undefined {
  const validated = run.epochs.some((epoch) => epoch.validation?.[metric] !== undefined);
  const last = run.epochs
    .filter((epoch) => (validated ? epoch.validation : epoch.train)?.[metric] !== undefined)
    .at(-1);
  const value = (validated ? last?.validation : last?.train)?.[metric];
  const behind = last && ghostValueAt(ghost, metric, last.step);
  return value === undefined || behind === undefined ? undefined : numberOf(value) - behind.value;
}

/** Seconds of a step of the ghost, between the known ones. */
export function ghostTime(ghost: Ghost, step: number, axis: 'time' | 'wall'): number {
  const times = axis === 'time' ? ghost.elapsed : ghost.wall;
  return times[Math.min(lowerBound(ghost.step, ghost.step.length, step), times.length - 1)] ?? Number.NaN;
}

/** The ghost of the host's answer. */
export function ghostOf(answer: Extract<RunsAnswer, { kind: 'read' }>, chosen: boolean): Ghost {
  const { run, events, view } = answer;
  const started = events.filter((event) => event.kind === 'started').at(-1);
  return {
    run,
    name: chosen ? `#${run.number}` : t('#{0} best', run.number),
    epochs: events.filter((event) => event.kind === 'epoch'),
    stepsPerEpoch: Math.max(1, started?.stepsPerEpoch ?? 1),
    step: view.step,
    elapsed: view.elapsed,
    wall: view.wall,
  };
}

/** Keeps `ghost` what the view asks for: looked for anew when another run is shown, has begun, or another one is chosen. */
export function followGhost(host: Host): () => void {
  const { store } = host;
  let sought = '';
  return effect(() => {
    const head = store.head.value;
    const { baseline } = store.view.value;
    const begun = store.run.value.started !== undefined;
    const key = JSON.stringify([head?.folder, begun, baseline]);
    if (head === undefined || !begun || key === sought) return;
    sought = key;
    find(host, head, baseline).then(
      (ghost) => {
        if (key === sought) put(store.ghost, ghost);
      },
      (error: unknown) => {
        host.failed('ghost', error);
        if (key === sought) put(store.ghost, undefined);
      },
    );
  });
}

function put(signal: Signal<Ghost | undefined>, ghost: Ghost | undefined): void {
  signal.value = ghost;
}

async function find(host: Host, head: PanelHead, baseline: string | undefined): Promise<Ghost | undefined> {
  if (baseline === '') return undefined;
  const list = baseline === undefined ? await host.ask('runs', { kind: 'list' }) : undefined;
  const folder =
    baseline ?? (list?.kind === 'list' ? bestRun(list.runs, head.folder, host.store.run.peek())?.folder : undefined);
  if (folder === undefined || folder === head.folder) return undefined;
  const answer = await host.ask('runs', { kind: 'read', folder, buckets: BUCKETS });
  return answer.kind === 'read' ? ghostOf(answer, baseline !== undefined) : undefined;
}
