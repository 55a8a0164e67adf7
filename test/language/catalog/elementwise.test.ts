/** Activations and elementwise functions against plain formulas, and their gradients against finite differences. */
import { expect, test } from 'vitest';
import { apply, slope } from './apply.ts';

const erf = (x: number): number => {
  // Series for small numbers, continued fraction for large ones: good to 1e-12 here.
  const a = Math.abs(x);
  if (a < 3) {
    let term = a;
    let sum = a;
    for (let n = 1; n < 80; n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * sum;
  }
  let f = 0;
  for (let k = 60; k > 0; k--) f = k / 2 / (a + f);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (Math.sqrt(Math.PI) * (a + f)));
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const relu6 = (x: number) => Math.min(Math.max(x, 0), 6);
const even = (x: number) => {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
};

const formulas: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  relu6,
  leakyRelu: (x) => (x > 0 ? x : 0.2 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  celu: (x) => Math.max(x, 0) + Math.min(0, Math.expm1(x)),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
  geluTanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  silu: (x) => x * sigmoid(x),
  swish: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  sigmoid,
  hardSigmoid: (x) => relu6(x + 3) / 6,
  logSigmoid: (x) => -softplus(-x),
  tanh: Math.tanh,
  hardTanh: (x) => Math.min(Math.max(x, -1), 1),
  tanhShrink: (x) => x - Math.tanh(x),
  hardShrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  softShrink: (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  sparsePlus: (x) => (x <= -1 ? 0 : x >= 1 ? x : 0.25 * (x + 1) ** 2),
  sparseSigmoid: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  hardSwish: (x) => (x * relu6(x + 3)) / 6,
  exponential: Math.exp,
  exp: Math.exp,
  abs: Math.abs,
  square: (x) => x * x,
  sign: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  round: even,
  floor: Math.floor,
  ceil: Math.ceil,
  erf,
};
/** Only of positive numbers. */
const positive: Readonly<Record<string, (x: number) => number>> = {
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
};

/** Away from corners, where a slope is not one number. */
const everywhere = [-7.3, -3.2, -2.1, -1.3, -0.7, -0.2, 0.15, 0.6, 0.8, 1.4, 2.3, 3.7, 6.4, 9.1];
const above = [0.05, 0.3, 0.9, 1.1, 2.5, 7.25];

for (const [formula, points] of [
  [formulas, everywhere],
  [positive, above],
] as const) {
  for (const [name, of] of Object.entries(formula)) {
    test(`${name} is its formula, and so is its slope`, () => {
      const x = { shape: [points.length], data: points, constant: true } as const;
      const ran = apply(`model/${name}`, { x }, { batch: 1 });
      ran.outputs[0]!.forEach((y, i) => {
        expect(y, `${name}(${points[i]})`).toBeCloseTo(of(points[i]!), 7);
      });
      const step = 1e-5;
      const slopes = slope(points.length);
      const gradient = ran.gradients['in/x'] ?? points.map(() => 0);
      gradient.forEach((dx, i) => {
        const p = points[i]!;
        const wanted = (slopes[i]! * (of(p + step) - of(p - step))) / (2 * step);
        expect(Math.abs(dx - wanted), `slope of ${name} at ${p}: ${dx} for ${wanted}`).toBeLessThan(
          1e-5 * (1 + Math.abs(wanted)),
        );
      });
    });
  }
}

test('activations with settings', () => {
  const x = { shape: [4], data: [-2, -0.3, 0.4, 3], constant: true } as const;
  const of = (name: string, settings: Record<string, number>) =>
    apply(`model/${name}`, { x }, { batch: 1, settings }).outputs[0]!;
  expect(of('leakyRelu', { slope: 0.5 })).toEqual([-1, -0.15, 0.4, 3]);
  expect(of('threshold', { at: 0.4, value: 9 })).toEqual([9, 9, 9, 3]);
  expect(of('hardShrink', { threshold: 0.35 })).toEqual([-2, 0, 0.4, 3]);
  expect(of('elu', { alpha: 2 })[0]).toBeCloseTo(2 * Math.expm1(-2), 7);
  expect(of('celu', { alpha: 2 })[0]).toBeCloseTo(2 * Math.expm1(-1), 7);
});

test('no activation gives infinity or not-a-number at the far ends, nor does its slope', () => {
  const far = { shape: [4], data: [-1e4, -200, 200, 1e4], constant: true } as const;
  for (const name of Object.keys(formulas)) {
    if (name === 'exp' || name === 'exponential') continue;
    const ran = apply(`model/${name}`, { x: far }, { batch: 1 });
    for (const number of [...ran.outputs[0]!, ...(ran.gradients['in/x'] ?? [])]) {
      expect(Number.isFinite(number), `${name}: ${ran.outputs[0]} with slopes ${ran.gradients['in/x']}`).toBe(true);
    }
  }
});
