/**
 * An engine of one weight, whose every number can be told in advance: the weight moves to the mean of the field `x` by the
 * learning rate; the loss is the squared distance before the move.
 */
import type { Compiled } from '../../compiler/index.ts';
import type { Engine, HostTensor, Session, TrainState } from '../../trainer/engine.ts';

export interface FakeOptions {
  /** The step (from 1) whose loss is not a number. */
  readonly nanAt?: number;
  /** The step whose update makes the weight infinite, without a word. */
  readonly brokenAt?: number;
  /** Called before each step, with its number from 1. */
  readonly onStep?: (step: number) => void | Promise<void>;
}

export function fakeEngine(options: FakeOptions = {}): Engine {
  return {
    info: { id: 'onnx', device: 'cpu', title: 'Fake', reason: 'a test', threads: 1 },
    open: (compiled) => Promise.resolve(fakeSession(compiled, options)),
    dispose: () => Promise.resolve(),
  };
}

function fakeSession(compiled: Compiled, options: FakeOptions): Session {
  let w = 0;
  let moment = 0;
  let average = 0;
  const decay = compiled.plan.train?.average;
  let steps = 0;
  const mean = (field: HostTensor) => [...field.data].reduce((sum, value) => sum + value, 0) / field.data.length;
  const one = (value: number): HostTensor => ({ dtype: 'float32', shape: [1], data: Float32Array.of(value) });
  const path = compiled.weights[0]?.path ?? 'w';
  return {
    async step(batches, { rate, step }) {
      await options.onStep?.(step + 1);
      const size = batches.reduce((sum, batch) => sum + batch.size, 0);
      const x = batches.reduce((sum, batch) => sum + mean(batch.fields.x!) * (batch.size / size), 0);
      const loss = (w - x) ** 2;
      moment = Math.fround(0.5 * moment + x);
      w = Math.fround(w + rate * (x - w));
      average = step === 0 || decay === undefined ? w : Math.fround(decay * average + (1 - decay) * w);
      steps = step + 1;
      if (options.brokenAt === steps) w = Number.POSITIVE_INFINITY;
      return {
        loss: options.nanAt === steps ? Number.NaN : loss,
        metrics: { accuracy: [size * 0.5, size] },
        gradientNorm: undefined,
      };
    },
    evaluate: (batch) =>
      Promise.resolve({
        loss: (w - mean(batch.fields.x!)) ** 2,
        metrics: { accuracy: [batch.size * 0.25, batch.size] },
      }),
    predict: () => Promise.resolve({}),
    swapAverages() {
      [w, average] = [average, w];
      return Promise.resolve();
    },
    save: () =>
      Promise.resolve({
        weights: new Map([[path, one(w)]]),
        optimizer: new Map([[`${path}/m`, one(moment)]]),
        step: steps,
        ...(decay === undefined ? {} : { averages: new Map([[path, one(average)]]) }),
      }),
    restore(state: TrainState) {
      w = state.weights.get(path)?.data[0] ?? 0;
      average = state.averages?.get(path)?.data[0] ?? w;
      moment = state.optimizer.get(`${path}/m`)?.data[0] ?? 0;
      steps = state.step;
      return Promise.resolve();
    },
    dispose: () => Promise.resolve(),
  };
}
