/** WeightNorm and SpectralNorm against PyTorch and Keras, and what the checker says of what cannot be normalised. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { DataHeader } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { close, missing, python } from '../language/catalog/keras.ts';
import { planOfModel, train } from './trained.ts';

const BATCH = 4;
const [rate, steps] = [0.1, 3];
const header: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 5] };
const x = { type: 'float32[5]', header };
const fields = { x: numbers(BATCH * 5, 3), target: numbers(BATCH * 2, 4) };

interface Answer {
  readonly losses: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly keras?: { readonly y: readonly number[]; readonly vector: readonly number[] };
}

test('steps as PyTorch has them, the vector as Keras has it', (context) => {
  if (python === undefined) context.skip(missing);
  const runs = ['WeightNorm', 'SpectralNorm'].map((name) => {
    const run = train(planOfModel([`output y = x -> ${name} { Dense(2) }`], x), BATCH);
    const path = (weight: string) => `M/${name}.0/Dense.0/${weight}`;
    const weights = run.compiled.weights.map((weight) => ({
      name: weight.path.replace(path(''), ''),
      shape: weight.shape,
      data: Array.from(run.weights.get(weight.path)!),
    }));
    return { run, path, weights };
  });
  const asked = runs.map(({ weights }) => ({
    weights: Object.fromEntries(weights.map(({ name, ...value }) => [name, value])),
    x: { shape: [BATCH, 5], data: fields.x },
    target: { shape: [BATCH, 2], data: fields.target },
    rate,
    steps,
  }));
  const script = fileURLToPath(new URL('./torch_normalised.py', import.meta.url));
  const text = execFileSync(python!, [script], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = JSON.parse(text) as readonly Answer[];
  for (const [i, { run, path }] of runs.entries()) {
    const { losses, weights, keras } = answers[i]!;
    const first = run.step(fields, rate);
    if (keras) {
      close(Array.from(run.weights.get(path('kernel/vector'))!), keras.vector, 'the vector after one step');
      const squares = keras.y.map((value, k) => (value - fields.target[k]!) ** 2);
      close([first], [squares.reduce((a, b) => a + b, 0) / squares.length], 'the loss of what Keras gives');
    }
    close([first, ...Array.from({ length: steps - 1 }, () => run.step(fields, rate))], losses, 'losses');
    for (const [name, wanted] of Object.entries(weights)) {
      close(Array.from(run.weights.get(path(name))!), wanted, name);
    }
  }
});

test('a layer starts as it would without; lengths are those of each unit', () => {
  const image: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 4, 4, 2] };
  const values = { x: numbers(BATCH * 32, 3), target: fields.target };
  for (const layer of ['Conv2D(3, 2)', 'Conv2DTranspose(3, 2)', 'DepthwiseConv2D(2, multiplier: 2)']) {
    const starts = [layer, `WeightNorm { ${layer} }`].map((text) => {
      const plan = planOfModel([`output y = x -> ${text} -> Flatten -> Dense(2)`], {
        type: 'float32[4, 4, 2]',
        header: image,
      });
      return train(plan, BATCH, 5);
    });
    const sizes = starts[1]!.compiled.weights.find(({ path }) => path.endsWith('/length'))!.shape;
    expect(sizes, layer).toEqual(layer.startsWith('Depthwise') ? [2, 2] : [3]);
    const kernel = (k: number) => starts[k]!.compiled.weights.find(({ path }) => path.endsWith('.0/kernel'))!.path;
    const others = starts[0]!.weights;
    for (const [path, data] of starts[1]!.weights) {
      if (path.includes('/Dense.') || path.endsWith('bias'))
        starts[1]!.weights.set(path, others.get(path.replace(/WeightNorm\.0\//u, '')) ?? data);
    }
    // The seed goes by the path, so the kernel is taken over, and its lengths with it.
    const taken = others.get(kernel(0))!;
    starts[1]!.weights.set(kernel(1), taken.length > 0 ? Array.from(taken, (value) => 3 * value) : taken);
    const lengths = starts[1]!.compiled.weights.find(({ path }) => path.endsWith('/length'))!;
    starts[1]!.weights.set(
      lengths.path,
      unitLengths(Array.from(taken), starts[1]!.compiled.weights.find(({ path }) => path === kernel(1))!),
    );
    expect(starts[1]!.evaluate(values), layer).toBeCloseTo(starts[0]!.evaluate(values), 6);
  }
});

/** Worked out place by place. */
function unitLengths(
  values: readonly number[],
  { shape, units = [shape.length - 1] }: { readonly shape: readonly number[]; readonly units?: readonly number[] },
): readonly number[] {
  const sums = new Map<string, number>();
  values.forEach((value, i) => {
    let rest = i;
    const place = [...shape].reverse().map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    });
    const unit = units.map((axis) => [...place].reverse()[axis]).join();
    sums.set(unit, (sums.get(unit) ?? 0) + value * value);
  });
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => Math.sqrt(sum));
}

test('only a layer with a matrix or windows can be normalised', () => {
  for (const body of ['BatchNorm', 'relu', 'Dropout', 'Dense(2) -> Dense(2)']) {
    expect(() => planOfModel([`output y = x -> WeightNorm { ${body} } -> Dense(2)`], x), body).toThrow(
      'holds one layer',
    );
  }
});

test('every layer with matrices or windows can be normalised, its own weights first', () => {
  const sequence: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 4, 6] };
  const values = { x: numbers(BATCH * 24, 3), target: fields.target };
  for (const layer of ['LSTM(3)', 'GRU(3)', 'Attention(2)', 'Conv1D(3, 2)', 'SeparableConv1D(3, 2)', 'Highway']) {
    for (const by of ['WeightNorm', 'SpectralNorm'] as const) {
      const plan = planOfModel([`output y = x -> ${by} { ${layer} } -> Flatten -> Dense(2)`], {
        type: 'float32[4, 6]',
        header: sequence,
      });
      const run = train(plan, BATCH);
      const companions = plan.graph.weights.filter(({ path }) => /\/(?:length|vector)$/u.test(path));
      expect(companions.length, `${by} { ${layer} }`).toBeGreaterThan(0);
      expect(
        companions.every(({ trainable }) => trainable === (by === 'WeightNorm')),
        layer,
      ).toBe(true);
      const before = companions.map(({ path }) => Array.from(run.weights.get(path)!));
      const losses = [1, 2, 3].map(() => run.step(values, 0.05));
      expect(losses[2]!, `${by} { ${layer} }`).toBeLessThan(losses[0]!);
      companions.forEach(({ path }, i) => {
        expect(Array.from(run.weights.get(path)!), path).not.toEqual(before[i]);
      });
    }
  }
});
