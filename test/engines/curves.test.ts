/** The five bench models over 50 SGD steps against PyTorch, from the same weights on the same batch. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { HostTensor } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { benchModels, benchPlan } from '../compiler/bench-plans.ts';
import { numbers } from '../compiler/cases.ts';
import { call } from '../compiler/plans.ts';
import { findPython, type NamedTensor, torchCurve, writeTensors } from './references.ts';

const python = findPython();
const folder = mkdtempSync(join(tmpdir(), 'modelwright-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const steps = 50;
const rates = { cnn: 0.05, mlp: 0.05, lstm: 0.05, gpt: 0.05, resnet: 0.02 };

describe('loss curves agree with PyTorch', () => {
  for (const model of benchModels) {
    const title = 'missing' in python ? `${model} (skipped: ${python.missing})` : model;
    test.skipIf('missing' in python)(
      title,
      async () => {
        if ('missing' in python) return;
        const optimizer = call('optimizer/SGD', { lr: rates[model], momentum: 0, nesterov: false, decay: 0 });
        const plan = benchPlan(model, { optimizer });
        const batch = plan.train!.batch;
        const compiled = compile(plan);
        const engine = await createOnnxEngine({ threads: 1 });
        const session = await engine.open(compiled, { batch, threads: 1, seed: 1 });
        const fields: Record<string, HostTensor> = {};
        const tensors: NamedTensor[] = [];
        for (const input of compiled.lower('train', batch, { update: 'outside' }).inputs) {
          if (input.kind !== 'field') continue;
          const { dtype, shape } = input.tensor;
          const size = shape.reduce((a, b) => a * b, 1);
          const whole = numbers(size, 7, [0, model === 'gpt' ? 256 : 10]);
          const data = dtype === 'float32' ? Float32Array.from(numbers(size, 5, [-1, 1])) : Int32Array.from(whole);
          fields[input.name] = { dtype, shape, data };
          tensors.push({ name: input.name === 'image' ? 'x' : input.name, shape, data });
        }
        const { weights } = await session.save();
        [...weights.values()].forEach(({ shape, data }, i) => {
          tensors.push({ name: `weight ${String(i).padStart(4, '0')}`, shape, data: Float32Array.from(data) });
        });
        const file = join(folder, `${model}.safetensors`);
        writeTensors(file, tensors);
        const expected = torchCurve(python.path, model, file, steps, rates[model]);
        const losses: number[] = [];
        for (let step = 0; step < steps; step++) {
          const { loss } = await session.step(
            { size: batch, fields },
            { rate: rates[model], step, metrics: false, gradientNorm: false },
          );
          losses.push(loss);
        }
        await session.dispose();
        expect(losses.at(-1)!).toBeLessThan(losses[0]!);
        for (const [i, loss] of losses.entries()) {
          expect(Math.abs(loss - expected[i]!), `step ${i}: ${loss} and ${expected[i]}`).toBeLessThan(
            1e-4 * expected[i]!,
          );
        }
      },
      300_000,
    );
  }
});
