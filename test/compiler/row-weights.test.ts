/** `weight:` of the data: each row counts in the loss by its own number, as `sample_weight` of Keras. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../language/check/analyse.ts';
import { makePlan, type Plan, render } from '../../language/index.ts';
import { numbers } from '../language/catalog/apply.ts';
import { close, missing, python } from '../language/catalog/keras.ts';
import { train } from './trained.ts';

const BATCH = 4;
const RATE = 0.1;
const STEPS = 3;

function planOf(weight: string, loss = 'mse(y, target)'): Plan | readonly string[] {
  const text = `
data D {
  source: idx(x: "x.idx", target: "y.idx", importance: "w.idx")
  x: float32[3] = x
  target: float32[2] = target
  ${weight}
}
model M {
  input x: float32[3]
  output y = x -> Dense(4, tanh, l2: 0.01) -> Dense(2)
}
train M on D {
  loss: ${loss}
  optimizer: SGD(0.1)
}
`;
  const shapes: Record<string, readonly number[]> = { 'x.idx': [100, 3], 'y.idx': [100, 2], 'w.idx': [100] };
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({ ok: true, value: { kind: 'idx', dtype: 'float32', shape: shapes[path] ?? [] } }),
  });
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  return answer.kind === 'plan' ? answer.plan : answer.problems.map((one) => `${one.code}: ${render(one.message)}`);
}

function planned(weight: string): Plan {
  const plan = planOf(weight);
  if ('data' in plan) return plan;
  throw new Error(plan.join('\n'));
}

const fields = { x: numbers(BATCH * 3, 3), target: numbers(BATCH * 2, 9) };
const weights = [0, 2, 0.5, 3];

test('a row of weight 0 counts nothing, one of weight 2 twice, and the number of rows divides', () => {
  const plain = train(planned(''), BATCH);
  const weighed = train(planned('weight: importance'), BATCH);
  const same = weighed.evaluate({ ...fields, weight: [1, 1, 1, 1] });
  expect(same).toBeCloseTo(plain.evaluate(fields), 12);
  const penalty = plain.evaluate({ x: [0, 0, 0].flatMap(() => [0, 0, 0, 0]), target: fields.target.map(() => 0) });
  const alone = (row: number): number =>
    weighed.evaluate({ ...fields, weight: [0, 1, 2, 3].map((at) => (at === row ? 1 : 0)) }) - penalty;
  const sum = weights.reduce((total, weight, row) => total + weight * alone(row), 0);
  expect(weighed.evaluate({ ...fields, weight: weights })).toBeCloseTo(sum + penalty, 12);
});

test('a loss of the whole batch has nothing to weigh', () => {
  expect(planOf('weight: importance', 'mean(batch(y) ** 2)')).toEqual([
    expect.stringContaining('loss/weighed-batch: The rows have weights'),
  ]);
  expect(planOf('weight: none', 'mean(batch(y) ** 2)')).toHaveProperty('data');
});

test.skipIf(python === undefined)(
  `losses and weights are Keras' with sample_weight${python === undefined ? ` (skipped: ${missing})` : ''}`,
  () => {
    const run = train(planned('weight: importance'), BATCH);
    const asked = [
      {
        layers: [
          {
            keras: 'layers.Dense',
            units: 4,
            activation: 'tanh',
            kernel_regularizer: { keras: 'regularizers.L1L2', l1: 0, l2: 0.01 },
          },
          { keras: 'layers.Dense', units: 2 },
        ],
        x: { shape: [BATCH, 3], data: fields.x, dtype: 'float64' },
        y: { shape: [BATCH, 2], data: fields.target },
        weights: [...run.weights.values()].map((data) => Array.from(data)),
        sample_weight: weights,
        rate: RATE,
        steps: STEPS,
      },
    ];
    const script = fileURLToPath(new URL('./keras_training.py', import.meta.url));
    const text = execFileSync(python!, [script], { input: JSON.stringify(asked), encoding: 'utf8', stdio: 'pipe' });
    const [answer] = JSON.parse(text) as readonly {
      readonly losses: readonly number[];
      readonly evaluated: number;
      readonly weights: readonly (readonly number[])[];
    }[];
    const own = { ...fields, weight: weights };
    const losses = Array.from({ length: STEPS }, () => run.step(own, RATE));
    close(losses, answer!.losses, 'losses');
    close([run.evaluate(own)], [answer!.evaluated], 'evaluated');
    for (const [k, [path, data]] of [...run.weights].entries()) close(Array.from(data), answer!.weights[k]!, path);
  },
);
