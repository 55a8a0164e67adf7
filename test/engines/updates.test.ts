/** Updates that differ from weight to weight, and clipped ones, on every engine against the interpreter. */
import { describe, expect, test } from 'vitest';
import { compile, interpret } from '../../compiler/index.ts';
import type { Call, Plan, TrainSettings } from '../../language/index.ts';
import type { Batch } from '../../trainer/engine.ts';
import { dense, planMaker } from '../compiler/plans.ts';
import { numbers, withDefaults } from '../language/catalog/apply.ts';
import { engines } from './engines.ts';

const optimizer = (name: string, settings: Call['settings']): Call => ({
  call: `optimizer/${name}`,
  settings: withDefaults(`optimizer/${name}`, { lr: 0.1, ...settings }),
});

function planOf(train: Partial<TrainSettings>): Plan {
  const p = planMaker('Tiny');
  const x = p.input('x', [5]);
  const scores = dense(p, dense(p, x, 4, 'tanh'), 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const settings = { smoothing: 0, classWeights: null, reduce: 'mean' };
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], { settings });
  return p.finish(loss, { batch: 4, ...train });
}

const batchOf = (seed: number): Batch => ({
  size: 4,
  fields: {
    x: { dtype: 'float32', shape: [4, 5], data: Float32Array.from(numbers(20, seed)) },
    label: { dtype: 'int32', shape: [4], data: Int32Array.from([0, 2, 1, 2]) },
  },
});

const first = planOf({}).graph.weights[0]!.path;
const cases: readonly (readonly [string, Partial<TrainSettings>])[] = [
  ['LAMB', { optimizer: optimizer('LAMB', { decay: 0.1 }) }],
  ['layers without decay', { optimizer: optimizer('AdamW', { decay: 0.5, exclude: [first, 'Dense'] }) }],
  [
    'LAMB, clipped and without decay in places',
    { optimizer: optimizer('LAMB', { decay: 0.1, exclude: [first] }), clip: 0.1 },
  ],
  ['clipped by value', { optimizer: optimizer('Adam', {}), clipValue: 0.02 }],
  ['clipped by value, steps', { optimizer: optimizer('SGD', { momentum: 0.9 }), clipValue: 0.02 }],
  ['clipped by value, LAMB', { optimizer: optimizer('LAMB', { exclude: [first] }), clipValue: 0.02 }],
];

for (const { name, missing, open } of engines) {
  if (missing !== '') {
    test.skip(`updates of ${name}: ${missing}`, () => undefined);
    continue;
  }
  describe(name, () => {
    test.each(cases)('%s', async (_title, train) => {
      const compiled = compile(planOf(train));
      const session = await (await open()).open(compiled, { batch: 4, threads: 1, seed: 0 });
      const begun = await session.save();
      const held = new Map<string, ArrayLike<number>>();
      for (const [path, { data }] of [...begun.weights, ...begun.optimizer]) held.set(path, data);
      const program = compiled.lower('train', 4);
      for (let i = 0; i < 3; i++) {
        const batch = batchOf(i + 1);
        await session.step([batch], { rate: 0.1, step: i, metrics: true, gradientNorm: false });
        const inputs = program.inputs.map(({ kind, name: key }): [string, ArrayLike<number>] => {
          if (kind === 'rate') return ['rate rate', [0.1]];
          if (kind === 'step') return ['step step', [i + 1]];
          return [`${kind} ${key}`, kind === 'field' ? batch.fields[key]!.data : held.get(key)!];
        });
        interpret(program, Object.fromEntries(inputs)).forEach(({ data }, k) => {
          const { kind, name: key } = program.outputs[k]!;
          if (kind === 'weight' || kind === 'state') held.set(key, data);
        });
      }
      const ended = await session.save();
      let moved = 0;
      for (const [path, { data }] of ended.weights) {
        for (const [i, value] of data.entries()) {
          expect(Math.abs(value - held.get(path)![i]!), `${path} ${i}`).toBeLessThan(2e-5);
          moved += Math.abs(value - begun.weights.get(path)!.data[i]!);
        }
      }
      expect(moved).toBeGreaterThan(0.01);
      await session.dispose();
    });
  });
}
