/** The five bench models over 50 steps of SGD and of Adam on every engine against PyTorch, from the same weights on the same batch. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Compiled, compile } from '../../compiler/index.ts';
import type { HostTensor } from '../../trainer/engine.ts';
import { type BenchModel, benchModels, benchPlan } from '../compiler/bench-plans.ts';
import { numbers } from '../compiler/cases.ts';
import { call } from '../compiler/plans.ts';
import { type EngineUnderTest, engines } from './engines.ts';
import { findPython, type NamedTensor, torchCurve, writeTensors } from './references.ts';

const python = findPython();
const folder = mkdtempSync(join(tmpdir(), 'modelwright-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const steps = 50;
type Rule = 'SGD' | 'Adam';
const rules: readonly Rule[] = ['SGD', 'Adam'];

/** At larger rates random examples are chaotic: a difference in the last digit doubles from step to step. */
const rates: Readonly<Record<Rule, Readonly<Record<BenchModel, number>>>> = {
  SGD: { cnn: 0.02, mlp: 0.05, lstm: 0.05, gpt: 0.05, resnet: 0.02 },
  Adam: { cnn: 1e-4, mlp: 1e-4, lstm: 1e-4, gpt: 1e-4, resnet: 1e-4 },
};

describe('loss curves agree with PyTorch', () => {
  for (const model of benchModels) {
    for (const rule of rules) {
      for (const engine of engines) {
        const missing = 'missing' in python ? python.missing : engine.missing;
        const title = `${model} by ${rule} on ${engine.name}${missing === '' ? '' : ` (skipped: ${missing})`}`;
        test.skipIf(missing !== '')(title, () => compareCurves(model, rule, engine), engine.slow ? 900_000 : 300_000);
      }
    }
  }
});

/** Where a processor plays the GPU, whole batches would take up to an hour a model. */
const slowBatches = { cnn: 8, mlp: 8, lstm: 8, gpt: 1, resnet: 4 };
/** With the statistics of so few examples a ResNet is chaotic too: after some twenty equal steps, one unit that turns shows. */
const slowRates = { ...rates, SGD: { ...rates.SGD, resnet: 0.005 } };
const slowDifferences: Partial<Record<BenchModel, number>> = { resnet: 3e-4 };

async function compareCurves(model: BenchModel, rule: Rule, { open, slow }: EngineUnderTest): Promise<void> {
  const rate = (slow ? slowRates : rates)[rule][model];
  const optimizer =
    rule === 'SGD'
      ? call('optimizer/SGD', { lr: rate, momentum: 0, nesterov: false, decay: 0 })
      : call('optimizer/Adam', { lr: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false });
  const plan = benchPlan(model, slow ? { optimizer, batch: slowBatches[model] } : { optimizer });
  const size = plan.train!.batch;
  const compiled = compile(plan);
  const fields = batchFor(model, compiled, size);
  const expected = referenceCurve(`${model} ${rule} ${size}`, model, compiled, fields, { rate, rule });
  const engine = await open();
  const session = await engine.open(compiled, { batch: size, threads: 1, seed: 1 });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const options = { rate, step, metrics: false, gradientNorm: false };
    losses.push((await session.step([{ size, fields }], options)).loss);
  }
  await session.dispose();
  const most = (slow ? slowDifferences[model] : undefined) ?? 1e-4;
  expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  for (const [i, loss] of losses.entries()) {
    const difference = Math.abs(loss - expected[i]!);
    expect(difference, `step ${i}: ${loss} and ${expected[i]}`).toBeLessThan(most * expected[i]!);
  }
}

function batchFor(model: BenchModel, compiled: Compiled, size: number): Readonly<Record<string, HostTensor>> {
  const fields: Record<string, HostTensor> = {};
  for (const input of compiled.lower('train', size, { update: 'outside' }).inputs) {
    if (input.kind !== 'field') continue;
    const { dtype, shape } = input.tensor;
    const count = shape.reduce((a, b) => a * b, 1);
    const data =
      dtype === 'float32'
        ? Float32Array.from(numbers(count, 5, [-1, 1]))
        : Int32Array.from(numbers(count, 7, [0, model === 'gpt' ? 256 : 10]));
    fields[input.name] = { dtype, shape, data };
  }
  return fields;
}

const curves = new Map<string, readonly number[]>();

/** PyTorch's losses, computed once for all engines of a batch size: they start from the same weights. */
function referenceCurve(
  key: string,
  model: BenchModel,
  compiled: Compiled,
  fields: Readonly<Record<string, HostTensor>>,
  { rate, rule }: { readonly rate: number; readonly rule: Rule },
): readonly number[] {
  const before = curves.get(key);
  if (before) return before;
  if ('missing' in python) return [];
  const named = Object.entries(fields).map(([name, { shape, data }]): NamedTensor => {
    return { name: name === 'image' ? 'x' : name, shape, data: data instanceof Int32Array ? data : floats(data) };
  });
  const weights = compiled.weights.map((weight, i): NamedTensor => {
    const name = `weight ${String(i).padStart(4, '0')}`;
    return { name, shape: weight.shape, data: compiled.initial(weight, 1) };
  });
  const file = join(folder, `${model}.safetensors`);
  writeTensors(file, [...named, ...weights]);
  const curve = torchCurve(python.path, model, file, steps, rate, rule);
  curves.set(key, curve);
  return curve;
}

const floats = (data: ArrayLike<number>): Float32Array => Float32Array.from(data);
