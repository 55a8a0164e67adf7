/** `train/sees-answer` is told only where nothing but a forgotten step can be meant. */
import { expect, test } from 'vitest';
import { analyse } from './check.ts';

const program = `data Words {
  source: text("words.txt")
  tokens: int32[32] = characters -> Index -> windows(32)
  validation: 10%
}

model Writer {
  input tokens: int32[32]
  h = tokens -> Embedding(60, 32)
  output scores = h -> Attention(4, mask: causal) -> Dense(60)
}

train Writer on Words {
  loss: crossEntropy(scores, tokens)
  epochs: 3
}
`;

function told(...edits: readonly (readonly [string, string])[]): boolean {
  const text = edits.reduce((now, [from, to]) => now.replace(from, to), program);
  const { problems } = analyse(text).file;
  expect(problems.filter(({ code, severity }) => severity === 'error' && code !== 'data/missing-file')).toEqual([]);
  return problems.some(({ code }) => code === 'train/sees-answer');
}

test('told of attention, recurrence and convolutions that look back', () => {
  expect(told()).toBe(true);
  expect(told(['Attention(4, mask: causal)', 'LSTM(32, sequences: true)'])).toBe(true);
  expect(told(['Attention(4, mask: causal)', 'Conv1D(32, 3, relu, padding: causal)'])).toBe(true);
});

test('silent where the model may move the text itself, sees both sides, or sums it up first', () => {
  expect(told(['-> Embedding(60, 32)', '-> Embedding(60, 32) -> roll(by: 1, axis: 0)'])).toBe(false);
  expect(told(['scores = h', 'scores = concat(h[..1] * 0, h[..-1], axis: 0)'])).toBe(false);
  expect(told(['Attention(4, mask: causal)', 'Attention(4)'])).toBe(false);
  expect(
    told(['Attention(4, mask: causal)', 'LSTM(32) -> expand(0) -> tile([32, 1]) -> LSTM(8, sequences: true)']),
  ).toBe(false);
  expect(told(['(scores, tokens)', '(scores, tokens, where: tokens != 0)'])).toBe(false);
});

test('silent where the truth is another', () => {
  expect(
    told(
      ['  validation', '  next: int32[32] = characters -> Index -> windows(32, stride: 2)\n  validation'],
      ['(scores, tokens)', '(scores, next)'],
    ),
  ).toBe(false);
  expect(told(['(scores, tokens)', '(scores[..-1], tokens[1..])'])).toBe(false);
});
