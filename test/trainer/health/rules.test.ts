/** Each rule on made-up runs: found where it must be, silent on runs that are well. */
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../trainer/health/history.ts';
import { atChance } from '../../../trainer/health/rules/at-chance.ts';
import { deadUnits } from '../../../trainer/health/rules/dead-units.ts';
import { diverging } from '../../../trainer/health/rules/diverging.ts';
import { explodingGradients } from '../../../trainer/health/rules/exploding-gradients.ts';
import { learningRules, otherRules } from '../../../trainer/health/rules/index.ts';
import { overFitting } from '../../../trainer/health/rules/over-fitting.ts';
import { plateau } from '../../../trainer/health/rules/plateau.ts';
import { rateTooHigh } from '../../../trainer/health/rules/rate-too-high.ts';
import { rateTooLow } from '../../../trainer/health/rules/rate-too-low.ts';
import { saturatedUnits } from '../../../trainer/health/rules/saturated-units.ts';
import { vanishingGradients } from '../../../trainer/health/rules/vanishing-gradients.ts';
import { waitingForData } from '../../../trainer/health/rules/waiting-for-data.ts';
import { history, learning, type MadeUp, series } from './made-up.ts';

const flat = series(600, (step) => 2.3 + 0.01 * Math.sin(step));
const classes = {
  lines: ['output y = x -> Dense(8, relu) -> Dense(2, softmax)'],
  train: ['loss: crossEntropy(y, argmax(target))', 'optimizer: SGD(0.1)'],
};

/** Rule, what makes it speak, words that its message must have, and the line of its place. */
const found: readonly (readonly [Rule, MadeUp, readonly string[], number])[] = [
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
];

test.each(found)('%o finds what it is for', (rule, made, words, line) => {
  const findings = rule(history(made));
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  for (const word of words) expect(finding!.message).toContain(word);
  expect(finding!.place?.line).toBe(line);
  expect(finding!.code).toMatch(/^train\/[a-z-]+$/);
});

describe('runs that are well are left alone', () => {
  const well: Readonly<Record<string, MadeUp>> = {
    'a run that learns': {
      loss: learning(600),
      checks: learning(60).map((loss) => ({ loss, validation: loss + 0.1 })),
    },
    'one that has just begun': { loss: learning(15) },
    'one that has learned: small gradients, first smaller than last': {
      loss: learning(900),
      gradients: () => [1e-9, 1e-6, 1e-5],
    },
    'one spike of the loss': { loss: series(400, (step) => (step === 300 ? 40 : 2 * Math.exp(-step / 100) + 0.1)) },
    'a large gradient now and then': {
      loss: learning(400),
      gradients: (step) => [0.1, step % 90 === 0 ? 500 : 0.1, 0.1],
    },
    'half of the units silent': {
      loss: learning(400),
      results: () => ({ 'M/Dense.1': { silent: 0.5, zeros: 0.8 }, 'M/Dense.0': { saturated: 0.9 } }),
    },
    'silent units in one look': {
      loss: learning(400),
      results: (step) => ({ 'M/Dense.1': { silent: step === 200 ? 1 : 0.1 } }),
    },
    'a warm-up': {
      loss: series(400, (step) => 2.3 - (step / 4000) ** 2),
      rate: (step) => step * 1e-9,
      updates: () => 1e-9,
    },
    'a negative loss that falls': { loss: series(500, (step) => 1 - step / 50) },
    'validation that wavers': {
      loss: learning(100),
      checks: series(20, (i) => 0.4 + 0.02 * Math.sin(i * 2)).map((validation, i) => ({
        loss: 0.5 - i / 50,
        validation,
      })),
      total: 100_000,
    },
    'a run that stops by itself': {
      loss: learning(100),
      train: ['loss: mse(y, target)', 'optimizer: SGD(0.1)', 'stop: early(loss, patience: 3)'],
      checks: [0.5, 0.4, 0.5, 0.6, 0.7].map((validation, i) => ({ loss: 0.5 - i / 10, validation })),
    },
    'waits that are short': { loss: learning(300), wait: 4 },
    'the last steps of a schedule': {
      loss: learning(900),
      rate: (step) => 0.1 * (1 - step / 901),
      updates: () => 1e-9,
    },
    'a classifier that has left chance': { ...classes, loss: series(600, (step) => 0.69 - Math.min(0.3, step / 1000)) },
  };
  test.each(Object.entries(well))('%s', (_name, made) => {
    const made_ = history(made);
    expect([...learningRules, ...otherRules].flatMap((rule) => rule(made_))).toEqual([]);
  });
});

test('the first epoch is not said to over-fit, however its validations swing: no row was seen twice', () => {
  const checks = [0.5, 0.4, 0.42, 0.45, 0.5].map((validation, i) => ({ loss: 0.5 - i / 10, validation }));
  const run = history({ loss: learning(70), checks });
  expect(overFitting(run)).toHaveLength(1);
  expect(overFitting({ ...run, checks: run.checks.map((check) => ({ ...check, epoch: 1 })) })).toEqual([]);
});
