/** What runs are compared by: what is known of a run without its steps, its settings, its rows. Pure. */
import type { EventNumber } from './events.ts';
import type { RunBrief } from './panel-runs.ts';
import type { RunSetting } from './run-settings.ts';

export interface RunFacts extends RunBrief {
  readonly settings: readonly RunSetting[];
  /** `tensorflow cpu, 1 thread`. */
  readonly engine: string;
  /** Seconds from the command to its end; undefined where it has not ended. */
  readonly seconds: number | undefined;
  /** Rows of each part; undefined where the folder does not say. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number } | undefined;
  /** Which way each metric is better, by its bare name. */
  readonly directions: Readonly<Record<string, 'min' | 'max'>>;
  /** Why it ended, where that is not plain. */
  readonly reason: string | undefined;
}

export interface SettingChange {
  readonly name: string;
  /** Undefined: it has no such setting. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The settings that differ between two runs, in the order of the later one. */
export function changedSettings(from: readonly RunSetting[], to: readonly RunSetting[]): readonly SettingChange[] {
  const before = valuesOf(from);
  const after = valuesOf(to);
  const names = [...new Set([...after.keys(), ...before.keys()])];
  return withoutConsequences(
    names
      .map((name) => ({ name, from: before.get(name), to: after.get(name) }))
      .filter((change) => change.from !== change.to),
  );
}

/** Another optimizer has other settings of its own: that it is another one says it all. */
function withoutConsequences(changes: readonly SettingChange[]): readonly SettingChange[] {
  const parts = ['optimizer', 'model', 'data'].filter((part) => changes.some((change) => change.name === part));
  return changes.filter(
    ({ name, from, to }) =>
      (from !== undefined && to !== undefined) || !parts.some((part) => name.startsWith(`${part}.`)),
  );
}

/** By name. */
export function valuesOf(settings: readonly RunSetting[]): ReadonlyMap<string, string> {
  return new Map(settings.map(({ name, value }) => [name, value]));
}

/** Which way a metric is better, `validation.` or not; an unknown one is better when it falls, as a loss is. */
export function directionOf(run: Pick<RunFacts, 'directions'>, metric: string): 'min' | 'max' {
  return run.directions[metric.replace(/^validation\./, '')] ?? 'min';
}

/** The value of a metric at the end of the run (or so far). */
export function lastValue(run: RunBrief, metric: string): EventNumber | undefined {
  return Object.hasOwn(run.metrics, metric) ? run.metrics[metric] : undefined;
}
