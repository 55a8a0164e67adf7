/** The losses beyond the usual ones against PyTorch, where it is installed, and against plain arithmetic. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, lossOf, type Numbers, numbers, refusalOf } from './apply.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const oracle = fileURLToPath(new URL('./torch_losses.py', import.meta.url));
const python = [`${root}.references/bin/python`, `${root}.references/Scripts/python.exe`].find((path) =>
  existsSync(path),
);

const near = (a: number, b: number) => expect(a).toBeCloseTo(b, 6);
const loss = (key: string, given: Given, settings: Settings = {}, through: Readonly<Record<string, string>> = {}) =>
  lossOf(`loss/${key}`, given, { settings, through });
const pair: Numbers = { shape: [3], data: numbers(6, 3) };
const other: Numbers = { shape: [3], data: numbers(6, 4) };
const third: Numbers = { shape: [3], data: numbers(6, 5) };
const positive: Numbers = { shape: [3], data: pair.data.map((x) => Math.abs(x) + 0.1) };
const counts: Numbers = { shape: [3], data: [0, 1, 4, 2, 0, 3] };
const soft: Numbers = { shape: [3], data: [0.2, 0.3, 0.5, 0, 0, 1] };
const yes: Numbers = { shape: [3], data: [1, 0, 1, 0, 0, 1] };
const label: Numbers = { shape: [], data: [2, 0], dtype: 'int32' };
const hot: Numbers = { shape: [3], data: [0, 0, 1, 1, 0, 0] };

interface Case {
  readonly key: string;
  readonly torch?: string;
  readonly given: Readonly<Record<string, Numbers>>;
  /** Where PyTorch is given something else. */
  readonly values?: readonly Numbers[];
  readonly settings?: Settings;
}

const cases: readonly Case[] = [
  { key: 'huber', given: { prediction: pair, truth: other }, settings: { delta: 1 } },
  { key: 'huber', given: { prediction: pair, truth: other }, settings: { delta: 0.3 } },
  { key: 'poisson', given: { prediction: positive, truth: counts } },
  { key: 'kl', given: { prediction: pair, truth: soft } },
  { key: 'cosineLoss', given: { prediction: pair, truth: other } },
  { key: 'triplet', given: { anchor: pair, positive: other, negative: third }, settings: { margin: 1 } },
  { key: 'triplet', given: { anchor: pair, positive: other, negative: third }, settings: { margin: 5 } },
  { key: 'focal', given: { prediction: pair, truth: yes }, settings: { gamma: 2 } },
  { key: 'focal', given: { prediction: pair, truth: yes }, settings: { gamma: 0 } },
  { key: 'focal', given: { prediction: pair, truth: soft }, settings: { gamma: 1 } },
  {
    key: 'focal',
    torch: 'focalClasses',
    given: { prediction: pair, truth: label },
    values: [pair, hot],
    settings: { gamma: 2 },
  },
  {
    key: 'focal',
    torch: 'focalClasses',
    given: { prediction: pair, truth: label },
    values: [pair, hot],
    settings: { gamma: 1.5 },
  },
  { key: 'inBatchSoftmax', given: { query: pair, key: other }, settings: { temperature: 0.5 } },
];

test('losses as PyTorch has them, with their slopes', (context) => {
  if (python === undefined) context.skip('no reference Python here (npm run references)');
  const asked = cases.map(({ key, torch, given, values, settings }) => ({
    loss: torch ?? key,
    values: (values ?? Object.values(given)).map((value) => ({ shape: [2, ...value.shape], data: value.data })),
    settings: settings ?? {},
  }));
  const text = execFileSync(python!, [oracle], { input: JSON.stringify(asked), encoding: 'utf8' });
  const answers = JSON.parse(text) as readonly { loss: number; slope: number[] }[];
  cases.forEach(({ key, given, settings }, i) => {
    const what = `${key} ${JSON.stringify(settings ?? {})}`;
    expect(loss(key, given, settings), what).toBeCloseTo(answers[i]!.loss, 6);
    // Its keys are those of the batch: one example alone has no slope.
    if (key === 'inBatchSoftmax') return;
    const [name = ''] = Object.keys(given);
    const slopes = [0, 1].map((row) => sloped(key, given, name, row, settings ?? {}));
    slopes.flat().forEach((slope, k) => {
      expect(slope / 2, `${what}, slope ${k}`).toBeCloseTo(answers[i]!.slope[k]!, 6);
    });
  });
});

/** The slope of one example's loss at one of its inputs. */
function sloped(key: string, given: Given, name: string, row: number, settings: Settings): readonly number[] {
  const alone = Object.fromEntries(
    Object.entries(given as Readonly<Record<string, Numbers>>).map(([input, value]) => {
      const size = value.data.length / 2;
      const data = value.data.slice(row * size, (row + 1) * size);
      return [input, { ...value, data, ...(input === name ? { constant: true as const } : {}) }];
    }),
  );
  return apply(`loss/${key}`, alone, { settings, batch: 1, training: true }).gradients[`in/${name}`]!;
}

test('logCosh, quantile and the hinge family', () => {
  const differences = pair.data.map((x, i) => x - other.data[i]!);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const both = { prediction: pair, truth: other };
  near(loss('logCosh', both), mean(differences.map((d) => Math.log(Math.cosh(d)))));
  near(loss('quantile', both), mean(differences.map((d) => Math.abs(d) / 2)));
  near(loss('quantile', both, { q: 0.9 }), mean(differences.map((d) => Math.max(-0.9 * d, 0.1 * d))));
  const missing = pair.data.map((x, i) => Math.max(1 - (yes.data[i] ? x : -x), 0));
  const signs: Numbers = { ...yes, data: yes.data.map((x) => 2 * x - 1) };
  for (const truth of [yes, signs, { ...yes, dtype: 'bool' as const }]) {
    near(loss('hinge', { prediction: pair, truth }), mean(missing));
    near(loss('squaredHinge', { prediction: pair, truth }), mean(missing.map((x) => x * x)));
  }
  const [a, b] = [pair.data.slice(0, 3), pair.data.slice(3)];
  const first = Math.max(Math.max(a[0]!, a[1]!, 0) - a[2]! + 1, 0);
  const second = Math.max(Math.max(b[1]!, b[2]!, 0) - b[0]! + 1, 0);
  near(loss('categoricalHinge', { prediction: pair, truth: label }), (first + second) / 2);
  near(loss('categoricalHinge', { prediction: pair, truth: hot }), (first + second) / 2);
});

test('a difference far out stays finite', () => {
  const far: Numbers = { shape: [], data: [1e6, -1e6] };
  const zero: Numbers = { shape: [], data: [0, 0] };
  near(loss('logCosh', { prediction: far, truth: zero }) / 1e6, 1 - Math.LN2 / 1e6);
  near(loss('huber', { prediction: far, truth: zero }) / 1e6, 1 - 0.5 / 1e6);
  expect(loss('focal', { prediction: far, truth: zero })).toBeCloseTo(5e5, 0);
});

test('contrastive: near where the same, apart where not', () => {
  const distances = [0, 3].map((from) =>
    Math.hypot(...[0, 1, 2].map((i) => pair.data[from + i]! - other.data[from + i]!)),
  );
  const same: Numbers = { shape: [], data: [1, 0] };
  const wanted = (distances[0]! ** 2 + Math.max(4 - distances[1]!, 0) ** 2) / 2;
  near(loss('contrastive', { a: pair, b: other, same }, { margin: 4 }), wanted);
  near(loss('contrastive', { a: pair, b: other, same: { ...same, dtype: 'bool' } }, { margin: 4 }), wanted);
  const one: Numbers = { shape: [3], data: [1, 2, 3], constant: true };
  const ran = apply(
    'loss/contrastive',
    { a: one, b: { shape: [3], data: [1, 2, 3] }, same: { shape: [], data: [0] } },
    { batch: 1, training: true },
  );
  expect(ran.gradients['in/a']!.every(Number.isFinite)).toBe(true);
});

test('dice and iouLoss of yes and no, of classes, of scores and of probabilities', () => {
  const sigmoid = pair.data.map((x) => 1 / (1 + Math.exp(-x)));
  const of = (p: readonly number[], t: readonly number[], rows: number) => {
    const size = p.length / rows;
    const each = Array.from({ length: rows }, (_, r) => {
      const [said, is] = [p, t].map((values) => values.slice(r * size, (r + 1) * size));
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      const both = sum(said!.map((x, i) => x * is![i]!));
      return [1 - (2 * both) / (sum(said!) + sum(is!)), 1 - both / (sum(said!) + sum(is!) - both)] as const;
    });
    return [0, 1].map((k) => each.reduce((a, one) => a + one[k]!, 0) / rows);
  };
  const [dice, iou] = of(sigmoid, yes.data, 2);
  for (const through of [undefined, { prediction: 'model/sigmoid' }]) {
    near(loss('dice', { prediction: pair, truth: yes }, {}, through), dice!);
    near(loss('iouLoss', { prediction: pair, truth: yes }, {}, through), iou!);
  }
  const softmax = [0, 3].flatMap((from) => {
    const powers = pair.data.slice(from, from + 3).map(Math.exp);
    return powers.map((x) => x / powers.reduce((a, b) => a + b));
  });
  const [diceOfClasses, iouOfClasses] = of(softmax, hot.data, 2);
  for (const through of [undefined, { prediction: 'model/softmax' }]) {
    near(loss('dice', { prediction: pair, truth: label }, {}, through), diceOfClasses!);
    near(loss('iouLoss', { prediction: pair, truth: label }, {}, through), iouOfClasses!);
  }
  const none: Numbers = { shape: [3], data: [0, 0, 0, 0, 0, 0], dtype: 'bool' };
  near(loss('dice', { prediction: pair, truth: yes, where: none }), 0);
});

test('where and weights choose the places of a loss of vectors', () => {
  const where: Numbers = { shape: [], data: [1, 0], dtype: 'bool' };
  const first = {
    prediction: { ...pair, data: pair.data.slice(0, 3) },
    truth: { ...other, data: other.data.slice(0, 3) },
  };
  const alone = lossOf('loss/cosineLoss', first, { batch: 1 });
  near(loss('cosineLoss', { prediction: pair, truth: other, where }), alone);
});

test('what does not fit is refused', () => {
  const four: Numbers = { shape: [4], data: [] };
  const refused = (key: string, given: Given) => refusalOf(`loss/${key}`, given).message.key;
  expect(refused('huber', { prediction: pair, truth: four })).toBe('loss/shapes');
  expect(refused('hinge', { prediction: pair, truth: { ...yes, dtype: 'int32' } })).toBe('loss/whole-numbers');
  expect(refused('cosineLoss', { prediction: pair, truth: four })).toBe('loss/shapes.vectors');
  expect(refused('triplet', { anchor: pair, positive: pair, negative: four })).toBe('loss/shapes.vectors');
  expect(refused('contrastive', { a: pair, b: pair, same: yes })).toBe('loss/shapes.answer');
  expect(refused('inBatchSoftmax', { query: { shape: [2, 3], data: [] }, key: { shape: [2, 3], data: [] } })).toBe(
    'shape/rank.features',
  );
  expect(refused('dice', { prediction: pair, truth: { ...label, shape: [5] } })).toBe('loss/class-numbers');
});
