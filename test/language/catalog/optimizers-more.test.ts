/** What bounds and excepts updates: LAMB, layers without decay, gradients clipped number by number, a rate that listens. */
import { expect, test } from 'vitest';
import { compile, interpret, type WeightUpdate } from '../../../compiler/index.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import type { Plan } from '../../../language/plan/plan.ts';
import { check, filesOf } from '../check/check.ts';

const headers: Record<string, DataHeader> = {
  'x.idx': { kind: 'idx', dtype: 'float32', shape: [100, 3] },
  'y.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
};

const program = (train: string) => `
data D {
  source: idx(x: "x.idx", y: "y.idx")
  x: float32[3] = x
  y: float32 = y
  validation: 10%
}
model M {
  input x: float32[3]
  layer first = Dense(4)
  output out = x -> first -> LayerNorm -> Dense(1) -> squeeze
}
train M on D {
  loss: mse(out, y)
${train}
}`;

function planned(train: string): Plan {
  const analyser = createAnalyser(filesOf({ headers }));
  const answer = makePlan(analyser, { file: 'test.model', text: program(train), action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  return expect.fail(answer.problems.map((problem) => render(problem.message)).join('\n'));
}

interface Step {
  readonly before: Readonly<Record<string, Float64Array>>;
  readonly after: Readonly<Record<string, ArrayLike<number>>>;
  readonly gradients: Readonly<Record<string, ArrayLike<number>>>;
}

/** One update, and the gradients that it was made of. */
function stepOf(plan: Plan, rate = 0.1): Step {
  const compiled = compile(plan);
  const before = Object.fromEntries(
    compiled.weights.map((weight, i) => [
      weight.path,
      Float64Array.from(compiled.initial(weight, 3), (value, k) => value + 0.1 * (i + 1) + 0.01 * k),
    ]),
  );
  const fed = (update: 'inside' | 'outside') => {
    const lowered = compiled.lower('train', 2, { update });
    const inputs: Record<string, ArrayLike<number>> = {};
    for (const { kind, name, tensor } of lowered.inputs) {
      const size = tensor.shape.reduce((a, b) => a * b, 1);
      const filled = Array.from({ length: size }, (_, i) => Math.sin(i + 1) * 3);
      const value = kind === 'rate' ? [rate] : kind === 'step' ? [1] : kind === 'weight' ? before[name]! : filled;
      inputs[`${kind} ${name}`] = kind === 'state' ? new Float64Array(size) : value;
    }
    const results = interpret(lowered, inputs);
    return (wanted: string) =>
      Object.fromEntries(
        lowered.outputs.flatMap(({ kind, name }, i) => (kind === wanted ? [[name, results[i]!.data] as const] : [])),
      );
  };
  return { before, after: fed('inside')('weight'), gradients: fed('outside')('gradient') };
}

const list = (values: ArrayLike<number>) => Array.from(values);
const moved = ({ before, after }: Step, path: string) => list(after[path]!).map((v, i) => v - before[path]![i]!);

test('LAMB makes a step as long as the weight, decay included', () => {
  for (const decay of [0, 0.3]) {
    const step = stepOf(planned(`  optimizer: LAMB(0.1, decay: ${decay})`));
    for (const [path, gradient] of Object.entries(step.gradients)) {
      const weight = list(step.before[path]!);
      // The first corrected moments are the gradient and its square.
      const update = list(gradient).map((g, i) => g / (Math.abs(g) + 1e-7) + decay * weight[i]!);
      const ratio = Math.hypot(...weight) / Math.hypot(...update);
      moved(step, path).forEach((change, i) => {
        expect(change, `${path} ${i}`).toBeCloseTo(-0.1 * ratio * update[i]!, 6);
      });
    }
  }
});

test('layers are left out of the decay by name, by class and by path', () => {
  const plain = stepOf(planned('  optimizer: SGD(0.1)'));
  const cases = [
    ['first', ['M/first/kernel', 'M/first/bias']],
    ['[LayerNorm]', ['M/LayerNorm.0/scale', 'M/LayerNorm.0/shift']],
    ['Dense', ['M/first/kernel', 'M/first/bias', 'M/Dense.0/kernel', 'M/Dense.0/bias']],
    ['["M/Dense.0/bias", first]', ['M/Dense.0/bias', 'M/first/kernel', 'M/first/bias']],
  ] as const;
  for (const [exclude, without] of cases) {
    const step = stepOf(planned(`  optimizer: SGD(0.1, decay: 0.5, exclude: ${exclude})`));
    for (const path of Object.keys(plain.after)) {
      const decay = (without as readonly string[]).includes(path) ? 0 : 0.5;
      const wanted = list(plain.after[path]!).map((v, i) => v - 0.1 * decay * plain.before[path]![i]!);
      list(step.after[path]!).forEach((v, i) => {
        expect(v, `${exclude}: ${path}`).toBeCloseTo(wanted[i]!, 9);
      });
    }
  }
  expect(planned('  optimizer: AdamW(0.1, exclude: none)').train!.optimizer.settings.exclude).toBeNull();
});

test('clip: byValue bounds each number of the gradients', () => {
  const plan = planned('  optimizer: SGD(0.1)\n  clip: byValue(0.05)');
  expect(plan.train).toMatchObject({ clip: undefined, clipValue: 0.05 });
  const step = stepOf(plan);
  const large = Object.values(step.gradients)
    .flatMap(list)
    .filter((g) => Math.abs(g) > 0.05);
  expect(large.length).toBeGreaterThan(3);
  for (const [path, gradient] of Object.entries(step.gradients)) {
    moved(step, path).forEach((change, i) => {
      expect(change).toBeCloseTo(-0.1 * Math.min(Math.max(gradient[i]!, -0.05), 0.05), 9);
    });
  }
});

test('the update of one number clips as well', () => {
  const plan = planned('  optimizer: SGD(0.1)\n  clip: byValue(0.05)');
  const [{ program: update }] = compile(plan).updates() as [WeightUpdate];
  const [weight] = interpret(update, {
    'weight weight': [1],
    'gradient gradient': [-3],
    'rate rate': [0.1],
    'step step': [1],
    'factor factor': [1],
  });
  expect(weight!.data[0]).toBeCloseTo(1.005, 9);
  const apart = compile(planned('  optimizer: SGD(0.1, decay: 1, exclude: first)')).updates();
  expect(apart.map(({ paths }) => paths!.length > 0)).toEqual([true, true]);
});

test('what is no layer, no bound, and no metric is said', () => {
  check(
    `
      data D {
        source: idx(x: "x.idx", y: "y.idx")
        x: float32[3] = x
        y: float32 = y
      }
      model M {
        input x: float32[3]
        layer first = Dense(4)
        output out = x -> first -> LayerNorm -> Dense(1) -> squeeze
      }
      train M on D as a {
        loss: mse(out, y)
        optimizer: AdamW(1e-3, exclude: [frist, LayerNorm])
                                         ^^^^^ argument/layers: \`exclude\` names layers of the model, classes or paths, but there is no \`frist\`. Did you mean \`first\`?
        clip: byValue(0)
                      ^ argument/range: \`limit\` must be above 0, but is 0.
      }
      train M on D as b {
        loss: mse(out, y)
        optimizer: Adam(plateau(1e-3))
                        ^^^^^^^^^^^^^ train/no-validation: \`validation.loss\` needs validation data, and the data section keeps none: add \`validation: 10%\` to it, or watch a metric of the training rows.
      }
      train M on D as c {
        loss: mse(out, y)
        optimizer: Adam(plateau(1e-3, watch: los))
                                             ^^^ train/unknown-watch: There is no metric \`los\` in this block. It has \`validation.loss\`, \`loss\`.
      }
    `,
    { headers },
  );
});
