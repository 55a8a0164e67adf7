/** Made-up histories of runs, for the rules. */
import type { LayerNumbers, WeightNorms } from '../../../trainer/engine.ts';
import { aboutPlan } from '../../../trainer/health/about.ts';
import type { History, SeenLayers, SeenStep } from '../../../trainer/health/history.ts';
import { createSmoothLoss } from '../../../trainer/health/loss.ts';
import { planOfModel } from '../../compiler/trained.ts';

const header = { kind: 'idx', dtype: 'float32', shape: [100, 3] } as const;

export interface MadeUp {
  /** The loss of each step, from the first one. */
  readonly loss: readonly number[];
  readonly rate?: number | ((step: number) => number);
  readonly wait?: number;
  /** Gradient of each kernel in a step, in the order of the model; read every `every` steps. */
  readonly gradients?: (step: number) => readonly number[];
  readonly updates?: (step: number) => number;
  readonly results?: (step: number) => Readonly<Record<string, Partial<LayerNumbers>>>;
  readonly every?: number;
  readonly checks?: readonly { readonly loss: number; readonly validation?: number }[];
  readonly total?: number;
  readonly lines?: readonly string[];
  readonly train?: readonly string[];
}

export const LINES = ['output y = x -> Dense(8, tanh) -> Dense(8, relu) -> Dense(2)'];

/** A run of three kernels, `M/Dense.0`, `M/Dense.1`, `M/Dense.2`, with 10 steps an epoch. */
export function history(made: MadeUp): History {
  const plan = planOfModel(
    made.lines ?? LINES,
    { type: 'float32[3]', header },
    made.train ?? ['loss: mse(y, target)', 'optimizer: SGD(0.1)', 'batch: 32'],
  );
  const about = aboutPlan(plan, { perEpoch: 10, total: made.total ?? 1000 });
  const smooth = createSmoothLoss();
  const steps = made.loss.map((loss, i): SeenStep => {
    smooth.take(loss);
    const step = i + 1;
    const rate = typeof made.rate === 'function' ? made.rate(step) : (made.rate ?? 0.1);
    return { step, epoch: 1, loss, rate, gradientNorm: undefined, data: made.wait ?? 0.1, compute: 10 };
  });
  const every = made.every ?? 10;
  const looked = steps.filter(({ step }) => step % every === 0);
  const norms = looked.map(({ step }): SeenLayers => {
    const sizes = made.gradients?.(step) ?? about.kernels.map(() => 0.1);
    const entries = about.kernels.map((path, i): [string, WeightNorms] => [
      path,
      { gradient: sizes[i] ?? 0.1, weight: 1, update: made.updates?.(step) ?? 1e-3 },
    ]);
    return { step, epoch: 1, norms: new Map(entries), results: new Map() };
  });
  const results = looked.map(({ step }): SeenLayers => {
    const own = Object.entries(made.results?.(step) ?? {});
    const plain = { mean: 0, deviation: 1, zeros: 0 };
    return {
      step,
      epoch: 1,
      norms: new Map(),
      results: new Map(own.map(([path, numbers]) => [path, { ...plain, ...numbers }])),
    };
  });
  const checks = (made.checks ?? []).map(({ loss, validation }, i) => ({
    step: (i + 1) * 10,
    epoch: i + 1,
    loss,
    validation,
  }));
  return { about, steps, norms, results, checks, loss: smooth.value() };
}

/** So many numbers from a function of the step. */
export const series = (count: number, at: (step: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => at(i + 1));

/** A run that learns as most do: noisy, falling. */
export const learning = (count: number): number[] =>
  series(count, (step) => 2.3 * Math.exp(-step / 200) + 0.1 + 0.05 * Math.sin(step * 12.9898));
