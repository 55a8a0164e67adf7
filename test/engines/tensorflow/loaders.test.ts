/** Both loaders on a tiny hand-made graph: a variable that is filled, moved and read. */
import { expect, test } from 'vitest';
import { encodeSavedModel, type Signature } from '../../../compiler/index.ts';
import type { TensorflowOperation } from '../../../compiler/tensorflow/graph-def.ts';
import { type Kind, load, openFor, whyNot } from './runtime.ts';

const float = { type: 'float32' } as const;
const shape = { shape: { shape: [2] } } as const;
const tensor = (key: string, name: string) => ({ key, tensor: `${name}:0`, dtype: 'float32' as const, shape: [2] });

const operations: readonly TensorflowOperation[] = [
  { name: 'w', type: 'VarHandleOp', inputs: [], attributes: { dtype: float, ...shape, shared_name: { text: 'w' } } },
  { name: 'x', type: 'Placeholder', inputs: [], attributes: { dtype: float, ...shape } },
  { name: 'set', type: 'AssignVariableOp', inputs: ['w', 'x'], attributes: { dtype: float } },
  { name: 'done', type: 'Identity', inputs: ['x', '^set'], attributes: { T: float } },
  { name: 'read', type: 'ReadVariableOp', inputs: ['w'], attributes: { dtype: float } },
  { name: 'sum', type: 'AddV2', inputs: ['read', 'x'], attributes: { T: float } },
  { name: 'move', type: 'AssignVariableOp', inputs: ['w', 'sum'], attributes: { dtype: float } },
  { name: 'moved', type: 'Identity', inputs: ['sum', '^move'], attributes: { T: float } },
];
const signatures: readonly Signature[] = [
  { name: 'load', inputs: [tensor('value', 'x')], outputs: [tensor('done', 'done')] },
  { name: 'move', inputs: [tensor('by', 'x')], outputs: [tensor('sum', 'moved')] },
  { name: 'save', inputs: [], outputs: [tensor('value', 'read')] },
];

for (const kind of ['package', 'library'] satisfies Kind[]) {
  test(`signatures share one variable (${kind})`, async (context) => {
    const runtime = await openFor(kind);
    if (!runtime) return context.skip(whyNot(kind));
    const model = await load(runtime, encodeSavedModel(operations, signatures), signatures);
    const numbers = (...values: number[]) => ({
      dtype: 'float32' as const,
      shape: [2],
      data: Float32Array.from(values),
    });
    await model.run('load', { value: numbers(1, 2) });
    const moved = await model.run('move', { by: numbers(10, 20) });
    expect([...(moved.sum?.data ?? [])]).toEqual([11, 22]);
    await model.run('move', { by: numbers(0.5, 0.25) });
    const saved = await model.run('save', {});
    expect([...(saved.value?.data ?? [])]).toEqual([11.5, 22.25]);
    model.dispose();
    expect(runtime.version).toMatch(/^2\./);
    expect(runtime.devices).toContain('CPU');
  });
}

const values = [
  { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 7, 255) },
  { dtype: 'int32', shape: [2], data: Int32Array.of(-5, 1 << 30) },
  { dtype: 'bool', shape: [2, 1], data: Uint8Array.of(1, 0) },
  { dtype: 'float32', shape: [], data: Float32Array.of(0.1) },
] as const;

/** Each value goes in and comes out again, bytes as whole numbers. */
function throughAll(): { readonly operations: TensorflowOperation[]; readonly signatures: readonly Signature[] } {
  const operations: TensorflowOperation[] = [];
  const ends = values.map(({ dtype, shape }, i) => {
    operations.push({
      name: `in${i}`,
      type: 'Placeholder',
      inputs: [],
      attributes: { dtype: { type: dtype }, shape: { shape } },
    });
    const wide = dtype === 'uint8' ? ('int32' as const) : dtype;
    const attributes = { SrcT: { type: dtype }, DstT: { type: wide } } as const;
    operations.push({ name: `out${i}`, type: 'Cast', inputs: [`in${i}`], attributes });
    return {
      from: { key: `value ${i}`, tensor: `in${i}:0`, dtype, shape },
      to: { key: `same ${i}`, tensor: `out${i}:0`, dtype: wide, shape },
    };
  });
  const signature = { name: 'through', inputs: ends.map(({ from }) => from), outputs: ends.map(({ to }) => to) };
  return { operations, signatures: [signature] };
}

for (const kind of ['package', 'library'] satisfies Kind[]) {
  test(`every type of number goes in and out (${kind})`, async (context) => {
    const runtime = await openFor(kind);
    if (!runtime) return context.skip(whyNot(kind));
    const graph = throughAll();
    const model = await load(runtime, encodeSavedModel(graph.operations, graph.signatures), graph.signatures);
    const results = await model.run('through', Object.fromEntries(values.map((value, i) => [`value ${i}`, value])));
    for (const [i, { dtype, shape, data }] of values.entries()) {
      const { dtype: found, shape: size, data: same } = results[`same ${i}`]!;
      expect(found).toBe(dtype === 'uint8' ? 'int32' : dtype);
      expect(size).toEqual(shape);
      expect([...same]).toEqual([...data]);
    }
    model.dispose();
  });

  test(`an error of TensorFlow names what it says (${kind})`, async (context) => {
    const runtime = await openFor(kind);
    if (!runtime) return context.skip(whyNot(kind));
    const model = await load(runtime, encodeSavedModel(operations, signatures), signatures);
    await expect(model.run('save', {})).rejects.toThrow(/uninitialized|does not exist|not found/i);
    model.dispose();
  });
}
