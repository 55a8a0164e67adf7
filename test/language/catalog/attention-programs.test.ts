/**
 * What is made of attention in programs, without an entry of its own: relative positions by a bias of the scores, feed-forward
 * parts with gates, a mixture of experts, a decoder that looks at an encoder. Each checks without a word of warning, and a
 * training step moves every weight.
 */
import { expect, test } from 'vitest';
import { compile, interpret } from '../../../compiler/index.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import type { DataHeader } from '../../../language/files.ts';
import { render } from '../../../language/messages/render.ts';
import { makePlan } from '../../../language/plan/make-plan.ts';
import { filesOf } from '../check/check.ts';
import { numbers } from './apply.ts';

const headers: Record<string, DataHeader> = {
  'ids.idx': { kind: 'idx', dtype: 'int32', shape: [50, 8], range: [0, 29] },
  'other.idx': { kind: 'idx', dtype: 'int32', shape: [50, 8], range: [0, 29] },
  'label.idx': { kind: 'idx', dtype: 'int32', shape: [50], range: [0, 3] },
};

const data = `
data Texts {
  source: idx(ids: "ids.idx", other: "other.idx", label: "label.idx")
  ids: int32[8] = ids
  other: int32[8] = other
  label: int32 = label
}`;

const train = `
train M on Texts {
  loss: crossEntropy(kind, label)
  metrics: accuracy(kind, label)
  optimizer: AdamW(1e-3, exclude: [LayerNorm, RMSNorm, Embedding])
}`;

const programs: Readonly<Record<string, string>> = {
  'relative positions as a bias of the scores': `
block Relative(heads: int, far: int = 7) {
  input x: float32[T, D]
  layer biases = Embedding(2 * far + 1, heads)
  apart = range(T) - expand(range(T)) + far
  near = min(max(apart, 0), 2 * far)
  output x -> Attention(heads, scoreBias: near -> biases -> transpose([2, 0, 1]))
}
model M {
  input ids: int32[8]
  x = ids -> Embedding(30, 16)
  y = x -> residual { Relative(4) }
  output kind = y -> LayerNorm -> mean(axis: 0) -> Dense(4, softmax)
}`,
  'rotary places, shared key heads, a gated feed-forward part': `
block SwiGlu(wide: int) {
  input x: float32[..., D]
  (a, c) = x -> Dense(2 * wide, bias: false) -> split(2)
  output silu(a) * c -> Dense(D, bias: false)
}
block Layer(heads: int) {
  input x: float32[T, D]
  y = x + (x -> RMSNorm -> Attention(heads, keyHeads: heads // 2, rotary: true, mask: causal, bias: false))
  output y + (y -> RMSNorm -> SwiGlu(2 * D))
}
model M {
  input ids: int32[8]
  output kind = ids -> Embedding(30, 16) -> repeat(2) { Layer(4) } -> RMSNorm -> mean(axis: 0) -> Dense(4, softmax)
}`,
  'a mixture of experts with dense routing': `
block Experts(count: int, wide: int) {
  input x: float32[T, D]
  shares = x -> Dense(count, softmax)
  said = tile(expand(x, 0), [count, 1, 1]) -> each { Dense(wide, gelu) -> Dense(D) }
  output sum(said * expand(transpose(shares)), axis: 0)
}
model M {
  input ids: int32[8]
  x = ids -> Embedding(30, 12)
  y = x + (x -> LayerNorm -> Experts(3, 20))
  output kind = y -> LayerNorm -> mean(axis: 0) -> Dense(4, softmax)
}`,
  'a decoder that looks at an encoder, with masks': `
model M {
  input ids: int32[8]
  input other: int32[8]
  layer embed = Embedding(30, 12)
  real = other != 0
  memory = other -> embed -> Attention(3, mask: real) -> LayerNorm
  own = ids -> embed -> Attention(3, mask: (causal, ids != 0)) -> LayerNorm
  seen = own + (own -> Attention(3, memory: memory, mask: real))
  output kind = seen -> mean(axis: 0) -> Dense(4, softmax)
}`,
  'attention over each axis of a grid': `
model M {
  input ids: int32[8]
  grid: [2, 4, 12] = ids -> Embedding(30, 12) -> reshape([2, 4, 12])
  rows = grid + (grid -> Attention(2))
  turned = rows -> transpose([1, 0, 2])
  columns = turned + (turned -> Attention(2))
  output kind = columns -> mean(axis: [0, 1]) -> Dense(4, softmax)
}`,
  'gated linear units': `
model M {
  input ids: int32[8]
  output kind = ids -> Embedding(30, 12) -> Dense(24) -> glu -> mean(axis: 0) -> Dense(4, softmax)
}`,
};

test.each(Object.keys(programs))('%s', (name) => {
  const text = `${data}\n${programs[name]}\n${train}`;
  const analyser = createAnalyser(filesOf({ headers }));
  const said = analyser
    .analyse('test.model', text)
    .problems.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map((problem) => `${problem.code}: ${render(problem.message)} at ${text.slice(problem.start, problem.end)}`);
  expect([...said, ...analyser.crashes]).toEqual([]);
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  if (answer.kind === 'problems') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  const compiled = compile(answer.plan);
  const lowered = compiled.lower('train', 2, { update: 'outside' });
  const inputs: Record<string, ArrayLike<number>> = {};
  for (const { kind, name: key, tensor } of lowered.inputs) {
    const size = tensor.shape.reduce((a, b) => a * b, 1);
    const weight = compiled.weights.find((one) => one.path === key);
    if (kind === 'weight' && weight) inputs[`${kind} ${key}`] = compiled.initial(weight, 1);
    else
      inputs[`${kind} ${key}`] = numbers(size, key.length).map(
        (value) => Math.floor(Math.abs(value) * 7) % (key === 'label' ? 4 : 30),
      );
  }
  const results = interpret(lowered, inputs);
  const moved = lowered.outputs.flatMap(({ kind, name: path }, i) =>
    kind === 'gradient' && results[i]!.data.some((value) => value !== 0) && results[i]!.data.every(Number.isFinite)
      ? [path]
      : [],
  );
  // What is added to all keys alike adds the same to all scores of a row, which the softmax takes out again.
  const idle = compiled.weights
    .map(({ path }) => path)
    .filter((path) => !moved.includes(path) && !path.endsWith('key/bias'));
  expect(idle).toEqual([]);
});
