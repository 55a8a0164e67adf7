/** The inside of trained models on a real engine: filters as the checkpoint has them, distributions, attention, saliency. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFiles } from '../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../language/index.ts';
import { isUseLayersAnswer, type UseLayersAnswer, type UseLayersAsk } from '../../protocol/index.ts';
import type { AnswerDeps } from '../../trainer/answer/evaluate.ts';
import { useLayers } from '../../trainer/answer/use-layers.ts';
import { openUsed, type Used } from '../../trainer/answer/use-open.ts';
import { loadData } from '../../trainer/data/prepare.ts';
import { createOnnxEngine } from '../../trainer/engines/onnx/engine.ts';
import { catalogArithmetic } from '../../trainer/run/arithmetic.ts';
import { realDisk } from '../../trainer/run/disk.ts';
import { readTensors } from '../../trainer/run/safetensors.ts';
import { fakeRun } from './run-helper.ts';

const deps: AnswerDeps = {
  disk: realDisk,
  openEngine: () => createOnnxEngine({ threads: 1 }),
  prepare: loadData,
  dataFolder: undefined,
  threads: 1,
  arithmetic: catalogArithmetic,
};

const folder = mkdtempSync(join(tmpdir(), 'mw-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const around = { signal: new AbortController().signal };

async function trained(name: string, program: string): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, program);
  const answer = makePlan(createAnalyser(createFiles()), { file, text: program, action: 'train' });
  if (answer.kind !== 'plan') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  const run = await fakeRun(answer.plan, { deps, runs: join(folder, `${name}-runs`) });
  expect(run.record.state).toBe('finished');
  return run.folder;
}

type AnswerTo<K extends UseLayersAsk['kind']> = Extract<UseLayersAnswer, { kind: K }>;

async function ask<K extends UseLayersAsk['kind']>(
  used: Used,
  question: Extract<UseLayersAsk, { kind: K }>,
): Promise<AnswerTo<K>> {
  const answer = await useLayers(question, used, around);
  expect(isUseLayersAnswer(JSON.parse(JSON.stringify(answer)))).toBe(true);
  return answer as AnswerTo<K>;
}

const floats = (base64: string) => {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};

const digits = resolve('examples', 'digits');
const DIGITS = `
data Digits {
  source: idx(images: "${digits}/train-images.idx.gz", labels: "${digits}/train-labels.idx.gz")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}
model Reader {
  input image: float32[28, 28, 1]
  output digit = image -> Conv2D(8, 3, relu) -> MaxPool2D(2) -> Flatten -> Dense(16, tanh) -> Dense(10, softmax)
}
train Reader on Digits {
  loss: crossEntropy(digit, label)
  metrics: accuracy(digit, label)
  steps: 60
  batch: 32
}`;

describe('a model of pictures', () => {
  let used: Used;
  let run: string;
  beforeAll(async () => {
    run = await trained('digits.model', DIGITS);
    used = await openUsed(run, deps);
  });
  afterAll(() => used.dispose());

  test('filters are the bytes of the checkpoint, and their norms its numbers', async () => {
    const { path } = used.about.checkpoint;
    const read = readTensors(readFileSync(join(run, path, 'weights.safetensors')));
    const kernel = read.ok ? read.tensors.get('Reader/Conv2D.0/kernel')! : expect.fail(read.why);
    const answer = await ask(used, { kind: 'filters', path: 'Reader/Conv2D.0' });
    expect(answer.shape).toEqual([3, 3, 1, 8]);
    const { buffer, byteOffset, byteLength } = kernel.data;
    expect(Buffer.from(answer.values!, 'base64').equals(Buffer.from(buffer, byteOffset, byteLength))).toBe(true);
    const first = Array.from(kernel.data).filter((_, i) => i % 8 === 3);
    expect(answer.norms[3]).toBeCloseTo(Math.hypot(...first), 5);
    const dense = await ask(used, { kind: 'filters', path: 'Reader/Dense.0' });
    expect([dense.values, dense.norms.length]).toEqual([undefined, 16]);
    await expect(useLayers({ kind: 'filters', path: 'Reader/Flatten.0' }, used, around)).rejects.toThrow('no weights');
  });

  test('distributions: all weights, gradients and results, each at the same ends, weights from their start on', async () => {
    const answer = await ask(used, { kind: 'distribution', path: 'Reader/Dense.0' });
    expect(answer.series.map(({ of, name, times }) => [of, name, times[0]?.step, times.at(-1)?.step])).toEqual([
      ['weights', 'kernel', 0, 60],
      ['weights', 'bias', 0, 60],
      ['gradients', 'kernel', 57, 60],
      ['gradients', 'bias', 57, 60],
      ['results', '', 57, 60],
    ]);
    for (const { times } of answer.series) {
      expect(new Set(times.map(({ low, high }) => `${low} ${high}`)).size).toBe(1);
      expect(new Set(times.map(({ counts }) => counts.reduce((a, b) => a + b, 0))).size).toBe(1);
    }
    const kernel = answer.series[0]!.times.at(-1)!;
    expect(kernel.counts.reduce((a, b) => a + b, 0)).toBe(13 * 13 * 8 * 16);
    expect([answer.part, answer.examples]).toEqual(['validation', 256]);
    expect(answer.series[4]!.times.at(-1)!.counts.reduce((a, b) => a + b, 0)).toBe(256 * 16);
    expect(answer.units).toMatchObject({ count: 16, deadCount: 0 });
    await expect(useLayers({ kind: 'distribution', path: 'Reader/None' }, used, around)).rejects.toThrow('no layer');
    const weights = await ask(used, { kind: 'distribution', path: 'Reader/Dense.0', only: 'weights' });
    expect(weights.series).toEqual(answer.series.slice(0, 2));
    expect(weights).toMatchObject({ examples: 0, units: undefined, trouble: undefined });
  });

  test('what nobody waits for any more is ended', async () => {
    const signal = AbortSignal.abort();
    await expect(useLayers({ kind: 'distribution', path: 'Reader/Dense.0' }, used, { signal })).rejects.toThrow(
      'abort',
    );
    const saliency = { kind: 'saliency', example: { part: 'validation', index: 0 }, method: 'integrated' } as const;
    await expect(useLayers(saliency, used, { signal })).rejects.toThrow('abort');
  });

  test.each([0, 7, 1_000_000])(
    'integrated gradients of row %i add up to the difference of the scores',
    async (index) => {
      const answer = await ask(used, {
        kind: 'saliency',
        example: { part: 'validation', index },
        method: 'integrated',
      });
      const difference = Number(answer.score) - Number(answer.nothing);
      expect(Math.abs(Number(answer.sum) - difference)).toBeLessThan(0.01 * Math.max(1, Math.abs(difference)));
      const [input] = answer.inputs;
      expect(input).toMatchObject({ field: 'image', form: 'picture', shape: [28, 28, 1] });
      expect(floats(input!.parts).reduce((a, b) => a + b, 0)).toBeCloseTo(Number(answer.sum), 3);
      expect(answer.scores.reduce<number>((a, b) => a + Number(b), 0)).toBeCloseTo(1, 5);
      expect(answer.target).toBe(
        answer.scores.indexOf(answer.scores.reduce((a, b) => (Number(b) > Number(a) ? b : a))),
      );
      expect(answer.example.index).toBe(Math.min(index, answer.example.rows - 1));
      expect(answer.truth).toMatch(/^\d$/);
    },
  );

  test('black points of a picture contribute nothing; another score can be asked for', async () => {
    const example = { part: 'validation', index: 3 } as const;
    const answer = await ask(used, { kind: 'saliency', example, method: 'gradient', target: 4 });
    expect([answer.target, answer.output]).toEqual([4, 'digit']);
    const [values, parts] = [floats(answer.inputs[0]!.values!), floats(answer.inputs[0]!.parts)];
    expect(values.some((value) => value > 0)).toBe(true);
    for (const [i, value] of values.entries()) if (value === 0) expect(parts[i]! + 0).toBe(0);
  });

  test('a model without attention says so', async () => {
    const example = { part: 'validation', index: 0 } as const;
    await expect(useLayers({ kind: 'attention', example, look: 0 }, used, around)).rejects.toThrow('no attention');
  });
});

const TALES = `
data Tales {
  source: text("${resolve('examples', 'gpt', 'tales.txt')}")
  window: int32[17] = characters -> Index -> windows(17, stride: 64)
  tokens: int32[16] = window[..-1]
  next: int32[16] = window[1..]
  validation: 10%
}
model Tiny {
  input tokens: int32[16]
  output logits = (tokens -> Embedding(60, 16)) + (range(16) -> Embedding(16, 16))
    -> residual { LayerNorm -> Attention(2, mask: causal) }
    -> residual { LayerNorm -> Attention(4, mask: causal) }
    -> Dense(60)
}
train Tiny on Tales {
  loss: crossEntropy(logits, next)
  steps: 20
  batch: 16
}`;

describe('a model of texts', () => {
  let used: Used;
  beforeAll(async () => {
    used = await openUsed(await trained('tales.model', TALES), deps);
  });
  afterAll(() => used.dispose());

  test('attention: heads by places, rows that sum to 1, nobody looks ahead, signs at the places', async () => {
    const example = { part: 'validation', index: 1 } as const;
    const answer = await ask(used, { kind: 'attention', example, look: 1 });
    expect(answer.looks).toHaveLength(2);
    expect(answer.looks[1]?.path).toContain('Attention');
    expect([answer.heads, answer.queries, answer.keys]).toEqual([4, 16, 16]);
    const values = floats(answer.values);
    expect(values).toHaveLength(4 * 16 * 16);
    for (let row = 0; row < 4 * 16; row++) {
      const own = values.subarray(row * 16, row * 16 + 16);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      for (let key = (row % 16) + 1; key < 16; key++) expect(own[key]).toBeLessThan(1e-6);
    }
    expect(answer.queryLabels).toHaveLength(16);
    expect(answer.queryLabels).toEqual(answer.keyLabels);
    expect(answer.queryLabels!.join('')).toMatch(/^[\p{L}␣.,!?'’"“”:;↵-]+$/u);
  });

  test('saliency: one part for each token, which add up', async () => {
    const example = { part: 'validation', index: 2 } as const;
    const answer = await ask(used, { kind: 'saliency', example, method: 'integrated' });
    const [input] = answer.inputs;
    expect(input).toMatchObject({ field: 'tokens', form: 'places', shape: [16], values: undefined });
    expect(input!.labels).toHaveLength(16);
    expect(answer.classes).toBe(60);
    expect(answer.names!.slice(0, 60).every((name) => /^[^\s]+$/u.test(name))).toBe(true);
    expect(floats(input!.parts).reduce((a, b) => a + b, 0)).toBeCloseTo(Number(answer.sum), 3);
    const difference = Number(answer.score) - Number(answer.nothing);
    expect(Math.abs(Number(answer.sum) - difference)).toBeLessThan(0.01 * Math.max(1, Math.abs(difference)));
  });
});

describe('a model of a table', () => {
  test('parts of a row have the names of their columns', async () => {
    const rows = Array.from({ length: 80 }, (_, i) => `${40 + i},${i % 7},${i % 3 === 0 ? 'yes' : 'no'},${3 * i + 5}`);
    writeFileSync(join(folder, 'rows.csv'), `size,age,north,price\n${rows.join('\n')}\n`);
    const program = `
data Houses {
  source: csv("rows.csv")
  features: float32[2] = stack(size, age) -> Normalize
  side: float32[2] = north -> OneHot
  price: float32 = price
  validation: 25%
}
model Price {
  input features: float32[2]
  input side: float32[2]
  output guess = concat(features, side) -> Dense(8, relu) -> Dense(1) -> squeeze
}
train Price on Houses {
  loss: mse(guess, price)
  steps: 20
  batch: 8
}`;
    const used = await openUsed(await trained('houses.model', program), deps);
    try {
      const example = { part: 'validation', index: 0 } as const;
      const answer = await ask(used, { kind: 'saliency', example, method: 'integrated' });
      expect(answer.inputs.map(({ field, form, labels }) => [field, form, labels])).toEqual([
        ['features', 'numbers', ['size', 'age']],
        ['side', 'numbers', ['north = no', 'north = yes']],
      ]);
      const difference = Number(answer.score) - Number(answer.nothing);
      expect(Math.abs(Number(answer.sum) - difference)).toBeLessThan(0.01 * Math.max(1, Math.abs(difference)));
    } finally {
      await used.dispose();
    }
  });
});
