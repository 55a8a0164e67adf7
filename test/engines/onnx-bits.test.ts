/** On one number of threads, ONNX Runtime takes the same steps bit for bit in every run, several threads included. */
import { expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Batch, HostTensor } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { benchPlan } from '../compiler/bench-plans.ts';
import { numbers } from '../compiler/cases.ts';

const SIZE = 16;

async function bitsOf(model: Parameters<typeof benchPlan>[0], threads: number): Promise<readonly string[]> {
  const compiled = compile(benchPlan(model));
  const engine = await createOnnxEngine({ threads });
  const session = await engine.open(compiled, { batch: SIZE, threads, seed: 1 });
  const fields = compiled.lower('train', SIZE, { update: 'outside' }).inputs.flatMap(({ kind, name, tensor }, i) => {
    if (kind !== 'field') return [];
    const { dtype, shape } = tensor;
    const count = shape.reduce((product, n) => product * n, 1);
    const data =
      dtype === 'float32' ? Float32Array.from(numbers(count, i)) : Int32Array.from(numbers(count, i, [0, 10]));
    return [[name, { dtype, shape, data }] as [string, HostTensor]];
  });
  const batch: Batch = { size: SIZE, fields: Object.fromEntries(fields) };
  for (let step = 0; step < 3; step++) {
    await session.step([batch], { rate: 0.01, step, metrics: true, gradientNorm: false });
  }
  const { weights, optimizer } = await session.save();
  await session.dispose();
  await engine.dispose();
  return [...weights, ...optimizer].map(([name, { data }]) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return `${name} ${bytes.toString('base64')}`;
  });
}

for (const model of ['cnn', 'resnet', 'gpt', 'lstm'] as const) {
  test(`${model} on two threads`, async () => {
    expect(await bitsOf(model, 2)).toEqual(await bitsOf(model, 2));
  });
}
