/** Each rule on made-up runs: found where it must be, silent on runs that are well. */
import { describe, expect, test } from 'vitest';
import { filled } from '../../../protocol/index.ts';
import { learningRules, otherRules } from '../../../trainer/health/rules/index.ts';
import { overFitting } from '../../../trainer/health/rules/over-fitting.ts';
import { classes, found } from './found.ts';
import { history, learning, type MadeUp, series } from './made-up.ts';

test.each(found)('%o finds what it is for', (rule, made, words, line) => {
  const findings = rule(history(made));
  expect(findings).toHaveLength(1);
  const [finding] = findings;
  for (const word of words) expect(finding!.message).toContain(word);
  expect(finding!.place?.line).toBe(line);
  expect(finding!.words.map(filled).join(' ')).toBe(finding!.message);
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
