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
    expect([...(moved['sum']?.data ?? [])]).toEqual([11, 22]);
    await model.run('move', { by: numbers(0.5, 0.25) });
    const saved = await model.run('save', {});
    expect([...(saved['value']?.data ?? [])]).toEqual([11.5, 22.25]);
    model.dispose();
    expect(runtime.version).toMatch(/^2\./);
    expect(runtime.devices).toContain('CPU');
  });
}
