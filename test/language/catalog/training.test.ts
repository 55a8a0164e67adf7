/** Optimizers against plain loops, schedules at their corners, initialisers against Keras' table. */
import { expect, test } from 'vitest';
import { catalog } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { withDefaults } from './apply.ts';
import { walk } from './walk.ts';

const gradients = [0.5, -1, 2, 0.1, 0];
const rates = [0.1, 0.1, 0.05, 0.05, 0.01];

function near(ours: readonly number[], wanted: readonly number[]): void {
  ours.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 7);
  });
}

test('SGD: plain, with decay, with momentum, ahead by Nesterov', () => {
  const plain = (momentum: number, nesterov: boolean, decay: number) => {
    let [w, v] = [1, 0];
    return gradients.map((gradient, i) => {
      const g = gradient + decay * w;
      v = momentum * v + g;
      w -= rates[i]! * (nesterov ? g + momentum * v : v);
      return w;
    });
  };
  near(walk('SGD', {}, gradients, rates), plain(0, false, 0));
  near(walk('SGD', { decay: 0.1 }, gradients, rates), plain(0, false, 0.1));
  near(walk('SGD', { momentum: 0.9 }, gradients, rates), plain(0.9, false, 0));
  near(walk('SGD', { momentum: 0.9, nesterov: true, decay: 0.01 }, gradients, rates), plain(0.9, true, 0.01));
});

test('Adam and AdamW in the form of PyTorch', () => {
  const adam = (decay: number, amsgrad: boolean) => {
    let [w, m, v, top] = [1, 0, 0, 0];
    return gradients.map((g, i) => {
      w *= 1 - rates[i]! * decay;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      top = Math.max(top, v);
      const root = Math.sqrt((amsgrad ? top : v) / (1 - 0.999 ** (i + 1)));
      w -= (rates[i]! / (1 - 0.9 ** (i + 1))) * (m / (root + 1e-7));
      return w;
    });
  };
  near(walk('Adam', {}, gradients, rates), adam(0, false));
  near(
    walk('Adam', { amsgrad: true }, [2, 0.1, 0.1, 0.1, 0.1], rates),
    (() => {
      let [w, m, v, top] = [1, 0, 0, 0];
      return [2, 0.1, 0.1, 0.1, 0.1].map((g, i) => {
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        top = Math.max(top, v);
        w -= (rates[i]! / (1 - 0.9 ** (i + 1))) * (m / (Math.sqrt(top / (1 - 0.999 ** (i + 1))) + 1e-7));
        return w;
      });
    })(),
  );
  near(walk('AdamW', { decay: 0.1 }, gradients, rates), adam(0.1, false));
});

const rateOf = (name: string, settings: Settings, step: number, total: number) => {
  const entry = catalog.get(`schedule/${name}`);
  if (entry?.kind !== 'schedule') throw new Error(`no schedule ${name}`);
  return entry.rate(step, total, withDefaults(`schedule/${name}`, settings), 0);
};

test('schedules rise through the warm-up and end with the run', () => {
  expect(rateOf('constant', { lr: 0.1 }, 50, 100)).toBe(0.1);
  expect(rateOf('constant', { lr: 0.1, warmup: 10 }, 4, 100)).toBeCloseTo(0.05, 12);
  for (const name of ['cosine', 'linear']) {
    expect(rateOf(name, { peak: 1 }, 0, 100), name).toBe(1);
    expect(rateOf(name, { peak: 1 }, 50, 100), name).toBeCloseTo(0.5, 12);
    expect(rateOf(name, { peak: 1 }, 100, 100), name).toBeCloseTo(0, 12);
    expect(rateOf(name, { peak: 1, end: 0.2 }, 100, 100), name).toBeCloseTo(0.2, 12);
    expect(rateOf(name, { peak: 1, warmup: 10 }, 0, 100), name).toBeCloseTo(0.1, 12);
    expect(rateOf(name, { peak: 1, warmup: 10 }, 9, 100), name).toBeCloseTo(1, 12);
    expect(rateOf(name, { peak: 1, warmup: 10 }, 10, 100), name).toBeCloseTo(1, 12);
    expect(rateOf(name, { peak: 1, warmup: 0.2 }, 9, 100), name).toBeCloseTo(0.5, 12);
    expect(rateOf(name, { peak: 1, warmup: 500 }, 99, 100), name).toBeCloseTo(1, 12);
  }
  expect(rateOf('cosine', { peak: 1 }, 25, 100)).toBeCloseTo((1 + Math.cos(Math.PI / 4)) / 2, 12);
  expect(rateOf('linear', { peak: 1 }, 25, 100)).toBeCloseTo(0.75, 12);
});

const drawn = (name: string, shape: readonly number[], settings: Settings = {}) => {
  const entry = catalog.get(`initialiser/${name}`);
  if (entry?.kind !== 'initialiser') throw new Error(`no initialiser ${name}`);
  return entry.draw(shape, withDefaults(`initialiser/${name}`, settings));
};

test('initialisers scale by fans as Keras counts them', () => {
  expect(drawn('glorotUniform', [3, 3, 8, 16])).toEqual({
    kind: 'uniform',
    low: -Math.sqrt(6 / (72 + 144)),
    high: Math.sqrt(6 / (72 + 144)),
  });
  expect(drawn('heUniform', [10, 5])).toMatchObject({ kind: 'uniform', high: Math.sqrt(6 / 10) });
  const correction = 0.8796256610342398;
  expect(drawn('heNormal', [10, 5])).toEqual({
    kind: 'normal',
    mean: 0,
    deviation: Math.sqrt(2 / 10) / correction,
    truncated: true,
  });
  expect(drawn('glorotNormal', [10, 5])).toMatchObject({ deviation: Math.sqrt(2 / 15) / correction });
  expect(drawn('lecunNormal', [10, 5])).toMatchObject({ deviation: Math.sqrt(1 / 10) / correction });
  expect(drawn('glorotUniform', [7])).toMatchObject({ high: Math.sqrt(6 / 14) });
});

test('initialisers with settings', () => {
  expect(drawn('normal', [2], { stddev: 0.02 })).toEqual({
    kind: 'normal',
    mean: 0,
    deviation: 0.02,
    truncated: false,
  });
  expect(drawn('truncatedNormal', [2])).toEqual({ kind: 'normal', mean: 0, deviation: 0.05, truncated: true });
  expect(drawn('uniform', [2], { range: [-1, 2] })).toEqual({ kind: 'uniform', low: -1, high: 2 });
  expect(drawn('constant', [2], { value: 3 })).toEqual({ kind: 'constant', value: 3 });
  expect(drawn('zeros', [2])).toEqual({ kind: 'constant', value: 0 });
  expect(drawn('ones', [2])).toEqual({ kind: 'constant', value: 1 });
  expect(drawn('orthogonal', [2, 2])).toEqual({ kind: 'orthogonal', gain: 1 });
  expect(drawn('identity', [2, 2], { gain: 2 })).toEqual({ kind: 'identity', gain: 2 });
  expect(drawn('forgetGate', [8])).toEqual({ kind: 'blocks', values: [0, 1, 0, 0] });
});
