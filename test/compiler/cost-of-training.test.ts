/** What sums over several batches and averages of the weights take beside a plain run. */
import { expect, test } from 'vitest';
import { costOf } from '../../compiler/index.ts';
import type { TrainSettings } from '../../language/index.ts';
import { adam, dense, planMaker } from './plans.ts';

const cost = (train: Partial<TrainSettings> = {}) => {
  const p = planMaker('Cost');
  const scores = dense(p, p.input('x', [100]), 50, null);
  const loss = p.node('loss/mse', { prediction: scores, truth: p.field('y', [50]) }, [], {
    settings: { reduce: 'mean' },
  });
  return costOf(p.finish(loss, { batch: 8, optimizer: adam(), ...train }));
};

test('a set of gradients for the sums, a set of weights for the averages, which the checkpoint keeps', () => {
  const plain = cost();
  const weights = 4 * (100 * 50 + 50);
  expect(cost({ accumulate: 4 })).toMatchObject({
    gradients: plain.gradients + weights,
    checkpoint: plain.checkpoint,
    total: plain.total + weights,
  });
  const averaged = cost({ average: 0.99 });
  expect(averaged).toMatchObject({ optimizer: plain.optimizer + weights, total: plain.total + weights });
  // The numbers and the head of one more file.
  expect(averaged.checkpoint - plain.checkpoint - weights).toBeGreaterThan(50);
  expect(averaged.checkpoint - plain.checkpoint - weights).toBeLessThan(500);
});
