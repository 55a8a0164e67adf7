/** Edits that the words of a run's finding propose. */
import { expect, test } from 'vitest';
import { proposedRate, runEdits } from '../../client/run/run-edits.ts';

const program = (optimizer: string, more = '') => `model M {
  input x: float32[2]
  output y = x -> Dense(1)
}

train M on D {
  loss: mse(y, z)
  optimizer: ${optimizer}${more}
}
`;

const done = (text: string, message: string): string[] =>
  runEdits(text, message).map((edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end));

const message =
  'The loss became infinite at step 3. The gradient grew in 2 steps. Try the learning rate 0.09, or limit the gradients (`clip: 1.0`).';

test('a limit of the gradients and the rate, each by itself', () => {
  expect(done(program('SGD(0.9, momentum: 0.5)'), message)).toEqual([
    program('SGD(0.9, momentum: 0.5)').replace('on D {', 'on D {\n  clip: 1.0'),
    program('SGD(0.09, momentum: 0.5)'),
  ]);
  expect(done(program('Adam(lr: 1e-1)'), 'The learning rate (0.1) is too high: Try 0.001.')).toEqual([
    program('Adam(lr: 0.001)'),
  ]);
});

test('nothing where it stands already, where the rate is a schedule, or where it is open which block', () => {
  expect(runEdits(program('SGD(0.9)', '\n  clip: 2'), 'limit the gradients (`clip: 1.0`)')).toEqual([]);
  expect(runEdits(program('Adam(cosine(0.1))'), 'Try the learning rate 0.01.')).toEqual([]);
  expect(runEdits(program('SGD(0.9)') + program('SGD(0.9)'), message)).toEqual([]);
  expect(runEdits(program('SGD(0.9)'), 'Try `batch: 32`; close other programs.')).toEqual([]);
});

test('the rate that a finding proposes, to go on with', () => {
  expect(proposedRate(message)).toBe(0.09);
  expect(proposedRate('Try `batch: 32`.')).toBeUndefined();
});
