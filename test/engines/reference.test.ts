/** The published models and the programs of the language reference take a training step on the default engine; large ones at a smaller width. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import { costPlan, type Plan, summarise } from '../../language/index.ts';
import type { Batch, Engine, HostTensor } from '../../trainer/engine.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { numbers } from '../compiler/cases.ts';
import { analyserOfPrograms, examples, textOf } from '../language/reference-models/programs.ts';

interface Step {
  readonly program: string;
  readonly unit: string;
  /** Parameters and sizes under which a step is short. */
  readonly sets?: Readonly<Record<string, string>>;
  readonly batch?: number;
}

const steps: readonly Step[] = [
  { program: 'reference/01-digits-cnn', unit: 'Digits' },
  { program: 'reference/02-mnist-convnet', unit: 'Convnet' },
  { program: 'reference/05-alexnet', unit: 'AlexNet', sets: { width: '64', classes: '10' } },
  {
    program: 'reference/06-vgg-16',
    unit: 'VGG',
    sets: { filters: '[4, 8, 8, 16, 16]', width: '16', classes: '10' },
    batch: 1,
  },
  { program: 'reference/07-resnet-50', unit: 'ResNet50', sets: { width: '8', classes: '10' } },
  { program: 'reference/07-resnet-50', unit: 'KerasResNet50', sets: { width: '8', classes: '10' } },
  { program: 'reference/08-resnet-18', unit: 'ResNet18', sets: { width: '8', classes: '10' } },
  { program: 'reference/10-inception-v3', unit: 'InceptionV3', sets: { classes: '10' }, batch: 1 },
  { program: 'reference/11-squeezenet', unit: 'SqueezeNet10', sets: { classes: '10' }, batch: 1 },
  { program: 'reference/11-squeezenet', unit: 'SqueezeNet11', sets: { classes: '10' }, batch: 1 },
  { program: 'reference/14-mobilenet-v3-small', unit: 'MobileNetV3Small', sets: { classes: '10' } },
  { program: 'reference/16-xception', unit: 'Xception', sets: { classes: '10', depth: '1' }, batch: 1 },
  { program: 'reference/18-resnext-50', unit: 'ResNeXt50', sets: { width: '16', classes: '10' } },
  { program: 'reference/19-convnext-tiny', unit: 'ConvNeXtTiny', sets: { width: '16', classes: '10' } },
  { program: 'reference/21-autoencoder', unit: 'Autoencoder' },
  { program: 'reference/22-vae', unit: 'VAE' },
  { program: 'reference/24-dcgan', unit: 'Discriminator' },
  { program: 'reference/24-dcgan', unit: 'Generator' },
  { program: 'reference/26-imdb-lstm', unit: 'Sentiment', sets: { T: '12', vocab: '50' } },
  { program: 'reference/27-seq2seq', unit: 'Translate', sets: { N: '5', M: '7', width: '32' } },
  {
    program: 'reference/29-transformer',
    unit: 'Transformer',
    sets: { N: '6', M: '5', vocab: '50', width: '32', inner: '64', heads: '4' },
  },
  { program: 'reference/31-gpt-2', unit: 'GPT2', sets: { T: '9', vocab: '50', width: '48' } },
  { program: 'reference/32-vit-b-16', unit: 'ViT', sets: { width: '48', inner: '96', classes: '10' } },
  { program: 'reference/37-deep-speech-2', unit: 'DeepSpeech2', sets: { units: '16', depth: '2' }, batch: 1 },
  { program: 'reference/39-wide-and-deep', unit: 'WideAndDeep' },
  { program: 'reference/41-neumf', unit: 'NeuMF', sets: { users: '20', items: '30' } },
  { program: 'reference/42-two-tower', unit: 'Retrieval', sets: { users: '20', items: '30' } },
  { program: 'language/1-mnist', unit: 'Digits' },
  { program: 'language/2-housing-mlp', unit: 'Price' },
  { program: 'language/3-reviews-lstm', unit: 'Sentiment', sets: { T: '12', vocab: '50' } },
  { program: 'language/4-vae', unit: 'VAE' },
  { program: 'language/5-resnet', unit: 'ResNet' },
  { program: 'language/6-gpt-mini', unit: 'GPT', sets: { T: '16', width: '48' } },
  { program: 'language/7-bert-mini', unit: 'Bert', sets: { T: '16', vocab: '50', width: '64' } },
  { program: 'language/8-two-tower', unit: 'Recommender', sets: { N: '5', users: '20', movies: '30' } },
  { program: 'language/11-multi-task', unit: 'Face' },
];

const engine: Promise<Engine> = createOnnxEngine({ threads: 2 });
afterAll(async () => (await engine).dispose());

test.each(steps)('$program $unit', async (step) => {
  const plan = planOf(step);
  const compiled = compile(plan);
  const size = plan.train?.batch ?? 1;
  const session = await (await engine).open(compiled, { batch: size, threads: 2, seed: 0 });
  const before = await session.save();
  const batch = batchOf(plan, size);
  const { loss, gradientNorm } = await session.step([batch], {
    rate: 1e-3,
    step: 0,
    metrics: false,
    gradientNorm: true,
  });
  expect(Number.isFinite(loss)).toBe(true);
  expect(gradientNorm).toBeGreaterThan(0);
  expect(gradientNorm).toBeLessThan(Number.POSITIVE_INFINITY);
  const { weights } = await session.save();
  const moved = plan.graph.weights.filter(({ path }) => {
    const [old, now] = [before.weights.get(path)?.data, weights.get(path)?.data];
    return now?.some((value, i) => value !== old?.[i]);
  });
  // A bias in front of a normalisation may stay where it is, and rows of a table that no example names.
  expect(moved.length).toBeGreaterThan(plan.graph.weights.length / 2);
  await session.dispose();
});

function planOf({ program, unit, sets, batch = 2 }: Step): Plan {
  const path = `${program}.model`;
  const file = join(examples, path);
  const summary = summarise(analyserOfPrograms(), { file, text: textOf(path), unit, sets: { ...sets } });
  expect(summary?.unknown).toEqual([]);
  const plan = summary && costPlan(summary, file, batch);
  if (!plan) throw new Error(`${unit} has a size that is only a name.`);
  return plan;
}

/** Numbers without a pattern, and small whole numbers for what looks up. */
function batchOf(plan: Plan, size: number): Batch {
  const fields = compile(plan)
    .lower('train', size, { update: 'outside' })
    .inputs.flatMap(({ kind, name, tensor }, seed): readonly (readonly [string, HostTensor])[] => {
      if (kind !== 'field') return [];
      const { dtype, shape } = tensor;
      const count = shape.reduce((a, b) => a * b, 1);
      const whole = numbers(count, seed, [0, dtype === 'bool' ? 2 : 10]).map(Math.floor);
      const data =
        dtype === 'float32'
          ? Float32Array.from(numbers(count, seed, [0, 1]))
          : dtype === 'int32'
            ? Int32Array.from(whole)
            : Uint8Array.from(whole);
      return [[name, { dtype, shape, data }]];
    });
  return { size, fields: Object.fromEntries(fields) };
}
