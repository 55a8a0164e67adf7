/** What a model costs, counted from its program: exact where it can be, and the warning where a run finds no room. */
import { expect, test } from 'vitest';
import { costOf } from '../../../compiler/index.ts';
import {
  type Cost,
  costPlan,
  createAnalyser,
  fitOf,
  largestBatch,
  memoryProblem,
  render,
  summarise,
  tensorFileBytes,
} from '../../../language/index.ts';
import { filesOf } from '../check/check.ts';

const program = (batch: string) => `data D {
  source: idx(images: "images", labels: "labels")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
}
model M(classes: int = 10) {
  input image: float32[28, 28, 1]
  output digit = image -> Conv2D(32, 3, relu) -> BatchNorm -> Flatten -> Dense(classes, softmax)
}
train M on D {
  loss: crossEntropy(digit, label)
  optimizer: SGD(0.1, momentum: 0.9)
${batch}}
`;

function costs(text: string, batch?: number): Cost {
  const analyser = createAnalyser(filesOf({}));
  const summary = summarise(analyser, { file: 'test.model', text, unit: 'M' });
  const plan = summary && costPlan(summary, 'test.model', batch);
  if (!plan) throw new Error('no plan');
  return costOf(plan);
}

test('weights, gradients and state are counted exactly', () => {
  const cost = costs(program('  batch: 8\n'));
  const [conv, norm, dense] = [320, 128, 21_632 * 10 + 10];
  expect(cost).toMatchObject({
    parameters: conv + norm + dense,
    trainable: conv + norm / 2 + dense,
    batch: 8,
    macs: 26 * 26 * 32 * 9 + 21_632 * 10,
    weights: 4 * (conv + norm + dense),
    gradients: 4 * (conv + norm / 2 + dense),
    optimizer: 4 * (conv + norm / 2 + dense),
  });
});

test('values grow with the batch, the rest does not', () => {
  const [one, many] = [costs(program(''), 16), costs(program(''), 64)];
  expect(many.activations / one.activations).toBeCloseTo(4, 1);
  expect(many.working / one.working).toBeCloseTo(4, 1);
  expect(many.checkpoint).toBe(one.checkpoint);
  expect(many.gradients).toBe(one.gradients);
});

test('without a train block Adam is counted', () => {
  const text = 'model M {\n  input x: float32[4]\n  output y = x -> Dense(3)\n}\n';
  expect(costs(text)).toMatchObject({
    batch: 32,
    parameters: 15,
    weights: 60,
    gradients: 60,
    optimizer: 120,
    macs: 12,
  });
});

test('a size that is only a name cannot be counted', () => {
  const analyser = createAnalyser(filesOf({}));
  const text = 'model M {\n  input x: float32[T, 4]\n  output y = x -> Dense(3)\n}\n';
  const summary = summarise(analyser, { file: 'test.model', text })!;
  expect(costPlan(summary, 'test.model')).toBeUndefined();
  const sized = summarise(analyser, { file: 'test.model', text, sets: { T: '7' } })!;
  expect(costOf(costPlan(sized, 'test.model')!).macs).toBe(7 * 12);
  expect(sized.unknown).toEqual([]);
  expect(summarise(analyser, { file: 'test.model', text, sets: { S: '7' } })!.unknown).toEqual([
    { name: 'S', near: expect.anything() },
  ]);
});

test('a run that finds no room is warned of at its batch, with one that does', () => {
  const text = program('  batch: 4096\n');
  const analyser = createAnalyser(filesOf({}));
  const file = analyser.analyse('test.model', text);
  const cost = costs(text);
  const memory = 300e6;
  expect(fitOf(cost, memory)).toBe('exceeds');
  const problem = memoryProblem(file, 'M', cost, memory)!;
  expect(text.slice(problem.start, problem.end)).toBe('4096');
  expect(render(problem.message)).toMatch(
    /^Training at batch 4096 takes about [\d.]+ [MG]iB of memory, but there are 286 MiB\. A batch of \d+ finds room\.$/u,
  );
  const [edit] = problem.fixes[0]!.edits;
  const smaller = Number(edit!.newText);
  expect(smaller).toBeLessThanOrEqual(largestBatch(cost, memory));
  expect(fitOf(costs(text, smaller), memory)).toBe('fits');
  expect(memoryProblem(file, 'M', cost, 64e9)).toBeUndefined();
  expect(render(memoryProblem(file, 'M', cost, 1e6)!.message)).toContain('not even a single example');
});

test('a file of tensors is as long as it is written', () => {
  // 8 for the length; the head is filled up to a multiple of 8.
  const head = '{"__metadata__":{"format":"modelwright"},"Größe":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}';
  const bytes = new TextEncoder().encode(head).length;
  expect(tensorFileBytes([{ name: 'Größe', shape: [2, 3] }])).toBe(8 + Math.ceil(bytes / 8) * 8 + 24);
});
