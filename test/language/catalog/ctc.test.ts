/** ctc against PyTorch's CTCLoss: values and slopes, padded texts and moments; and what it says of sizes. */
import { expect, test } from 'vitest';
import type { Settings } from '../../../language/index.ts';
import { apply, type Given, type Numbers, numbers, refusalOf, rule } from './apply.ts';
import { type Asked, askReference, closeTo, missingReference } from './reference.ts';

const [time, classes, length] = [9, 5, 4];
/** Scores as a weight, so that their slope can be had: one example at a time. */
const scores = (seed: number): Numbers => ({
  shape: [time, classes],
  data: numbers(time * classes, seed).map((value) => value * 2),
  constant: true,
});
const text = (characters: readonly number[]): Numbers => ({ shape: [length], data: characters, dtype: 'int32' });
const first = (count: number, of: number): Numbers => ({
  shape: [of],
  data: Array.from({ length: of }, (_, i) => (i < count ? 1 : 0)),
  dtype: 'bool',
});

interface Case {
  readonly given: Given;
  readonly settings: Settings;
  readonly characters: readonly number[];
  readonly moments?: number;
  readonly blank: number;
}

const cases: readonly Case[] = [
  { given: { text: text([0, 1, 2, 3]) }, settings: {}, characters: [0, 1, 2, 3], blank: 4 },
  { given: { text: text([2, 2, 2, 1]) }, settings: {}, characters: [2, 2, 2, 1], blank: 4 },
  { given: { text: text([1, 3, 3, 4]) }, settings: { blank: 0 }, characters: [1, 3, 3, 4], blank: 0 },
  {
    given: { text: text([1, 1, -1, -1]), where: first(2, length) },
    settings: { reduce: 'sum' },
    characters: [1, 1],
    blank: 4,
  },
  {
    given: { text: text([3, 0, 0, 9]), where: first(3, length), moments: first(6, time) },
    settings: {},
    characters: [3, 0, 0],
    moments: 6,
    blank: 4,
  },
];

test('values and slopes as PyTorch has them', (context) => {
  if (missingReference !== undefined) context.skip(missingReference);
  const answers = askReference(
    cases.map(({ characters, settings, blank, moments = time }, i): Asked => {
      const reduction = settings.reduce === 'sum' ? 'sum' : 'mean';
      return {
        code: `F.ctc_loss(scores.log_softmax(-1)[:, None], text[None], torch.tensor([${moments}]), torch.tensor([${characters.length}]), blank=${blank}, reduction="${reduction}")`,
        given: {
          scores: scores(i + 1),
          text: { shape: [characters.length], data: characters, dtype: 'int32' },
        },
        slopes: ['scores'],
      };
    }),
  );
  cases.forEach(({ given, settings }, i) => {
    const ran = apply('loss/ctc', { scores: scores(i + 1), ...given }, { settings, batch: 1 });
    closeTo(ran.outputs[0]!, answers[i]!.value, `case ${i}`);
    closeTo(ran.gradients['in/scores']!, answers[i]!.slopes.scores!, `slope of case ${i}`);
  });
});

test('it is the sum over all ways to spell, counted out', () => {
  const small: Numbers = { shape: [4, 3], data: numbers(12, 5) };
  const word: Numbers = { shape: [2], data: [0, 1], dtype: 'int32' };
  const ran = apply('loss/ctc', { scores: small, text: word }, { settings: { reduce: 'sum' }, batch: 1 });
  const rows = [0, 1, 2, 3].map((t) => {
    const powers = small.data.slice(t * 3, t * 3 + 3).map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((value) => value / sum);
  });
  let all = 0;
  for (let path = 0; path < 3 ** 4; path++) {
    const said = [0, 1, 2, 3].map((t) => Math.floor(path / 3 ** t) % 3);
    const spelt = said.filter((k, t) => k !== 2 && k !== said[t - 1]);
    if (spelt.join() === '0,1') all += said.reduce((product, k, t) => product * rows[t]![k]!, 1);
  }
  expect(ran.outputs[0]![0]).toBeCloseTo(-Math.log(all), 9);
});

test('moments, characters and the blank class must go together', () => {
  const of = (t: number, c: number): Numbers => ({ shape: [t, c], data: [] });
  const word = (size: number, more: Partial<Numbers> = {}): Numbers => ({
    shape: [size],
    data: [],
    dtype: 'int32',
    ...more,
  });
  const refused = (given: Given, settings: Settings = {}) => refusalOf('loss/ctc', given, settings).message.key;
  expect(refused({ scores: of(3, 5), text: word(4) })).toBe('loss/short');
  expect(refused({ scores: { shape: [3], data: [] }, text: word(4) })).toBe('loss/moments');
  expect(refused({ scores: of(9, 5), text: { shape: [4], data: [] } })).toBe('loss/moments');
  expect(refused({ scores: of(9, 5), text: word(4) }, { blank: 5 })).toBe('loss/blank');
  expect(refused({ scores: of(9, 5), text: word(4, { facts: { range: [0, 4] } }) })).toBe('loss/no-blank');
  expect(refused({ scores: of(9, 6), text: word(4, { facts: { range: [0, 4] } }) }, { blank: 0 })).toBe(
    'loss/no-blank.taken',
  );
  expect(refused({ scores: of(9, 5), text: word(4), where: { shape: [3], data: [], dtype: 'bool' } })).toBe(
    'loss/choice',
  );
  const remarks: { readonly message: { readonly key: string }; readonly severity: string }[] = [];
  rule('loss/ctc', { scores: of(6, 5), text: word(4) }, {}, remarks);
  rule('loss/ctc', { scores: of(3, 5), text: word(4, { facts: { padded: true } }) }, {}, remarks);
  rule('loss/ctc', { scores: of(8, 5), text: word(4, { facts: { range: [0, 3] } }) }, {}, remarks);
  expect(remarks.map(({ message, severity }) => `${severity} ${message.key}`)).toEqual([
    'warning loss/short.repeats',
    'warning loss/short.padded',
  ]);
});
