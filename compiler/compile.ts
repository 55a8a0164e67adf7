/** A plan, lowered: programs of primitives for each mode and batch size, and what an engine must know around them. */
import {
  type Catalog,
  catalog,
  FROM_FILE,
  type MetricEntry,
  type OptimizerEntry,
  type Plan,
  type PlanWeight,
  type Settings,
} from '../language/index.ts';
import { wrap } from './built.ts';
import { type Costs, costsOf } from './costs.ts';
import type { Explainer, Explanation } from './explain.ts';
import { initialValues } from './initial.ts';
import { lowerProgram } from './lower.ts';
import { initialLengths, weightOfLengths } from './normalised.ts';
import { createGraph } from './program/graph.ts';
import { multiply } from './program/ops/binary.ts';
import { finish, type Program, type ProgramInput } from './program/program.ts';
import { at } from './program/tensor.ts';
import { limitsOf, type WeightLimit } from './regularise.ts';
import { clipped, hasExceptions, settingsByWeight, updateBuilder, updateOfAll } from './update.ts';

/** `observe`: what the layers give in training, by numbers that are drawn where they are likeliest; it changes nothing. */
export type Mode = 'train' | 'evaluate' | 'predict' | 'observe';

export interface LowerOptions {
  /**
   * Who updates the weights: the program itself, or whoever runs it, from the gradients that it gives. Inside is the default.
   */
  readonly update?: 'inside' | 'outside';
  /** In the mode `observe`: with the norms of the gradients. */
  readonly norms?: boolean;
  /** With a scaled loss, for an engine that multiplies in 16 bits: updates whose gradients overflow are left out. */
  readonly mixed?: boolean;
}

/** How weights are updated, for whoever runs a program that gives gradients. */
export interface WeightUpdate {
  /**
   * Inputs `weight`, `gradient`, each state by its name, `rate`, `step`, `factor`; outputs of kind weight and state. It is about
   * single numbers, or, where the optimizer looks at whole weights, about a weight of two.
   */
  readonly program: Program;
  /** The weights that it is for; undefined: all. */
  readonly paths: readonly string[] | undefined;
}

export interface Compiled {
  readonly plan: Plan;
  readonly weights: readonly PlanWeight[];
  lower(mode: Mode, batch: number, options?: LowerOptions): Program;
  /** The optimizer's formula for the numbers of one weight; several where the settings differ from weight to weight. */
  updates(): readonly WeightUpdate[];
  /** What weights are brought back to after each update. */
  limits(): readonly WeightLimit[];
  /**
   * The update of the weights of these paths, whatever it is, from gradients that are given: inputs `gradient`, `weight`,
   * `state`, `rate`, `step`; outputs as those of a program that updates inside.
   */
  updateAll(paths: readonly string[], options?: Pick<LowerOptions, 'mixed'>): Program;
  /** What the optimizer keeps for each trainable weight. */
  readonly state: readonly { readonly name: string; readonly initial: number }[];
  /** The numbers that a weight starts with under a seed. */
  initial(weight: PlanWeight, seed: number): Float32Array;
  /** How the numbers of a metric come together over batches. */
  keeps(metric: number, mode: 'train' | 'evaluate'): 'sums' | 'rows';
  /** Rows of a metric in fewer numbers, where it can. */
  compact(metric: number, rows: readonly number[]): readonly number[];
  /** Value of a metric from the numbers of all batches of a mode. */
  finish(metric: number, numbers: readonly number[], mode: 'train' | 'evaluate'): number;
  /** Multiply-adds of one example, by layer. */
  costs(): Costs;
  /** A program that explains a trained model, and what it found in it. */
  explain(batch: number, explanation: Explanation): Explained;
}

export interface Explained extends Pick<Explainer, 'sources' | 'looks'> {
  readonly program: Program;
}

/**
 * `entries` is the catalogue that the plan's keys are looked up in. `given` are initial numbers by path of the weight, from the
 * files of networks; without them such weights start at 0, for a checkpoint to take their place.
 */
export function compile(
  plan: Plan,
  entries: Pick<Catalog, 'get'> = catalog,
  given: ReadonlyMap<string, Float32Array> = new Map(),
): Compiled {
  const optimizer = plan.train && optimizerOf(entries, plan.train.optimizer.call);
  const settings = plan.train?.optimizer.settings ?? {};
  const state = optimizer?.state(settings) ?? [];
  const initial = (weight: PlanWeight, seed: number): Float32Array => {
    const { path, shape, init } = weight;
    const whole = weightOfLengths(plan, weight);
    if (whole) return initialLengths(initial(whole, seed), whole);
    if (init.call === FROM_FILE) return given.get(path) ?? new Float32Array(shape.reduce((size, n) => size * n, 1));
    const entry = entries.get(init.call);
    if (entry?.kind !== 'initialiser') throw new Error(`The catalogue has no initialiser '${init.call}'.`);
    return initialValues(seed, path, shape, entry.draw(shape, init.settings));
  };
  return {
    plan,
    weights: plan.graph.weights,
    state,
    lower: (mode, batch, options = {}) =>
      lowerProgram({
        plan,
        entries,
        optimizer,
        mode,
        batch,
        inside: options.update !== 'outside',
        norms: options.norms === true,
        mixed: options.mixed === true,
      }),
    updates() {
      if (!optimizer) return [];
      const usual = updateProgram(optimizer, settings, plan.train, entries);
      if (!hasExceptions(settings)) return [{ program: usual, paths: undefined }];
      const settingsOf = settingsByWeight(plan);
      const [kept, left] = [[] as string[], [] as string[]];
      for (const { path } of plan.graph.weights) (settingsOf(path) === settings ? kept : left).push(path);
      const without = updateProgram(optimizer, { ...settings, decay: 0 }, plan.train, entries);
      return [
        { program: usual, paths: kept },
        { program: without, paths: left },
      ];
    },
    limits: () => limitsOf(plan),
    updateAll(paths, options = {}) {
      if (!optimizer) throw new Error('A plan that trains nothing has no update.');
      return updateOfAll({ plan, entries, optimizer }, paths, options.mixed === true);
    },
    initial,
    keeps(index, mode) {
      const metric = at(plan.metrics, index);
      return keptBy(metricOf(entries, metric.op), metric.settings, mode);
    },
    compact(index, rows) {
      const metric = at(plan.metrics, index);
      return metricOf(entries, metric.op).compact?.(rows, metric.settings) ?? rows;
    },
    finish(index, numbers, mode) {
      const metric = at(plan.metrics, index);
      const entry = metricOf(entries, metric.op);
      return entry.finish(numbers, metric.settings, keptBy(entry, metric.settings, mode));
    },
    explain(batch, explain) {
      let found: Omit<Explained, 'program'> = { sources: [], looks: [] };
      const mode = explain.kind === 'layer' ? 'observe' : 'predict';
      const program = lowerProgram({
        plan,
        entries,
        optimizer,
        mode,
        batch,
        inside: false,
        norms: false,
        mixed: false,
        explain,
        explained: ({ sources, looks }) => {
          found = { sources, looks };
        },
      });
      return { ...found, program };
    },
    costs: () =>
      costsOf(
        lowerProgram({
          plan,
          entries,
          optimizer,
          mode: 'predict',
          batch: 1,
          inside: false,
          norms: false,
          mixed: false,
        }),
      ),
  };
}

export function metricOf(entries: Pick<Catalog, 'get'>, key: string): MetricEntry {
  const entry = entries.get(key);
  if (entry?.kind !== 'metric') throw new Error(`The catalogue has no metric '${key}'.`);
  return entry;
}

function keptBy(entry: MetricEntry, settings: Settings, mode: 'train' | 'evaluate'): 'sums' | 'rows' {
  const keeps = entry.keeps?.(settings) ?? 'sums';
  if (keeps !== 'rows-of-evaluation') return keeps;
  return mode === 'evaluate' ? 'rows' : 'sums';
}

function optimizerOf(entries: Pick<Catalog, 'get'>, key: string): OptimizerEntry {
  const entry = entries.get(key);
  if (entry?.kind !== 'optimizer') throw new Error(`The catalogue has no optimizer '${key}'.`);
  return entry;
}

function updateProgram(
  optimizer: OptimizerEntry,
  settings: Settings,
  train: Plan['train'],
  entries: Pick<Catalog, 'get'>,
): Program {
  const g = createGraph();
  const number = () => g.input({ dtype: 'float32', shape: [] });
  // Sums over a weight must be told from its numbers: one that the formula looks at as a whole has two.
  const ofWeight = () => g.input({ dtype: 'float32', shape: optimizer.whole ? [2] : [] });
  const [weight, gradient, rate, step, factor] = [ofWeight(), ofWeight(), number(), number(), number()];
  const states = optimizer.state(settings).map((part) => ({ ...part, tensor: ofWeight() }));
  const inputs: ProgramInput[] = [
    { kind: 'weight', name: 'weight', tensor: weight },
    { kind: 'gradient', name: 'gradient', tensor: gradient },
    ...states.map((part) => ({ kind: 'state' as const, name: part.name, initial: part.initial, tensor: part.tensor })),
    { kind: 'rate', name: 'rate', tensor: rate },
    { kind: 'step', name: 'step', tensor: step },
    { kind: 'factor', name: 'factor', tensor: factor },
  ];
  const b = updateBuilder(g, entries);
  const updated = optimizer.update(
    b,
    {
      weight: wrap(weight, false),
      gradient: wrap(clipped(g, multiply(g, gradient, factor), train?.clipValue), false),
      state: Object.fromEntries(states.map((part) => [part.name, wrap(part.tensor, false)])),
      rate: wrap(rate, false),
      step: wrap(step, false),
    },
    settings,
  );
  const tensorOf = (value: Parameters<typeof b.cast>[0] | undefined) => {
    if (!value) throw new Error('An optimizer must give back all of its state.');
    return (value as ReturnType<typeof wrap>).tensor;
  };
  return finish(g, inputs, [
    { kind: 'weight', name: 'weight', tensor: tensorOf(updated.weight) },
    ...states.map((part) => ({ kind: 'state' as const, name: part.name, tensor: tensorOf(updated.state[part.name]) })),
  ]);
}
