/** Curves of several runs on one axis, groups of them, and the axes of settings and results. */
import { expect, test } from 'vitest';
import type { RunCurves } from '../../protocol/index.ts';
import { styleOf } from '../../webview-ui/compare/colours.ts';
import { effectText } from '../../webview-ui/compare/effect.ts';
import { compareData, type DrawnLine, valueAt } from '../../webview-ui/compare/lines.ts';
import { parallelAxes, placeOn } from '../../webview-ui/compare/parallel-axes.ts';
import { BY_ALL_BUT_SEED, groupings, groupOf, quantitiesOf } from '../../webview-ui/compare/quantities.ts';
import { runOf } from '../protocol/run-facts.ts';

function curves(values: readonly (readonly [number, number])[], seconds = 100): RunCurves {
  return {
    view: {
      size: 1,
      step: Float64Array.from([1, 100]),
      elapsed: Float64Array.from([0, seconds]),
      wall: Float64Array.from([0, seconds]),
      raw: [Float32Array.from([0.1, 0.1])],
      smooth: [Float32Array.from([2, 1])],
    },
    names: ['lr', 'train.loss'],
    points: values.map(([step, value]) => ({ step, elapsed: step, values: { accuracy: value } })),
    stepsPerEpoch: 10,
  };
}

const quantity = { id: 'validation.accuracy', kind: 'validation', name: 'accuracy', direction: 'max' } as const;
const plain = { axis: 'step', zoom: undefined, log: false, logX: false } as const;
const line = (key: string, ...all: RunCurves[]): DrawnLine => ({
  key,
  label: key,
  style: { colour: 'red', dash: [], width: 2 },
  curves: all,
});

test('lines of runs with other steps share an axis, and go on where they have no point', () => {
  const { data, bands } = compareData(
    quantity,
    [
      line(
        'a',
        curves([
          [10, 0.5],
          [20, 0.6],
        ]),
      ),
      line(
        'b',
        curves([
          [15, 0.4],
          [30, 0.8],
        ]),
      ),
    ],
    plain,
  );
  expect(data.x).toEqual([10, 15, 20, 30]);
  expect(data.lines.map(({ values }) => [...values])).toEqual([
    [0.5, undefined, 0.6, undefined],
    [undefined, 0.4, undefined, 0.8],
  ]);
  expect(bands).toEqual([]);
  expect(data.xRange).toEqual([0, 30]);
  const byEpoch = compareData(quantity, [line('a', curves([[10, 0.5]]))], { ...plain, axis: 'epoch' });
  expect(byEpoch.data.x).toEqual([1]);
});

test('a group is its mean, with the area between lowest and highest, of those that reach so far', () => {
  const { data, bands, mains } = compareData(
    quantity,
    [
      line(
        'seeds',
        curves([
          [10, 0.4],
          [20, 0.6],
        ]),
        curves([
          [10, 0.6],
          [30, 0.8],
        ]),
      ),
    ],
    plain,
  );
  expect(data.x).toEqual([10, 20, 30]);
  expect(bands).toEqual([{ upper: 1, lower: 0, colour: 'red' }]);
  const [low, high, mean] = data.lines.map(({ values }) => [...values]);
  expect(mains).toEqual([2]);
  expect(low?.[0]).toBe(0.4);
  expect(high?.[0]).toBe(0.6);
  expect(mean?.map((value) => Number(value?.toFixed(3)))).toEqual([0.5, 0.65, 0.8]);
});

test('training curves go through the middles of their buckets; what is no number is left out', () => {
  const wide = curves([]);
  const run: RunCurves = {
    ...wide,
    view: {
      size: 4,
      step: Float64Array.from([1, 2, 5, 6]),
      elapsed: new Float64Array(4),
      wall: new Float64Array(4),
      raw: [new Float32Array(4)],
      smooth: [Float32Array.from([1, 3, Number.NaN, 2])],
    },
  };
  const { data } = compareData(
    { id: 'l', kind: 'smooth', name: 'train.loss', direction: 'min' },
    [line('a', run)],
    plain,
  );
  expect(data.x).toEqual([1]);
  expect([...(data.lines[0]?.values ?? [])]).toEqual([2]);
  expect(valueAt({ x: [1, 3], y: [10, 20] }, 2)).toBe(15);
  expect(valueAt({ x: [1, 3], y: [10, 20] }, 4)).toBeUndefined();
});

test('charts and groups choose themselves', () => {
  const runs = [runOf(1, {}, { seed: '1' }), runOf(2, {}, { seed: '2' }), runOf(3, {}, { seed: '1', batch: '32' })];
  expect(quantitiesOf(runs).map(({ id }) => id)).toEqual([
    'validation.accuracy',
    'validation.loss',
    'train.loss',
    'train.accuracy',
    'lr',
  ]);
  expect(groupings(runs)).toEqual([BY_ALL_BUT_SEED, 'batch']);
  expect(groupOf(runs[0]!, BY_ALL_BUT_SEED)).toBe(groupOf(runs[1]!, BY_ALL_BUT_SEED));
  expect(groupOf(runs[2]!, 'batch')).toBe('batch: 32');
});

test('axes of settings: numbers by their size, by factors where they span decades; words in their order', () => {
  const runs = [
    runOf(1, {}, { lr: '1e-4', optimizer: 'SGD' }),
    runOf(2, {}, { lr: '1e-2' }),
    runOf(3, { best: undefined }, { lr: '1e-3' }),
  ];
  const [optimizer, lr, result] = parallelAxes(runs);
  expect([optimizer?.name, lr?.name, result?.name]).toEqual(['optimizer', 'lr', 'validation.accuracy']);
  expect(placeOn(lr!, runs[2]!)).toBeCloseTo(0.5);
  expect(runs.map((run) => placeOn(optimizer!, run))).toEqual([0, 1, 1]);
  expect(runs.map((run) => placeOn(result!, run))).toEqual([0, 1, undefined]);
  expect(parallelAxes([runs[2]!])).toEqual([]);
});

test('beyond five runs a colour comes again with dashes', () => {
  expect(styleOf(0, undefined)).toEqual({ colour: 'blue', dash: [] });
  expect(styleOf(5, undefined)).toEqual({ colour: 'blue', dash: [6, 4] });
  expect(styleOf(7, 'green')).toEqual({ colour: 'green', dash: [6, 4] });
});

test('the effect is told at the step that both have reached, and as a factor of the pace', () => {
  const [from, to] = [runOf(1, {}, { batch: '32' }), runOf(2, {}, { batch: '64' })];
  const known = new Map([
    [
      from.folder,
      curves([
        [10, 0.9],
        [20, 0.92],
      ]),
    ],
    [to.folder, curves([[10, 0.915]], 50)],
  ]);
  expect(effectText(from, to, known)).toBe(
    'Effect so far: accuracy +1.5 points at the same step, 4.0× the examples per second.',
  );
  expect(effectText(from, to, new Map())).toBe('');
});
