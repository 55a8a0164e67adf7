/**
 * Every loss against Keras and PyTorch: values and slopes at the prediction, each plain, summed, masked and weighed. One table;
 * the losses without a counterpart stand in `alone`, with the reason.
 */
import { expect, test } from 'vitest';
import { entries } from '../../../language/catalog/index.ts';
import type { Settings } from '../../../language/index.ts';
import { apply, type Numbers, numbers } from './apply.ts';
import { type Asked, askReference, batched, closeTo, missingReference } from './reference.ts';

/** One example of four places with five numbers each. */
const [places, classes] = [4, 5];
const flat = (seed: number) => numbers(places * classes, seed);
const all = { shape: [places, classes] };
const x: Numbers = { ...all, data: flat(3), constant: true };
const positive: Numbers = { ...all, data: flat(3).map((value) => Math.abs(value) + 0.2), constant: true };
const t: Numbers = { ...all, data: flat(4) };
const u: Numbers = { ...all, data: flat(5) };
const counts: Numbers = { ...all, data: flat(6).map((value) => Math.floor(Math.abs(value) * 3)) };
const yes: Numbers = { ...all, data: flat(7).map((value) => (value > 0 ? 1 : 0)) };
const label: Numbers = { shape: [places], data: [2, 0, 4, 2], dtype: 'int32' };
const hot: Numbers = { ...all, data: label.data.flatMap((k) => [0, 1, 2, 3, 4].map((i) => (i === k ? 1 : 0))) };
const soft: Numbers = {
  ...all,
  data: Array.from({ length: places }, (_, row) => {
    const powers = flat(8)
      .slice(row * classes, (row + 1) * classes)
      .map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((value) => value / sum);
  }).flat(),
};
const same: Numbers = { shape: [places], data: [1, 0, 0, 1] };

interface Case {
  readonly loss: string;
  readonly given: Readonly<Record<string, Numbers>>;
  readonly settings?: Settings;
  /** The loss at each place. */
  readonly code: string;
}

const two = (prediction: Numbers, truth: Numbers) => ({ prediction, truth });
/** Keras takes the mean over the last axis; a last axis of one number leaves each place its own. */
const each = (call: string) =>
  `keras.losses.${call.replaceAll('truth', 'truth[..., None]').replaceAll('prediction', 'prediction[..., None]')}`;

const cases: readonly Case[] = [
  { loss: 'mse', given: two(x, t), code: each('mean_squared_error(truth, prediction)') },
  { loss: 'mae', given: two(x, t), code: each('mean_absolute_error(truth, prediction)') },
  { loss: 'huber', given: two(x, t), code: each('huber(truth, prediction)') },
  { loss: 'huber', given: two(x, t), settings: { delta: 0.3 }, code: each('huber(truth, prediction, delta=0.3)') },
  { loss: 'logCosh', given: two(x, t), code: each('log_cosh(truth, prediction)') },
  {
    loss: 'quantile',
    given: two(x, t),
    settings: { q: 0.9 },
    code: 'torch.maximum(0.9 * (truth - prediction), 0.1 * (prediction - truth))',
  },
  { loss: 'poisson', given: two(positive, counts), code: each('poisson(truth, prediction)') },
  { loss: 'hinge', given: two(x, yes), code: each('hinge(truth * 2 - 1, prediction)') },
  { loss: 'squaredHinge', given: two(x, yes), code: each('squared_hinge(truth * 2 - 1, prediction)') },
  {
    loss: 'binaryCrossEntropy',
    given: two(x, yes),
    code: each('binary_crossentropy(truth, prediction, from_logits=True)'),
  },
  {
    loss: 'binaryCrossEntropy',
    given: two(x, yes),
    settings: { smoothing: 0.2 },
    code: each('binary_crossentropy(truth, prediction, from_logits=True, label_smoothing=0.2)'),
  },
  {
    loss: 'binaryCrossEntropy',
    given: two(x, yes),
    settings: { classWeights: [0.5, 3] },
    code: `${each('binary_crossentropy(truth, prediction, from_logits=True)')} * torch.where(truth > 0.5, 3, 0.5)`,
  },
  {
    loss: 'focal',
    given: two(x, yes),
    settings: { gamma: 1.5 },
    code: each('binary_focal_crossentropy(truth, prediction, gamma=1.5, from_logits=True)'),
  },
  { loss: 'kl', given: two(x, soft), code: 'F.kl_div(prediction.log_softmax(-1), truth, reduction="none").sum(-1)' },
  {
    loss: 'crossEntropy',
    given: two(x, label),
    code: 'keras.losses.sparse_categorical_crossentropy(truth, prediction, from_logits=True)',
  },
  {
    loss: 'crossEntropy',
    given: two(x, soft),
    settings: { smoothing: 0.1 },
    code: 'keras.losses.categorical_crossentropy(truth, prediction, from_logits=True, label_smoothing=0.1)',
  },
  {
    loss: 'crossEntropy',
    given: two(x, label),
    settings: { classWeights: [1, 2, 0.5, 3, 0] },
    code: 'F.cross_entropy(prediction[0], truth[0], weight=torch.tensor([1, 2, 0.5, 3, 0.0]), reduction="none")[None]',
  },
  {
    loss: 'crossEntropy',
    given: two(x, label),
    settings: { smoothing: 0.3 },
    code: 'F.cross_entropy(prediction[0], truth[0], label_smoothing=0.3, reduction="none")[None]',
  },
  {
    loss: 'focal',
    given: two(x, label),
    code: 'keras.losses.categorical_focal_crossentropy(F.one_hot(truth, 5).double(), prediction, alpha=1.0, gamma=2.0, from_logits=True)',
  },
  { loss: 'categoricalHinge', given: two(x, hot), code: 'keras.losses.categorical_hinge(truth, prediction)' },
  { loss: 'cosineLoss', given: two(x, t), code: '1 + keras.losses.cosine_similarity(truth, prediction)' },
  {
    loss: 'triplet',
    given: { anchor: x, positive: t, negative: u },
    settings: { margin: 2 },
    code: 'F.triplet_margin_loss(anchor[0], positive[0], negative[0], margin=2, eps=0, reduction="none")[None]',
  },
  {
    loss: 'contrastive',
    given: { a: x, b: t, same },
    settings: { margin: 3 },
    code: 'same * (a - b).square().sum(-1) + (1 - same) * F.relu(3 - (a - b).square().sum(-1).sqrt()) ** 2',
  },
];

/** One number for each example: neither summed nor averaged over places. */
const whole: readonly Case[] = [
  { loss: 'dice', given: two(x, yes), code: 'keras.losses.dice(truth, prediction.sigmoid(), axis=(1, 2))' },
  {
    loss: 'iouLoss',
    given: two(x, yes),
    code: 'p = prediction.sigmoid()\nboth = (p * truth).sum()\nresult = 1 - both / (p.sum() + truth.sum() - both)',
  },
  {
    loss: 'dice',
    given: { ...two(x, yes), weights: { ...all, data: flat(9).map(Math.abs) } },
    code: 'p = prediction.sigmoid() * weights\nresult = 1 - 2 * (p * truth).sum() / (p.sum() + (truth * weights).sum())',
  },
];

const alone: Readonly<Record<string, string>> = {
  inBatchSoftmax: 'one number for each query of a batch: against PyTorch in more-losses.test.ts',
  ctc: 'its text is no prediction of places: against PyTorch in ctc.test.ts',
};

test('every loss has a counterpart here, or a reason', () => {
  const here = new Set([...cases, ...whole].map((one) => one.loss));
  const without = entries.filter((entry) => entry.place === 'loss' && !here.has(entry.name)).map((entry) => entry.name);
  expect(without.sort()).toEqual(Object.keys(alone).sort());
});

interface Variant {
  readonly name: string;
  readonly given: (shape: readonly number[]) => Readonly<Record<string, Numbers>>;
  readonly settings: Settings;
  /** Of the losses `l` at the places. */
  readonly code: string;
}

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const chosen = (shape: readonly number[]): Numbers => ({
  shape,
  data: numbers(size(shape), 12).map((value) => (value > -0.5 ? 1 : 0)),
  dtype: 'bool',
});
const weighing = (shape: readonly number[]): Numbers => ({ shape, data: numbers(size(shape), 13).map(Math.abs) });

const variants: readonly Variant[] = [
  { name: 'mean', given: () => ({}), settings: {}, code: 'l.mean()' },
  { name: 'sum', given: () => ({}), settings: { reduce: 'sum' }, code: 'l.sum()' },
  { name: 'where', given: (shape) => ({ where: chosen(shape) }), settings: {}, code: 'l[where].mean()' },
  { name: 'weights', given: (shape) => ({ weights: weighing(shape) }), settings: {}, code: '(l * weights).mean()' },
  {
    name: 'where and weights, summed',
    given: (shape) => ({ where: chosen(shape), weights: weighing(shape) }),
    settings: { reduce: 'sum' },
    code: '(l * weights)[where].sum()',
  },
];

/** The loss is one number at each of these. */
function placesOf({ loss, given }: Case): readonly number[] {
  const elementwise = ['mse', 'mae', 'huber', 'logCosh', 'quantile', 'poisson', 'hinge', 'squaredHinge'];
  const yesNo = ['binaryCrossEntropy', 'focal'].includes(loss) && given.truth === yes;
  return elementwise.includes(loss) || yesNo ? [places, classes] : [places];
}

const tried = [
  ...cases.flatMap((one) =>
    variants.map((variant) => ({
      name: `${one.loss} ${JSON.stringify(one.settings ?? {})}, ${variant.name}`,
      loss: one.loss,
      given: { ...one.given, ...variant.given(placesOf(one)) },
      settings: { ...one.settings, ...variant.settings },
      code: `l = ${one.code}\nresult = ${variant.code}`,
    })),
  ),
  ...whole.map((one) => ({ name: one.loss, settings: {}, ...one })),
];

test('values and slopes', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const first = (given: Readonly<Record<string, Numbers>>) => Object.keys(given)[0]!;
  const answers = askReference(
    tried.map(({ given, code }): Asked => {
      const values = Object.entries(given).map(([name, value]) => [name, batched(value, 1)] as const);
      return { code, given: Object.fromEntries(values), slopes: [first(given)] };
    }),
  );
  tried.forEach(({ name, loss, given, settings }, i) => {
    const ran = apply(`loss/${loss}`, given, { settings, batch: 1 });
    closeTo(ran.outputs[0]!, answers[i]!.value, name, 1e-6);
    closeTo(ran.gradients[`in/${first(given)}`]!, answers[i]!.slopes[first(given)]!, `slope of ${name}`, 1e-6);
  });
});
