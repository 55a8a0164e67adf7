/** Optimizers and schedules against PyTorch's own, where it is installed, and against plain loops. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { withDefaults } from './apply.ts';
import { walk } from './walk.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = fileURLToPath(new URL('./torch_training.py', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);
const missing = 'no reference Python here (npm run references)';

const gradients = [0.5, -1, 2, 0.1, 0, -0.3, 0.7, 0.01];
const constant = gradients.map(() => 0.05);

interface Case {
  readonly name: string;
  readonly settings: Settings;
  readonly torch: Readonly<Record<string, unknown>>;
}

const optimizers: readonly Case[] = [
  { name: 'RMSprop', settings: {}, torch: { alpha: 0.9, eps: 1e-7 } },
  { name: 'RMSprop', settings: { rho: 0.7, momentum: 0.9 }, torch: { alpha: 0.7, momentum: 0.9, eps: 1e-7 } },
  { name: 'Adagrad', settings: {}, torch: { initial_accumulator_value: 0.1, eps: 1e-7 } },
  { name: 'Adagrad', settings: { initial: 0, epsilon: 0.01 }, torch: { initial_accumulator_value: 0, eps: 0.01 } },
  { name: 'Adadelta', settings: {}, torch: { rho: 0.95, eps: 1e-7 } },
  { name: 'Adadelta', settings: { rho: 0.5, epsilon: 1e-3 }, torch: { rho: 0.5, eps: 1e-3 } },
  { name: 'NAdam', settings: {}, torch: { eps: 1e-7 } },
  { name: 'NAdam', settings: { beta1: 0.8, beta2: 0.9 }, torch: { betas: [0.8, 0.9], eps: 1e-7 } },
];

test('optimizers as PyTorch has them', (context) => {
  if (python === undefined) context.skip(missing);
  const answers = ask(
    optimizers.map(({ name, torch }) => ({ optimizer: name, settings: torch, gradients, rate: 0.05 })),
  );
  optimizers.forEach(({ name, settings }, i) => {
    walk(name, settings, gradients, constant).forEach((weight, step) => {
      expect(weight, `${name} ${JSON.stringify(settings)}, step ${step}`).toBeCloseTo(answers[i]![step]!, 6);
    });
  });
});

test('NAdam with amsgrad divides by the largest mean square', () => {
  const settings = { amsgrad: true, beta2: 0.5 };
  const [first] = walk('NAdam', settings, [2], [0.1]);
  expect(first).toBeCloseTo(walk('NAdam', { beta2: 0.5 }, [2], [0.1])[0]!, 7);
  const steps = walk('NAdam', settings, [2, 0.1, 0.1], [0.1, 0.1, 0.1]);
  const plain = walk('NAdam', { beta2: 0.5 }, [2, 0.1, 0.1], [0.1, 0.1, 0.1]);
  expect(Math.abs(steps[2]! - steps[1]!)).toBeLessThan(Math.abs(plain[2]! - plain[1]!));
});

test('Lion steps by the sign of a running mean', () => {
  const lion = (decay: number) => {
    let [w, m] = [1, 0];
    return gradients.map((g) => {
      w -= 0.05 * (Math.sign(0.9 * m + 0.1 * g) + decay * w);
      m = 0.99 * m + 0.01 * g;
      return w;
    });
  };
  for (const decay of [0, 0.1]) {
    walk('Lion', { decay }, gradients, constant).forEach((weight, i) => {
      expect(weight).toBeCloseTo(lion(decay)[i]!, 6);
    });
  }
});

const rateOf = (name: string, settings: Settings, step: number, total = 100) => {
  const entry = catalog.get(`schedule/${name}`);
  if (entry?.kind !== 'schedule') throw new Error(`no schedule ${name}`);
  return entry.rate(step, total, withDefaults(`schedule/${name}`, settings), 0);
};

interface Schedule {
  readonly name: string;
  readonly settings: Settings;
  readonly torch: Readonly<Record<string, number>>;
  readonly of: string;
  readonly rate: number;
}

const schedules: readonly Schedule[] = [
  { name: 'steps', settings: { lr: 0.1, every: 30 }, torch: { step_size: 30, gamma: 0.1 }, of: 'StepLR', rate: 0.1 },
  {
    name: 'steps',
    settings: { lr: 1, every: 0.1, factor: 0.5 },
    torch: { step_size: 10, gamma: 0.5 },
    of: 'StepLR',
    rate: 1,
  },
  {
    name: 'exponential',
    settings: { lr: 0.1, every: 1, factor: 0.9 },
    torch: { gamma: 0.9 },
    of: 'ExponentialLR',
    rate: 0.1,
  },
  {
    name: 'restarts',
    settings: { peak: 0.1, every: 30 },
    torch: { T_0: 30 },
    of: 'CosineAnnealingWarmRestarts',
    rate: 0.1,
  },
  {
    name: 'restarts',
    settings: { peak: 1, every: 0.1 },
    torch: { T_0: 10 },
    of: 'CosineAnnealingWarmRestarts',
    rate: 1,
  },
  { name: 'oneCycle', settings: { peak: 0.5 }, torch: { max_lr: 0.5, total_steps: 100 }, of: 'OneCycleLR', rate: 0.5 },
  {
    name: 'oneCycle',
    settings: { peak: 0.5, warmup: 10 },
    torch: { max_lr: 0.5, total_steps: 100, pct_start: 0.1 },
    of: 'OneCycleLR',
    rate: 0.5,
  },
];

test('schedules as PyTorch has them', (context) => {
  if (python === undefined) context.skip(missing);
  const answers = ask(schedules.map(({ of, torch, rate }) => ({ schedule: of, settings: torch, rate, total: 100 })));
  schedules.forEach(({ name, settings }, i) => {
    answers[i]!.forEach((wanted, step) => {
      expect(rateOf(name, settings, step), `${name} ${JSON.stringify(settings)}, step ${step}`).toBeCloseTo(wanted, 7);
    });
  });
});

test('exponential counts by its stretch', () => {
  expect(rateOf('exponential', { lr: 1, every: 50, factor: 0.25 }, 25)).toBeCloseTo(0.5, 12);
  expect(rateOf('exponential', { lr: 1, every: 0.5, factor: 0.25 }, 100)).toBeCloseTo(0.0625, 12);
});

test('rates stay finite and positive in runs of any length', () => {
  for (const total of [1, 2, 3, 7]) {
    for (let step = 0; step < total; step++) {
      for (const warmup of [0, 0.3, 1, 50]) {
        const rate = rateOf('oneCycle', { peak: 1, warmup }, step, total);
        expect(rate > 0 && rate <= 1, `oneCycle ${warmup}, ${step} of ${total}: ${rate}`).toBe(true);
      }
      expect(rateOf('steps', { lr: 1, every: 0.01 }, step, total)).toBeGreaterThan(0);
      expect(rateOf('restarts', { peak: 1, every: 0.01 }, step, total)).toBeCloseTo(1, 6);
    }
  }
});

function ask(asked: readonly unknown[]): readonly (readonly number[])[] {
  const text = execFileSync(python!, [oracle], { input: JSON.stringify(asked), encoding: 'utf8' });
  return JSON.parse(text) as readonly (readonly number[])[];
}
