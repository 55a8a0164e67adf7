/** What the charts draw, as numbers: lines, ranges, marks, keys. */
import { expect, test } from 'vitest';
import { createRunState, createViews, type RunEvent, type RunState, reduce, viewOf } from '../../protocol/index.ts';
import { chartsOf, isShare } from '../../webview-ui/charts/chart-list.ts';
import { moveByKey, nearest } from '../../webview-ui/charts/keys.ts';
import { marksOf } from '../../webview-ui/charts/marks.ts';
import { aboveNothing, type ChartData, chartData, xRangeOf } from '../../webview-ui/charts/points.ts';
import { fewSplits, logSplits } from '../../webview-ui/charts/splits.ts';
import { yRange } from '../../webview-ui/charts/y-range.ts';
import { metricText, number, short } from '../../webview-ui/text/numbers.ts';
import { goodRun } from './events.ts';

const fold = (events: readonly RunEvent[]): RunState => events.reduce(reduce, createRunState());

function draw(run: RunState, id: string, log = false, buckets = 1000): ChartData {
  const chart = chartsOf(run).find((each) => each.id === id)!;
  const request = {
    raw: chart.columns,
    smooth: chart.columns,
    weight: 0.8,
    axis: 'step',
    from: 0,
    to: 1e9,
    buckets,
  } as const;
  const view = viewOf(createViews(run.columns), request, run.marks);
  return chartData({ chart, run, view, axis: 'step', xRange: [0, run.step], log });
}

test('a run has a chart for its loss, one for each metric, and how the training goes', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 60 }));
  expect(chartsOf(run).map((chart) => chart.title)).toEqual(['Loss', 'Accuracy', 'Learning rate', 'Throughput']);
  expect(isShare(run, 'accuracy')).toBe(true);
  expect(isShare(run, 'loss')).toBe(false);
});

test('validation stands at its own steps and is never smoothed', () => {
  const run = fold(goodRun({ steps: 100, epochs: 5, until: 60 }));
  const data = draw(run, 'loss');
  const validation = data.lines.find((line) => line.role === 'validation')!;
  const said = run.epochs.map((epoch) => [epoch.step, epoch.validation?.loss]);
  const drawn = data.x.flatMap((x, index) =>
    typeof validation.values[index] === 'number' ? [[x, validation.values[index]]] : [],
  );
  expect(drawn).toEqual(said);
});

test('a value that is not a number is a gap, and a mark with its step', () => {
  const events = goodRun({ steps: 100, epochs: 1, until: 60 }).map((event) =>
    event.kind === 'step' && event.step === 50 ? { ...event, loss: 'NaN' as const } : event,
  );
  const run = fold(events);
  const raw = draw(run, 'loss').lines.find((line) => line.role === 'raw')!;
  expect(raw.values[49]).toBeNull();
  expect(raw.values[48]).toBeTypeOf('number');
  const chart = chartsOf(run)[0]!;
  const marks = marksOf({
    chart,
    run,
    broken: [{ step: 50, until: 50, value: Number.NaN }],
    xOf: (step) => step,
    range: [0, 100],
  });
  expect(marks).toContainEqual({ x: 50, kind: 'broken', text: 'NaN at 50' });
});

test('a long run is drawn by few points, its smoothed line through the middles', () => {
  const run = fold(goodRun({ steps: 20_000, epochs: 1, until: 20_000 }));
  const data = draw(run, 'loss', true, 800);
  expect(data.x.length).toBeLessThanOrEqual(1602);
  const train = data.lines.find((line) => line.role === 'train')!;
  expect(train.values.filter((value) => typeof value === 'number').length).toBeLessThan(300);
});

test('the x axis grows by doubling, up to the whole run', () => {
  const at = (until: number) => xRangeOf(fold(goodRun({ steps: 4000, epochs: 4, until })), 60, 'step', undefined)[1];
  expect([at(10), at(200), at(230), at(1000), at(3900)]).toEqual([32, 256, 256, 2048, 4000]);
  const run = fold(goodRun({ steps: 4000, epochs: 4, until: 1000 }));
  expect(xRangeOf(run, 60, 'epoch', undefined)[1]).toBeCloseTo(2.048);
  expect(xRangeOf(run, 60, 'step', { from: 3, to: 9 })).toEqual([3, 9]);
});

test('the y axis leaves out wild raw values and never the validation', () => {
  const x = Array.from({ length: 100 }, (_, index) => index);
  const raw = x.map((index) => (index === 50 ? 1000 : 1 + index / 1000));
  const [low, high] = yRange([{ role: 'raw', values: raw }], x, [0, 100], { log: false, direction: 'min' });
  expect(high).toBeLessThan(1.2);
  expect(low).toBeGreaterThan(0.9);
  const validation = x.map((index) => (index === 99 ? 7 : null));
  const lines = [
    { role: 'raw', values: raw },
    { role: 'validation', values: validation },
  ] as const;
  expect(yRange(lines, x, [0, 100], { log: false, direction: 'min' })[1]).toBeGreaterThanOrEqual(7);
  expect(yRange([], [], [0, 1], { log: true, direction: 'min' })).toEqual([0.1, 1]);
});

test('keys move the cursor', () => {
  const x = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
  const key = (name: string, shiftKey = false, at?: number) => moveByKey({ key: name, shiftKey }, x, at);
  expect(key('ArrowRight')).toBe(0);
  expect(key('ArrowRight', false, 20)).toBe(3);
  expect(key('ArrowRight', true, 20)).toBe(12);
  expect(key('ArrowLeft', false, 0)).toBe(0);
  expect(key('End')).toBe(12);
  expect(key('a')).toBeUndefined();
  expect(nearest(x, 34)).toBe(3);
  expect(nearest(x, 36)).toBe(4);
});

test('numbers as people read them', () => {
  expect([0.05692, 123.456, 2_500_000, 0.000478, 0].map((value) => number(value))).toEqual([
    '0.05692',
    '123.5',
    '2.50e6',
    '4.78e-4',
    '0.00',
  ]);
  expect([number('NaN'), number('Infinity'), number('-Infinity'), number(undefined)]).toEqual(['NaN', '∞', '−∞', '–']);
  expect(metricText(0.99996, true)).toBe('100.00%');
  expect([12500, 1e6, 0.002, 0.5].map(short)).toEqual(['12.5k', '1M', '2e-3', '0.5']);
});

test('a logarithmic axis has marks in any range', () => {
  expect(logSplits(0.0158, 4)).toEqual(expect.arrayContaining([0.02, 0.1, 1, 2]));
  expect(logSplits(0.11, 0.19)).toEqual([0.12, 0.14, 0.16, 0.18]);
  expect(logSplits(1e-30, 1e30).length).toBeLessThan(600);
  expect(logSplits(0, 1)).toEqual([]);
  expect(logSplits(1, Number.POSITIVE_INFINITY)).toEqual([]);
});

test('values that break one by one are triangles, those that stay broken are lines', () => {
  const run = fold(goodRun({ steps: 100, epochs: 1, until: 60 }));
  const broken = [
    { step: 20, until: 20, value: Number.POSITIVE_INFINITY },
    { step: 30, until: 30, value: Number.NaN },
    { step: 50, until: 60, value: Number.NaN },
  ];
  const marks = marksOf({ chart: chartsOf(run)[0]!, run, broken, pinned: 40, xOf: (step) => step, range: [0, 100] });
  expect(marks.filter(({ kind }) => kind === 'broken' || kind === 'isolated' || kind === 'pinned')).toEqual([
    { x: 20, kind: 'broken', text: '∞ at 20' },
    { x: 30, kind: 'isolated', text: '' },
    { x: 50, kind: 'broken', text: '' },
    { x: 40, kind: 'pinned', text: '' },
  ]);
});

test('a logarithmic horizontal axis begins above nothing and has few texts', () => {
  expect(aboveNothing([0, 4690], 'step', 938)).toEqual([1, 4690]);
  expect(aboveNothing([0, 5], 'epoch', 938)[0]).toBeCloseTo(1 / 938);
  expect(fewSplits(1, 5000)).toEqual([1, 10, 100, 1000]);
  expect(fewSplits(10, 80)).toEqual([10, 20, 50]);
});
