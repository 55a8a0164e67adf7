/** Made-up runs that the rules find something in: each rule, and each variant of its words. */
import type { Rule } from '../../../trainer/health/history.ts';
import { atChance } from '../../../trainer/health/rules/at-chance.ts';
import { deadUnits } from '../../../trainer/health/rules/dead-units.ts';
import { diverging } from '../../../trainer/health/rules/diverging.ts';
import { explodingGradients } from '../../../trainer/health/rules/exploding-gradients.ts';
import { overFitting } from '../../../trainer/health/rules/over-fitting.ts';
import { plateau } from '../../../trainer/health/rules/plateau.ts';
import { rateTooHigh } from '../../../trainer/health/rules/rate-too-high.ts';
import { rateTooLow } from '../../../trainer/health/rules/rate-too-low.ts';
import { saturatedUnits } from '../../../trainer/health/rules/saturated-units.ts';
import { vanishingGradients } from '../../../trainer/health/rules/vanishing-gradients.ts';
import { waitingForData } from '../../../trainer/health/rules/waiting-for-data.ts';
import { learning, type MadeUp, series } from './made-up.ts';

const flat = series(600, (step) => 2.3 + 0.01 * Math.sin(step));
export const classes = {
  lines: ['output y = x -> Dense(8, relu) -> Dense(2, softmax)'],
  train: ['loss: crossEntropy(y, argmax(target))', 'optimizer: SGD(0.1)'],
};

const clipped = ['loss: mse(y, target)', 'optimizer: SGD(0.1)', 'clip: 1.0'];

/** Rule, what makes it speak, words that its message must have, and the line of its place. */
export const found: readonly (readonly [Rule, MadeUp, readonly string[], number])[] = [
  [
    explodingGradients,
    {
      loss: [...learning(400), ...series(30, (step) => 0.5 * 1.3 ** step)],
      gradients: (step) => [0.1, step > 400 ? 0.1 * 10 ** ((step - 400) / 8) : 0.1, 0.1],
    },
    ['`Dense.1` (line 3)', 'from 0.1 to', '`clip: 1.0`'],
    3,
  ],
  [
    vanishingGradients,
    { loss: flat, gradients: () => [1e-9, 1e-5, 1] },
    ['`Dense.0` (line 3) gets 1e-9', '`Dense.2` (line 3) gets 1', '2 of 3 layers'],
    3,
  ],
  [
    vanishingGradients,
    { loss: learning(300), gradients: () => [0, 0.1, 0.1] },
    ['No gradient at all has reached `Dense.0`'],
    3,
  ],
  [
    deadUnits,
    { loss: learning(300), results: () => ({ 'M/Dense.1': { silent: 0.95, zeros: 0.97 } }) },
    ['95 % of the units of `Dense.1` (line 3)', '`leakyRelu`'],
    3,
  ],
  [
    saturatedUnits,
    { loss: flat, results: () => ({ 'M/Dense.0': { saturated: 0.995 } }) },
    ['99 % of the results of `Dense.0`'],
    3,
  ],
  [
    diverging,
    { loss: [...learning(500), ...series(100, (step) => 0.3 + step / 20)], rate: 0.02 },
    ['The loss diverges', 'The learning rate (0.02)', 'try 0.002'],
    12,
  ],
  [diverging, { loss: series(100, (step) => 1 + step ** 2 / 100) }, ['The loss diverges'], 12],
  [
    rateTooHigh,
    { loss: flat, updates: () => 0.8, rate: 10 },
    ['learning rate (10) is too high', '80 %', 'Try 0.1'],
    12,
  ],
  [rateTooLow, { loss: flat, updates: () => 1e-9, rate: 1e-9 }, ['too low', 'in 600 steps', 'Try 1e-7'], 12],
  [
    atChance,
    { ...classes, loss: series(600, (step) => Math.log(2) + 0.001 * Math.sin(step)) },
    ['no better than guessing among 2 classes (0.693)'],
    11,
  ],
  [
    overFitting,
    {
      loss: learning(70),
      checks: [0.5, 0.4, 0.42, 0.45, 0.5].map((validation, i) => ({ loss: 0.5 - i / 10, validation })),
    },
    ['has risen 3 times in a row (to 0.5)', 'best at epoch 2 (0.4)'],
    10,
  ],
  [
    plateau,
    { loss: learning(200), checks: series(30, (i) => Math.max(0.2, 1 - i / 5)).map((loss) => ({ loss })), total: 400 },
    ['No better for 26 checks'],
    10,
  ],
  [waitingForData, { loss: learning(250), wait: 30 }, ['75 % of the time of the last 200 steps', '`cache: memory`'], 6],
  [
    deadUnits,
    { loss: learning(300), results: () => ({ 'M/Dense.1': { silent: 1, zeros: 1 } }) },
    ['All units of `Dense.1`'],
    3,
  ],
  [vanishingGradients, { loss: flat, gradients: () => [1e-9, 0.5, 1] }, ['so the first layer hardly learns'], 3],
  [
    vanishingGradients,
    { loss: learning(300), gradients: () => [0, 0, 0.1] },
    ['has reached `Dense.0` (line 3) and 1 more for'],
    3,
  ],
  [
    diverging,
    { loss: series(100, (step) => 1 + step ** 2 / 100), train: clipped },
    ['is too high for it: try 0.01.'],
    12,
  ],
  [
    explodingGradients,
    {
      loss: [...learning(400), ...series(30, (step) => 0.5 * 1.3 ** step)],
      gradients: (step) => [0.1, step > 400 ? 0.1 * 10 ** ((step - 400) / 8) : 0.1, 0.1],
      train: clipped,
    },
    ['Try a smaller learning rate.'],
    3,
  ],
];
