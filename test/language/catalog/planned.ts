/** Examples of the catalogue as plans that can be lowered and fed. */
import { expect } from 'vitest';
import { type Compiled, compile, type Program } from '../../../compiler/index.ts';
import type { Entry } from '../../../language/catalog/entry.ts';
import { exampleProgram, modelValues } from '../../../language/catalog/examples.ts';
import { entries } from '../../../language/catalog/index.ts';
import { createAnalyser } from '../../../language/check/analyse.ts';
import { NETWORK_INPUT } from '../../../language/data/network-graph.ts';
import type { DataHeader, Files } from '../../../language/index.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { numbers } from './apply.ts';

const headers: Readonly<Record<string, DataHeader>> = {
  'image.idx': { kind: 'idx', dtype: 'float32', shape: [100, 28, 28, 1] },
  'volume.idx': { kind: 'idx', dtype: 'float32', shape: [100, 6, 8, 8, 2] },
  'frames.idx': { kind: 'idx', dtype: 'float32', shape: [100, 4, 8, 8, 2] },
  'sequence.idx': { kind: 'idx', dtype: 'float32', shape: [100, 10, 8] },
  'features.idx': { kind: 'idx', dtype: 'float32', shape: [100, 16] },
  'wave.idx': { kind: 'idx', dtype: 'float32', shape: [100, 1000] },
  'tokens.idx': { kind: 'idx', dtype: 'int32', shape: [100, 10] },
  'real.idx': { kind: 'idx', dtype: 'int32', shape: [100, 10] },
  'target.idx': { kind: 'idx', dtype: 'float32', shape: [100] },
  'backbone/model.json': {
    kind: 'network',
    input: [28, 28, 1],
    layers: [{ name: 'out_relu', shape: [26, 26, 4] }],
    last: 'out_relu',
    graph: {
      steps: [
        {
          layer: 'conv',
          op: 'model/Conv2D',
          inputs: [NETWORK_INPUT],
          settings: { filters: 4 },
          weights: {
            kernel: { layer: 'conv', variable: 'kernel', group: 'conv2d', index: 0 },
            bias: { layer: 'conv', variable: 'bias', group: 'conv2d', index: 1 },
          },
        },
        { layer: 'out_relu', op: 'model/relu', inputs: [0], settings: {}, weights: {} },
      ],
      ends: { conv: 0, out_relu: 1 },
    },
  },
};

/** The model of the example, trained on data that has its inputs, so that each result goes into the loss. */
function program(model: string): string {
  const used = Object.keys(modelValues).filter((name) => model.includes(`input ${name}:`));
  const columns = [...used, 'target'].map((name) => `${name}: "${name}.idx"`);
  const fields = used.map((name) => `  ${name}: ${modelValues[name]} = ${name === 'real' ? 'real != 0' : name}`);
  return [
    model,
    'data Examples {',
    `  source: idx(${columns.join(', ')})`,
    ...fields,
    '  target: float32 = target',
    '}',
    'train Example on Examples {',
    `  loss: ${lossOf(model)}`,
    '}',
  ].join('\n');
}

const files: Files = {
  source: () => 'missing',
  header: (_from, path) => {
    const value = headers[path];
    return value ? { ok: true, value } : { ok: false, trouble: 'missing', path };
  },
};

/** The sum of all results, bent so that every place has a slope of its own. */
function lossOf(model: string): string {
  const { declarations } = createAnalyser(files).analyse('example.model', model);
  const outputs = declarations[0]?.facts.unit?.outputs ?? [];
  const parts = outputs.map(({ name, type }) => {
    const numbers = type.dtype === 'bool' ? `where(${name}, 1.0, 0.0)` : type.dtype === 'int32' ? `${name} / 10` : name;
    return type.shape?.length === 0 ? `tanh(${numbers})` : `sum(tanh(${numbers}))`;
  });
  return parts.join(' + ');
}

/** Every example that stands in a model. */
export const cases = entries
  .filter((entry) => entry.place === 'model' || entry.place === 'operator' || entry.place === 'initialiser')
  .filter((entry) => !('checkedOnly' in entry && entry.checkedOnly))
  .flatMap((entry) => entry.examples.map((example) => ({ entry, example })));

/** Checks, plans and compiles an example; what stands in the way fails the test. */
export function compiledExample(entry: Entry, example: string): Compiled {
  const analyser = createAnalyser(files);
  const text = program(exampleProgram(entry, example));
  const answer = makePlan(analyser, { file: 'example.model', text, action: 'train' });
  if (answer.kind === 'problems') {
    return expect.fail(answer.problems.map((problem) => render(problem.message)).join('\n'));
  }
  return compile(answer.plan);
}

/** Small seeded numbers for everything that the program asks for. */
export function feed(lowered: Program, { initial, weights }: Compiled): Record<string, ArrayLike<number>> {
  const inputs: Record<string, ArrayLike<number>> = {};
  for (const [seed, { kind, name, tensor }] of lowered.inputs.entries()) {
    const size = tensor.shape.reduce((a, b) => a * b, 1);
    const drawn = numbers(size, seed + 3);
    const weight = weights.find((one) => one.path === name);
    if (kind === 'weight' && weight) inputs[`${kind} ${name}`] = initial(weight, 1);
    else if (kind === 'state' || kind === 'rate') inputs[`${kind} ${name}`] = drawn.map(Math.abs);
    else if (kind === 'random') inputs[`${kind} ${name}`] = drawn.map((x) => Math.abs(x % 1));
    else if (tensor.dtype === 'bool') inputs[`${kind} ${name}`] = drawn.map((x) => (x > 0 ? 1 : 0));
    else if (tensor.dtype === 'int32') inputs[`${kind} ${name}`] = drawn.map((x) => Math.floor(Math.abs(x) * 10));
    else inputs[`${kind} ${name}`] = kind === 'step' ? [1] : drawn;
  }
  return inputs;
}
