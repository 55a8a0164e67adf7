/** Functions that only move numbers: each place of the result is a place of the input that the definition names. */
import { expect, test } from 'vitest';
import { compile, interpret } from '../../../compiler/index.ts';
import { createAnalyser } from '../../../language/check/analyse.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { apply, numbers, refusalOf, rule, shapesOf } from './apply.ts';
import { feed } from './planned.ts';

/** The numbers 0, 1, 2, … so that each tells where it came from. */
const counted = (shape: readonly number[]) => ({
  x: { shape, data: Array.from({ length: shape.reduce((a, c) => a * c, 1) }, (_, i) => i) },
});
const moved = (key: string, shape: readonly number[], settings: object) =>
  apply(key, counted(shape), { settings: settings as never, batch: 1 }).outputs[0];
const said = (key: string, shape: readonly number[], settings: object) =>
  render(refusalOf(key, counted(shape), settings as never).message);

test('flip turns one axis round', () => {
  expect(moved('model/flip', [2, 3], { axis: 1 })).toEqual([2, 1, 0, 5, 4, 3]);
  expect(moved('model/flip', [2, 3], { axis: 0 })).toEqual([3, 4, 5, 0, 1, 2]);
  expect(moved('model/flip', [2, 1, 2], { axis: -3 })).toEqual([2, 3, 0, 1]);
});

test('roll moves places round the end, either way, however far', () => {
  expect(moved('model/roll', [5], { by: 2 })).toEqual([3, 4, 0, 1, 2]);
  expect(moved('model/roll', [5], { by: -1 })).toEqual([1, 2, 3, 4, 0]);
  expect(moved('model/roll', [5], { by: 12 })).toEqual([3, 4, 0, 1, 2]);
  expect(moved('model/roll', [5], { by: -5 })).toEqual([0, 1, 2, 3, 4]);
  expect(moved('model/roll', [2, 3], { by: 1, axis: 1 })).toEqual([2, 0, 1, 5, 3, 4]);
});

test('tile as NumPy has it', () => {
  expect(moved('model/tile', [2, 2], { times: [2] })).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
  expect(moved('model/tile', [2, 2], { times: [2, 1] })).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect(shapesOf('model/tile', counted([3, 4, 5]), { times: [2, 3] })).toEqual([[3, 8, 15]]);
  expect(said('model/tile', [3], { times: [2, 2] })).toBe(
    '`tile` gets 2 numbers for [3], which has 1 axis: give one for each axis, or for the last ones.',
  );
});

test('centerCrop takes the middle, the odd pixel left out at the end', () => {
  expect(moved('model/centerCrop', [3, 4, 1], { height: 1, width: 2 })).toEqual([5, 6]);
  expect(moved('model/centerCrop', [4, 4, 1], { height: 1, width: 1 })).toEqual([5]);
  expect(said('model/centerCrop', [3, 4, 1], { height: 2, width: 5 })).toBe(
    '`centerCrop` cannot cut width 5 out of 4.',
  );
});

test('spaceToDepth lays blocks in the channels, depthToSpace takes them out again', () => {
  // TensorFlow's example: four pixels of a block in reading order.
  expect(moved('model/spaceToDepth', [2, 4, 1], { block: 2 })).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
  expect(moved('model/depthToSpace', [1, 2, 4], { block: 2 })).toEqual([0, 1, 4, 5, 2, 3, 6, 7]);
  const image = { x: { shape: [4, 6, 3], data: numbers(72) } };
  const deep = apply('model/spaceToDepth', image, { settings: { block: 2 }, batch: 1 }).outputs[0]!;
  const back = apply(
    'model/depthToSpace',
    { x: { shape: [2, 3, 12], data: deep } },
    { settings: { block: 2 }, batch: 1 },
  );
  expect(back.outputs[0]).toEqual(image.x.data);
  expect(said('model/spaceToDepth', [4, 5, 1], { block: 2 })).toBe(
    '`spaceToDepth` cuts width 5 into blocks of 2, which leaves 1 over.',
  );
  expect(said('model/depthToSpace', [4, 5, 6], { block: 2 })).toBe(
    '`depthToSpace` lays channels out as blocks of 2 × 2, so 4 must divide them: 6 % 4 is 2.',
  );
});

test('patches: pixels of each piece row by row, the rest left out, overlapping ones too', () => {
  const shape = [5, 4, 2];
  for (const [size, stride] of [
    [[2, 2], null],
    [
      [2, 3],
      [1, 1],
    ],
    [
      [3, 2],
      [2, 2],
    ],
    [
      [1, 2],
      [3, 1],
    ],
  ] as const) {
    const [down, right] = stride ?? size;
    const wanted: number[] = [];
    for (let y = 0; y + size[0] <= 5; y += down) {
      for (let x = 0; x + size[1] <= 4; x += right) {
        for (let i = 0; i < size[0]; i++) {
          for (let j = 0; j < size[1]; j++) for (const c of [0, 1]) wanted.push(((y + i) * 4 + x + j) * 2 + c);
        }
      }
    }
    expect(moved('model/patches', shape, { size, stride }), JSON.stringify({ size, stride })).toEqual(wanted);
  }
  expect(said('model/patches', shape, { size: [6, 2] })).toBe('A window of 6 does not fit into height 5.');
});

test('bytes, texts and truth values are moved as they are', () => {
  const image = { x: { ...counted([4, 4, 4]).x, dtype: 'uint8' as const } };
  for (const [key, settings] of [
    ['model/flip', { axis: 0 }],
    ['model/roll', { by: 1 }],
    ['model/tile', { times: [2] }],
    ['model/centerCrop', { height: 2, width: 2 }],
    ['model/spaceToDepth', { block: 2 }],
    ['model/depthToSpace', { block: 2 }],
    ['model/patches', { size: 2 }],
    ['model/resize', { height: 2, width: 2, method: 'nearest' }],
  ] as const) {
    const [type] = rule(key, image, settings as never) as readonly { dtype?: string }[];
    expect(type?.dtype, key).toBe('uint8');
  }
});

test('lowerTriangle lets each step look back', () => {
  expect(apply('model/lowerTriangle', {}, { settings: { n: 3 }, batch: 1 }).outputs[0]).toEqual([
    1, 0, 0, 1, 1, 0, 1, 1, 1,
  ]);
});

test('cosine: the same way, the opposite way, across, and of nothing', () => {
  const a = { shape: [4, 2], data: [1, 1, 2, 0, 3, 0, 0, 0] };
  const b = { shape: [4, 2], data: [2, 2, -1, 0, 0, 5, 1, 2] };
  const [angles] = apply('model/cosine', { a, b }, { batch: 1 }).outputs;
  for (const [i, value] of [1, -1, 0, 0].entries()) expect(angles![i]).toBeCloseTo(value, 9);
});

test('einsum: equations that say nothing, and values that do not follow them', () => {
  const [a, b] = [
    { shape: [2, 3], data: numbers(12) },
    { shape: [4, 5], data: numbers(40) },
  ];
  const why = (equation: string, values = [a, b]) =>
    render(refusalOf('model/einsum', { x: values }, { equation }).message);
  expect(why('ij,jk')).toBe(
    '"ij,jk" is no equation: letters for the axes of each value, commas between the values, and `->` with the axes of the result, as in "ij,jk->ik".',
  );
  expect(why('ii,jk->i')).toBe('The letter `i` stands twice for one value: each axis needs a letter of its own.');
  expect(why('ij,jk->il')).toBe('The result has an axis `l`, but no value has it.');
  expect(why('ij,jk->ik')).toBe('The axis `j` of `einsum` is 3 in one value and 4 in another.');
  expect(why('ij->i')).toBe('`einsum` gets 2 values for an equation of 1.');
  expect(why('ij,k->i')).toBe(
    'The equation of `einsum` says `k` where the value is [4, 5]: one letter for each of its axes, which are 2 without the batch.',
  );
});

/** The loss of a model whose answers are `stages` of a sequence, against `steps` class numbers. */
function lossOf(stages: string, steps: number): number {
  const text = `
model M {
  input sequence: float32[4, 8]
  output answer = sequence -> ${stages}
}
data D {
  source: idx(sequence: "sequence.idx", label: "label.idx")
  sequence: float32[4, 8] = sequence
  label: int32[${steps}] = label
}
train M on D {
  loss: crossEntropy(answer, label)
}
`;
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({
      ok: true,
      value: path.startsWith('label')
        ? { kind: 'idx', dtype: 'int32', shape: [100, steps] }
        : { kind: 'idx', dtype: 'float32', shape: [100, 4, 8] },
    }),
  });
  const answer = makePlan(analyser, { file: 'm.model', text, action: 'train' });
  if (answer.kind === 'problems') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  const compiled = compile(answer.plan);
  const program = compiled.lower('evaluate', 2);
  return interpret(program, feed(program, compiled))[0]!.data[0]!;
}

test.each([
  ['flip(0)', 4],
  ['flip(1)', 4],
  ['roll(1)', 4],
  ['tile([2, 1])', 8],
  ['UpSample1D(3)', 12],
  ['expand(0) -> resize(1, 6, method: nearest) -> squeeze(0)', 6],
  ['expand(0) -> centerCrop(1, 2) -> squeeze(0)', 2],
])('a probability stays one through %s: the loss is that of the scores', (stage, steps) => {
  const probabilities = lossOf(`Dense(40, softmax) -> ${stage}`, steps);
  const scores = lossOf(`Dense(40) -> ${stage} -> softmax`, steps);
  expect(probabilities).toBeCloseTo(scores, 9);
  expect(probabilities).toBeGreaterThan(0);
});
