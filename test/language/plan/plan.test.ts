/** Plans: everything concrete, blocks written out, weights by their paths; and what stands in the way of a plan. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan, type PlanRequest } from '../../../language/plan/make-plan.ts';
import type { Plan } from '../../../language/plan/plan.ts';
import { summarise } from '../../../language/plan/summarise.ts';
import { filesOf } from '../check/check.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../examples/language');
const example = (name: string) => readFileSync(join(folder, name), 'utf8');

const headers: Record<string, DataHeader> = {
  'mnist/train-images-idx3-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [60000, 28, 28], range: [0, 255] },
  'mnist/train-labels-idx1-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [60000], range: [0, 9] },
  'mnist/t10k-images-idx3-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [10000, 28, 28], range: [0, 255] },
  'mnist/t10k-labels-idx1-ubyte.gz': { kind: 'idx', dtype: 'uint8', shape: [10000], range: [0, 9] },
  'text/tinyshakespeare.txt': { kind: 'text', characters: 1_115_394, alphabet: 65 },
};
const sources = { '1-mnist.model': example('1-mnist.model') };

function ask(text: string, request: Partial<PlanRequest> = {}) {
  const analyser = createAnalyser(filesOf({ headers, sources }));
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train', ...request });
  expect(analyser.crashes).toEqual([]);
  return answer;
}

function plan(text: string, request: Partial<PlanRequest> = {}): Plan {
  const answer = ask(text, request);
  if (answer.kind === 'problems') throw new Error(answer.problems.map((p) => render(p.message)).join('\n'));
  return answer.plan;
}

function refusals(text: string, request: Partial<PlanRequest> = {}): readonly string[] {
  const answer = ask(text, request);
  return answer.kind === 'plan' ? [] : answer.problems.map((problem) => `${problem.code}: ${render(problem.message)}`);
}

const size = (made: Plan) => made.graph.weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

test('the digits program', () => {
  const made = plan(example('1-mnist.model'));
  expect(made.graph.nodes.map((node) => node.op)).toEqual([
    'input',
    'model/Conv2D',
    'model/MaxPool2D',
    'model/Flatten',
    'model/Dense',
    'model/Dense',
    'field',
    'loss/crossEntropy',
  ]);
  expect(made.graph.nodes.every((node, index) => node.id === index)).toBe(true);
  expect(made.graph.weights.map((weight) => weight.path)).toEqual([
    'Digits/Conv2D.0/kernel',
    'Digits/Conv2D.0/bias',
    'Digits/Dense.0/kernel',
    'Digits/Dense.0/bias',
    'Digits/Dense.1/kernel',
    'Digits/Dense.1/bias',
  ]);
  expect(size(made)).toBe(693_962);
  expect(made.loss).toEqual({ node: 7, output: 0 });
  expect(made.train).toMatchObject({
    optimizer: { call: 'optimizer/Adam', settings: { lr: 0.001, beta1: 0.9 } },
    epochs: 5,
    steps: undefined,
    batch: 64,
    seed: 0,
  });
  expect(made.data).toMatchObject({
    title: 'Mnist',
    source: { call: 'source/idx', settings: { images: 'mnist/train-images-idx3-ubyte.gz' } },
    validation: 0.1,
    fields: [
      { name: 'image', dtype: 'float32', shape: [28, 28, 1], used: true },
      { name: 'label', dtype: 'int32', shape: [], used: true },
    ],
  });
  expect(made.graph.nodes[1]!.place).toMatchObject({ source: 0, line: 12 });
  expect(JSON.parse(JSON.stringify(made)).graph.nodes[1].settings.kernel).toEqual([3, 3]);
});

test('evaluate has its own data and its expectations', () => {
  const made = plan(example('1-mnist.model'), { action: 'evaluate' });
  expect(made).toMatchObject({
    action: 'evaluate',
    loss: undefined,
    train: undefined,
    data: { title: 'Mnist("t10k")', args: { part: 't10k' } },
    metrics: [{ name: 'accuracy', op: 'metric/accuracy', direction: 'max' }],
    expect: [{ text: 'accuracy(digit, label) > 95%', metric: 0, operator: '>', value: 0.95 }],
  });
});

test('a transformer is written out, and a shared layer has its weights once', () => {
  const made = plan(example('6-gpt-mini.model'));
  expect(size(made)).toBe(10_770_816);
  const paths = made.graph.weights.map((weight) => weight.path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toContain('GPT/repeat.0[3]/Decoder.0/residual.1/Dense.1/kernel');
  expect(paths).toContain('GPT/embed/weight');
  const embed = paths.indexOf('GPT/embed/weight');
  const users = made.graph.nodes.filter((node) => node.weights.weight === embed).map((node) => node.op);
  expect(users).toEqual(['model/Embedding', 'model/Weight']);
  // The symbolic T is bound by the field that feeds it.
  expect(made.graph.nodes[0]!.outputs[0]!.shape).toEqual([256]);
});

test('an imported program is one of the sources', () => {
  const made = plan(example('4-vae.model'));
  expect(made.sources.map(({ path }) => path)).toEqual(['test.model', '1-mnist.model']);
  expect(made.data.place.source).toBe(1);
  expect(size(made)).toBe(134_165);
  expect(made.graph.inputs).toEqual([{ name: 'image', node: 0 }]);
  // The field that feeds the input is the same node in the loss.
  expect(made.graph.nodes.filter((node) => node.op === 'field')).toEqual([]);
});

test('settings and parameters from outside', () => {
  const made = plan(example('1-mnist.model'), {
    overrides: { epochs: '2', classes: '12', part: '"t10k"', batch: '8' },
  });
  expect(made.train).toMatchObject({ epochs: 2, batch: 8 });
  expect(made.model.args).toEqual({ classes: 12 });
  expect(made.data.args).toEqual({ part: 't10k' });
  expect(plan(example('6-gpt-mini.model'), { overrides: { epochs: '3' } }).train).toMatchObject({
    epochs: 3,
    steps: undefined,
  });
  expect(refusals(example('1-mnist.model'), { overrides: { epoch: '2' } })).toEqual([
    'train/override: `epoch` is no setting of this block and no parameter of `Digits`. Did you mean `epochs`?',
  ]);
  expect(refusals(example('1-mnist.model'), { overrides: { whatever: '2' } })).toEqual([
    'train/override: `whatever` is no setting of this block and no parameter of `Digits`.',
  ]);
  expect(refusals(example('1-mnist.model'), { overrides: { epochs: '0' } })).toEqual([
    'argument/range: `epochs` must be at least 1, but is 0.',
  ]);
  expect(refusals(example('1-mnist.model'), { overrides: { epochs: '2 +' } })).toEqual([
    'train/override-value: `2 +` can’t be read as a value for `epochs`.',
  ]);
});

test('errors, missing files and later keys stand in the way', () => {
  const digits = example('1-mnist.model');
  expect(refusals(digits.replace('Flatten', 'Flaten'))[0]).toMatch(/^name\/unknown: /u);
  expect(refusals(digits.replace('mnist/{part}-images', 'nowhere/{part}-images'))).toEqual([
    expect.stringMatching(/^data\/missing-file: .*nowhere\/train-images/u),
  ]);
  expect(refusals(digits.replace('batch: 64', 'batch: 64\n  devices: 2'))).toEqual([
    'train/not-supported-yet: `devices` can be written and is checked, but this version does not carry it out yet: take it out to run this.',
  ]);
  expect(refusals(digits, { declaration: 'other' })).toEqual([
    'train/no-such-run: There is no `train` block called `other` in this file.',
  ]);
  expect(refusals('model M {\n  input x: float32[2]\n  output x\n}\n')).toEqual([
    'train/no-run: This file has no `train` block.',
  ]);
});

test('a summary has a row for each layer', () => {
  const analyser = createAnalyser(filesOf({ headers }));
  const summary = summarise(analyser, { file: 'test.model', text: example('1-mnist.model') })!;
  expect(summary).toMatchObject({
    unit: 'Digits',
    parameters: 693_962,
    trainable: 693_962,
    inputs: [{ name: 'image', dtype: 'float32', shape: [28, 28, 1] }],
    outputs: [{ name: 'digit', dtype: 'float32', shape: [10] }],
  });
  expect(summary.layers.map(({ path, output, parameters }) => [path, output, parameters])).toEqual([
    ['Digits/Conv2D.0', [26, 26, 32], 320],
    ['Digits/MaxPool2D.0', [13, 13, 32], 0],
    ['Digits/Flatten.0', [5408], 0],
    ['Digits/Dense.0', [128], 692_352],
    ['Digits/Dense.1', [10], 1290],
  ]);
  expect(summary.graph?.nodes.length).toBeGreaterThan(0);
});

test('a block is counted with the sizes that it is given, else in formulas', () => {
  const analyser = createAnalyser(filesOf({}));
  const text = 'block B(units: int) {\n  input x: [T, D]\n  output x -> Dense(units)\n}\n';
  const open = summarise(analyser, { file: 'b.model', text, unit: 'B' })!;
  expect(open.parameters).toBe('D * units + units');
  expect(open.graph).toBeUndefined();
  const closed = summarise(analyser, {
    file: 'b.model',
    text,
    unit: 'B',
    sets: { units: '3' },
    inputs: { x: [5, 2] },
  })!;
  expect(closed.parameters).toBe(9);
  expect(closed.layers[0]).toMatchObject({ output: [5, 3] });
});

test('paths of layers with a name, of chains, bodies and directions', () => {
  const text = `data D {
  source: text("text/tinyshakespeare.txt")
  ids: int32[8] = characters -> Index -> windows(8)
}
block Pair(inner: layer) {
  input x: [T, C]
  layer once = inner
  output x -> once -> once -> inner -> inner
}
model M {
  input ids: int32[T]
  layer embed = Embedding(65, 4)
  layer tower = Dense(4, relu) -> residual { Dense(4) }
  layer pair = Pair { Dense(4) }
  x = ids -> embed
  y = (x -> tower -> tower) + (x -> pair)
  z = y -> Pair(tower) -> Bidirectional { LSTM(2, sequences: true) }
  output out = mean(z + Weight([4]))
}
train M on D {
  loss: out
}
`;
  const made = plan(text);
  const layers = [...new Set(made.graph.weights.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))];
  expect(layers).toEqual([
    'M/embed',
    'M/tower/Dense.0',
    'M/tower/residual.0/Dense.0',
    'M/pair/once/Dense.0',
    'M/pair/Dense.0',
    'M/pair/Dense.1',
    'M/Bidirectional.0/forward/LSTM.0',
    'M/Bidirectional.0/backward/LSTM.0',
    'M/Weight.0',
  ]);
  const backward = made.graph.nodes.filter((node) => node.op === 'model/LSTM');
  expect(backward.map((node) => node.settings.backwards)).toEqual([false, true]);
  // `tower` is one set of weights wherever it stands, also as the layer of a block.
  const dense = made.graph.nodes.filter((node) => node.path === 'M/tower/Dense.0');
  expect(dense).toHaveLength(6);
  expect(new Set(dense.map((node) => node.weights.kernel)).size).toBe(1);
});
