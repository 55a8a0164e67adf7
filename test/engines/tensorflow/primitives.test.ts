/** Every primitive's TensorFlow form against the interpreter, in the shapes and settings in which layers use it. */
import { afterAll, describe, expect, test } from 'vitest';
import { interpret, type Program, type ProgramInput } from '../../../compiler/index.ts';
import { createGraph, type Graph } from '../../../compiler/program/graph.ts';
import { primitives } from '../../../compiler/program/ops/index.ts';
import { finish } from '../../../compiler/program/program.ts';
import type { Attributes, Tensor } from '../../../compiler/program/tensor.ts';
import { forms } from '../../../compiler/tensorflow/forms/index.ts';
import type { HostTensor } from '../../../trainer/engine.ts';
import {
  gruCases,
  gruCasesOf,
  lstmCases,
  lstmCasesOf,
  type Case as SharedCase,
  cases as sharedCases,
  numbers as sharedNumbers,
} from '../../compiler/cases.ts';
import { programOf } from '../programs.ts';
import { type Case, cases, pools } from './cases.ts';
import { graphOf, load, openFor, whyNot } from './runtime.ts';

const runtime = (await openFor('library')) ?? (await openFor('package'));
const seen = new Set<string>();

function apply(g: Graph, name: string, inputs: readonly Tensor[], attributes: Attributes): readonly Tensor[] {
  const primitive = primitives.find((other) => other.name === name);
  if (!primitive) throw new Error(`no primitive ${name}`);
  return g.apply(primitive, inputs, attributes);
}

/** Numbers that look random and are the same each time. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed * 7919 + 17;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 4 - 2;
  });
}

function build({ primitive, inputs, attributes = {}, outputs }: Case): Program {
  const g = createGraph();
  const fields = inputs.map((input, i): ProgramInput => {
    const info = 'dtype' in input ? input : { dtype: 'float32' as const, shape: input };
    return { kind: 'field', name: `x${i}`, tensor: g.input(info) };
  });
  const tensors = fields.map((field) => field.tensor);
  const results = apply(g, primitive, tensors, attributes);
  const asked = outputs ?? results.map((_, i) => i);
  return finish(
    g,
    fields,
    asked.map((i) => ({ kind: 'output', name: `y${i}`, tensor: results[i]! })),
  );
}

if (runtime)
  describe('forms of primitives', () => {
    for (const one of cases) {
      seen.add(one.primitive);
      test(`${one.primitive}: ${one.title}`, async () => {
        await compare(build(one), one.map);
      });
    }

    // TensorFlow reorders sums: (t − t) + 1 comes out as (t + 1) − t, and equal cells are equal no more. Below they are fed.
    const comparable = sharedCases.filter(({ name }) => name !== 'maxPool2d with equal cells');
    for (const example of [...comparable, ...lstmCases, ...gruCases]) {
      test(`with its gradient: ${example.name}`, async () => {
        const program = programOf(example);
        for (const node of program.nodes) seen.add(node.primitive.name);
        await compareWith(program, valuesOf(program, example));
      });
    }

    // Fifty examples make three lanes of unequal size.
    for (const example of [...lstmCasesOf(25), ...gruCasesOf(25)]) {
      test(`in lanes: ${example.name}`, async () => {
        const program = programOf(example);
        await compareWith(program, valuesOf(program, example), 3);
      });
    }

    test('maxPool2dGradient', async () => {
      seen.add('maxPool2dGradient');
      for (const { x, y, window, stride, padding } of pools) {
        const g = createGraph();
        const inputs = [
          { kind: 'field' as const, name: 'x0', tensor: g.input({ dtype: 'float32', shape: x }) },
          { kind: 'field' as const, name: 'x1', tensor: g.input({ dtype: 'float32', shape: y }) },
        ];
        const [x0, dy] = inputs.map((input) => input.tensor);
        const [pooled] = apply(g, 'maxPool2d', [x0!], { window, stride, padding });
        const [dx] = apply(g, 'maxPool2dGradient', [x0!, pooled!, dy!], { window, stride, padding });
        const program = finish(g, inputs, [{ kind: 'output', name: 'y0', tensor: dx! }]);
        await compare(program);
        // Whole numbers: most windows have several largest cells, of which the first one counts.
        await compare(program, Math.round);
      }
    });

    test('slopes of relu, tanh and sigmoid become kernels', async () => {
      for (const of of ['relu', 'tanh', 'sigmoid']) {
        const g = createGraph();
        const inputs = ['x0', 'x1'].map((name) => ({
          kind: 'field' as const,
          name,
          tensor: g.input({ dtype: 'float32', shape: [3, 5] }),
        }));
        const [x, dy] = inputs.map((input) => input.tensor);
        const [y] = apply(g, 'unary', [x!], { of });
        const node = g.producer(y!)!;
        const [dx] = node.primitive.gradient!(g, node, [dy]);
        const program = finish(g, inputs, [{ kind: 'output', name: 'y0', tensor: dx! }]);
        const text = Buffer.from(graphOf(program).file).toString('latin1');
        expect(text).toContain(`${of[0]!.toUpperCase()}${of.slice(1)}Grad`);
        await compare(program);
      }
    });

    test('every primitive is tried here', () => {
      seen.add('constant');
      expect([...seen].sort()).toEqual(
        [...new Set([...primitives.map((primitive) => primitive.name), 'constant'])].sort(),
      );
    });
  });

test('every primitive has a form', () => {
  expect(Object.keys(forms).sort()).toEqual(primitives.map((primitive) => primitive.name).sort());
});

if (!runtime) test.skip(`primitives on TensorFlow: ${whyNot('library')}`, () => undefined);

async function compare(program: Program, map: (x: number) => number = (x) => x): Promise<void> {
  const values = program.inputs.map(({ name, tensor }, i): HostTensor & { name: string } => {
    const count = tensor.shape.reduce((a, b) => a * b, 1);
    const random = numbers(count, i + 1).map(map);
    if (tensor.dtype === 'float32') return { name, dtype: tensor.dtype, shape: tensor.shape, data: random };
    const below = tensor.dtype === 'bool' ? 2 : tensor.dtype === 'uint8' ? 255 : 5;
    const data = Array.from(
      random,
      (x) => Math.abs(Math.floor(x * 1000)) % below || (tensor.dtype === 'int32' ? 1 : 0),
    );
    return {
      name,
      dtype: tensor.dtype,
      shape: tensor.shape,
      data: tensor.dtype === 'int32' ? Int32Array.from(data) : Uint8Array.from(data),
    };
  });
  await compareWith(program, values);
}

function valuesOf(program: Program, example: SharedCase): readonly (HostTensor & { name: string })[] {
  return program.inputs.map(({ name, tensor }, i) => {
    const count = tensor.shape.reduce((a, b) => a * b, 1);
    const values = sharedNumbers(count, i + 1, i < example.inputs.length ? example.range : undefined);
    return { name, dtype: 'float32', shape: tensor.shape, data: Float32Array.from(values) };
  });
}

async function compareWith(
  program: Program,
  values: readonly (HostTensor & { name: string })[],
  lanes = 1,
): Promise<void> {
  const wanted = interpret(program, Object.fromEntries(values.map(({ name, data }) => [`field ${name}`, data])));
  const { file, signatures } = graphOf(program, lanes);
  const model = await load(runtime!, file, signatures);
  const found = await model.run('run', Object.fromEntries(values.map(({ name, ...tensor }) => [name, tensor])));
  model.dispose();
  for (const [i, output] of program.outputs.entries()) {
    const { shape, data } = wanted[i]!;
    const result = found[output.name]!;
    expect(result.shape).toEqual(shape);
    const largest = Math.max(1, ...Array.from(data, Math.abs));
    expect(farthest(result.data, data) / largest).toBeLessThan(2e-5);
  }
}

/** Largest difference. */
function farthest(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let worst = found.length === wanted.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs(found[i]! - wanted[i]!);
    worst = Math.max(worst, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return worst;
}

afterAll(() => seen.clear());
