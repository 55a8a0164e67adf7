/** A run of our own taken into another program: the same numbers, from its folder, a checkpoint or the weights in it. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../../compiler/index.ts';
import type { Preparer } from '../../../trainer/data/feed.ts';
import type { Batch, HostTensor } from '../../../trainer/engine.ts';
import { createOnnxEngine } from '../../../trainer/engines/onnx/engine.ts';
import { pretrainedWeights } from '../../../trainer/pretrained/index.ts';
import { planOfModel } from '../../compiler/trained.ts';
import { fakeRun } from '../run-helper.ts';
import { planOf } from './program.ts';

const header = { kind: 'idx', dtype: 'float32', shape: [100, 6, 3] } as const;
const LINES = [
  's = x -> Dense(4, gelu) -> BatchNorm -> LSTM(5, sequences: true)',
  'm = mean(s, axis: 0)',
  '(first, rest) = split(m, [2, 3])',
  'h = concat(first * 2, rest, max(s, axis: 0))',
  'output y = h -> residual { Dense(10, tanh) -> Dropout(0.5) } -> LayerNorm -> Dense(2)',
];
const SIZE = 4;

const tensor = (shape: readonly number[], by: number): HostTensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * by)),
});
const x = tensor([SIZE, 6, 3], 0.7);
const batch: Batch = { size: SIZE, fields: { x, target: tensor([SIZE, 2], 0.3) } };

const rows: Preparer = {
  rows: { train: 20, validation: 0, test: 0 },
  hash: 'made',
  fitted: '{"version":1,"nodes":{}}\n',
  prepare: () => Promise.resolve(batch),
  dispose: () => Promise.resolve(),
};

test('the whole network, and cut at one of its layers', async () => {
  const made = planOfModel(LINES, { type: 'float32[6, 3]', header }, [
    'loss: mse(y, target)',
    'optimizer: Adam(0.01)',
    'batch: 4',
    'epochs: 3',
  ]);
  const engine = await createOnnxEngine({ threads: 1 });
  const { folder, record } = await fakeRun(made, {
    deps: {
      openEngine: () => createOnnxEngine({ threads: 1 }),
      prepare: () => Promise.resolve(rows),
      arithmetic: () => ({
        schedule: () => 0.01,
        watches: () => undefined,
        keeps: () => 'sums',
        compact: (_metric, numbers) => numbers,
        finish: () => 0,
      }),
    },
  });
  expect(record.state).toBe('finished');
  const home = join(folder, '..');
  writeFileSync(join(home, 'README'), 'programs beside runs');
  const name = record.id;
  const outputs: Float32Array[] = [];
  for (const path of [name, `${name}/checkpoints/15`, `${name}/checkpoints/15/weights.safetensors`]) {
    const plan = planOf(home, [6, 3], [2], `Pretrained(${JSON.stringify(path)})`);
    expect(plan.graph.weights.map((weight) => weight.path)).toContain('M/backbone/LSTM.0/kernel');
    const given = await pretrainedWeights(plan, undefined);
    expect([...given.keys()].sort()).toEqual(plan.graph.weights.map((weight) => weight.path).sort());
    const session = await engine.open(compile(plan, undefined, given), { batch: SIZE, threads: 1, seed: 9 });
    const { y } = await session.predict({ size: SIZE, fields: { x } });
    outputs.push(y!.data as Float32Array);
    await session.dispose();
  }
  const original = await engine.open(compile(made), { batch: SIZE, threads: 1, seed: 0 });
  const { weights } = await sessionState(folder);
  await original.restore({ weights, optimizer: new Map(), step: 15 });
  const { y } = await original.predict({ size: SIZE, fields: { x } });
  for (const output of outputs) expect(output).toEqual(y!.data);
  await original.dispose();
  // The same weights beside a program that has the layers.
  copyFileSync(join(folder, 'checkpoints', '15', 'weights.safetensors'), join(home, 'net.safetensors'));
  writeFileSync(join(home, 'net.model'), ['model M {', '  input x: float32[6, 3]', ...LINES, '}', ''].join('\n'));
  const plan = planOf(home, [6, 3], [2], 'Pretrained("net.safetensors", trainable: false) -> Dense(2)');
  expect(plan.graph.weights.filter(({ trainable }) => trainable).map(({ path }) => path)).toEqual([
    expect.stringMatching(/Dense\.\d\/kernel$/),
    expect.stringMatching(/Dense\.\d\/bias$/),
  ]);
  const beside = await pretrainedWeights(plan, undefined);
  expect(beside.size).toBe(weights.size);
  for (const [path, data] of beside) {
    expect(data).toEqual(weights.get(path.replace(/^M\/backbone(\/Pretrained\.0)?\//, 'M/'))?.data);
  }
  const cut = planOf(home, [6, 3], [6, 5], `Pretrained("${name}", output: "LSTM.0")`);
  expect(cut.graph.nodes.some(({ op }) => op === 'model/LayerNorm')).toBe(false);
  await engine.dispose();
});

async function sessionState(folder: string) {
  const { readCheckpoint } = await import('../../../trainer/run/checkpoint.ts');
  const { realDisk } = await import('../../../trainer/run/disk.ts');
  const read = readCheckpoint(realDisk, folder, 15);
  if ('why' in read) throw new Error(read.why);
  return read.train;
}
