/** Mixed precision: gradients by a scaled loss are those of the loss, an update that overflows is left out, products narrow. */
import { expect, test } from 'vitest';
import { compile, interpret, type Program } from '../../compiler/index.ts';
import { forGpu } from '../../compiler/onnx/gpu/rewrite.ts';
import { numbers } from './cases.ts';
import { adam, dense, planMaker } from './plans.ts';

const compiled = compile(tinyPlan());
const paths = compiled.weights.map(({ path }) => path);

const seedOf = (key: string): number =>
  Array.from(key).reduce((sum, letter) => sum * 3 + letter.charCodeAt(0), 0) % 9973;

/** Numbers for every input, or those that are given. */
function run(
  program: Program,
  given: Readonly<Record<string, ArrayLike<number>>> = {},
): ReadonlyMap<string, ArrayLike<number>> {
  const inputs = Object.fromEntries(
    program.inputs.map(({ kind, name, tensor }): [string, ArrayLike<number>] => {
      const key = `${kind} ${name}`;
      const size = tensor.shape.reduce((a, b) => a * b, 1);
      const range = tensor.dtype === 'int32' ? ([0, 3] as const) : ([0.01, 0.02] as const);
      return [
        key,
        given[key] ?? numbers(size, seedOf(key), range).map((x) => (tensor.dtype === 'int32' ? Math.floor(x) : x)),
      ];
    }),
  );
  const results = interpret(program, inputs);
  return new Map(program.outputs.map(({ kind, name }, i) => [`${kind} ${name}`, results[i]!.data]));
}

const state = { 'state /scale': [1024], 'state /good': [5], 'rate rate': [0.1], 'step step': [3] };

test('the gradients are those of the loss', () => {
  const plain = run(compiled.lower('train', 2, { update: 'outside' }));
  const mixed = run(compiled.lower('train', 2, { update: 'outside', mixed: true }), state);
  for (const path of paths) {
    const [a, b] = [plain.get(`gradient ${path}`)!, mixed.get(`gradient ${path}`)!];
    for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i]!, 10);
  }
  expect(mixed.get('loss loss')).toEqual(plain.get('loss loss'));
});

test('an update goes through and is counted; many good ones double the scale', () => {
  const update = compiled.updateAll(paths, { mixed: true });
  const plain = run(compiled.updateAll(paths), state);
  const mixed = run(update, state);
  for (const [key, values] of plain) expect(mixed.get(key), key).toEqual(values);
  expect([mixed.get('state /scale')![0], mixed.get('state /good')![0]]).toEqual([1024, 6]);
  const long = run(update, { ...state, 'state /good': [1999] });
  expect([long.get('state /scale')![0], long.get('state /good')![0]]).toEqual([2048, 0]);
});

test.each([Number.POSITIVE_INFINITY, Number.NaN])(
  'a gradient of %s leaves the update out and halves the scale',
  (value) => {
    const update = compiled.updateAll(paths, { mixed: true });
    const path = paths[0]!;
    const broken = update.inputs.find(({ kind, name }) => kind === 'gradient' && name === path)!;
    const size = broken.tensor.shape.reduce((a, b) => a * b, 1);
    const gradient = new Float64Array(size).fill(0.01);
    gradient[3] = value;
    const weights = new Float64Array(size).fill(0.5);
    const ended = run(update, { ...state, [`gradient ${path}`]: gradient, [`weight ${path}`]: weights });
    expect(ended.get(`weight ${path}`)).toEqual(weights);
    for (const values of ended.values()) {
      if (values !== ended.get('norm norm')) expect(Array.from(values).every(Number.isFinite)).toBe(true);
    }
    expect([ended.get('state /scale')![0], ended.get('state /good')![0]]).toEqual([512, 0]);
  },
);

test('what products multiply is narrowed, their results and everything else stay wide', () => {
  const value = (name: string, shape: readonly number[]) => ({ name, dtype: 'float32' as const, shape });
  const { operations } = forGpu({
    operations: [
      { type: 'Gemm', domain: '', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes: {} },
      { type: 'Exp', domain: '', inputs: ['y'], outputs: ['z'], attributes: {} },
    ],
    initializers: [],
    inputs: [value('x', [2, 3]), value('w', [3, 4]), value('b', [4])],
    half: true,
  });
  expect(operations.map(({ type, attributes }) => `${type}${type === 'Cast' ? ` ${attributes.to}` : ''}`)).toEqual([
    'Cast 10',
    'Cast 10',
    'Gemm',
    'Cast 1',
    'Add',
    'Exp',
  ]);
  expect(operations[2]!.inputs.length).toBe(2);
  expect(operations[4]!).toMatchObject({ inputs: [operations[3]!.outputs[0], 'b'], outputs: ['y'] });
});

function tinyPlan() {
  const p = planMaker('Tiny');
  const x = p.input('x', [5]);
  const scores = dense(p, dense(p, x, 4, 'tanh'), 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const settings = { smoothing: 0, classWeights: null, reduce: 'mean' };
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], { settings });
  return p.finish(loss, { batch: 2, optimizer: adam(0.1) });
}
