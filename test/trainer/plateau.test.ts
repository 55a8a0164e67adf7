/** A rate that listens: it falls after so many validations without a better value, and a run that goes on remembers. */
import { expect, test } from 'vitest';
import { catalog, type Plan } from '../../language/index.ts';
import type { Arithmetic } from '../../trainer/run/arithmetic.ts';
import { notePlateau, progressOf, startOfRun, stateOf } from '../../trainer/run/progress.ts';
import { fakeRun, ofKind, tinyPlan } from './run-helper.ts';

const schedule = (settings: { readonly patience: number; readonly watch: string }) => ({
  call: 'schedule/plateau',
  settings: { lr: 0.1, factor: 0.5, ...settings },
});

const arithmetic = (): Arithmetic => ({
  schedule: (call, step, total, falls) => entryOf(call.call).rate(step, total, call.settings, falls),
  watches: (call) => entryOf(call.call).watches?.(call.settings),
  keeps: () => 'sums',
  compact: (_metric, rows) => rows,
  finish: (_metric, sums) => sums[0]! / sums[1]!,
});

function entryOf(key: string) {
  const entry = catalog.get(key);
  if (entry?.kind !== 'schedule') throw new Error(`no schedule ${key}`);
  return entry;
}

test('the rate of a run falls when the watched metric stays as it is', async () => {
  // The accuracy of the fake engine is 0.25 at each validation.
  const lr = schedule({ patience: 2, watch: 'validation.accuracy' });
  const optimizer = { call: 'optimizer/SGD', settings: { lr, momentum: 0, nesterov: false, decay: 0 } };
  const { events } = await fakeRun(tinyPlan({ optimizer, epochs: 6 }), { deps: { arithmetic } });
  const rates = ofKind(events, 'step').map((step) => step.lr);
  const perEpoch = Array.from({ length: 6 }, (_, i) => rates[i * 5]);
  expect(perEpoch).toEqual([0.1, 0.1, 0.1, 0.05, 0.05, 0.025]);
  expect(ofKind(events, 'log').map((log) => log.text)).toContainEqual(
    'The learning rate falls: validation.accuracy has got no better than 0.25 for 2 validations.',
  );
});

test('what has been waited for is kept with a checkpoint', () => {
  const plan: Plan = tinyPlan();
  const watched = { metric: 'validation.loss', patience: 2 };
  const progress = startOfRun();
  const values = [3, 2, 2.5, 2.4, 1, 1, 1, 0.5];
  const falls: number[] = [];
  let at = progress;
  for (const value of values) {
    notePlateau(at, { 'validation.loss': value }, plan, watched);
    falls.push(at.plateau!.falls);
    const kept = stateOf(at);
    at = progressOf({
      version: 1,
      ...kept,
      seed: 0,
      planHash: '',
      dataHash: '',
      engine: '',
      threads: 1,
      seq: 1,
      sha256: { weights: '', optimizer: '' },
    });
  }
  expect(falls).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
  expect(notePlateau(at, { 'validation.loss': 9 }, plan, undefined)).toBeUndefined();
  expect(notePlateau(at, {}, plan, watched), 'no validation this time').toBeUndefined();
});
