/** Labels and texts of runs; nothing here knows VS Code. */
import { expect, test } from 'vitest';
import { metricsText } from '../../client/run/metrics-text.ts';
import {
  checkedValue,
  clock,
  runDescription,
  runTitle,
  runValue,
  statusText,
  valueText,
} from '../../client/run/run-label.ts';
import { createRunState, createViews, progressOf, type RunRecord, reduce } from '../../protocol/index.ts';
import { goodRun } from '../webview-ui/events.ts';

const record: RunRecord = {
  version: 1,
  id: '0014-quiet-heron',
  number: 14,
  title: 'mnist Digits',
  state: 'running',
  file: '/home/ada/vision/mnist.model',
  declaration: 'Digits',
  model: 'Digits',
  created: 0,
  ended: undefined,
  pid: 1,
  engine: 'onnx',
  device: 'cpu',
  threads: 8,
  seed: 0,
  parameters: 693962,
  steps: 200,
  step: 102,
  best: { epoch: 1, step: 100, metric: 'validation.accuracy', value: 0.9841 },
  metrics: {},
  planHash: '',
  dataHash: '',
  modelwright: '0.1.0',
  reason: undefined,
};

test('a run is called by its number and name', () => {
  expect(runTitle(record)).toBe('#14 quiet-heron');
  expect(runDescription(record, 'running')).toBe('51% · 98.41% · mnist Digits');
  expect(runDescription(record, 'finished')).toBe('98.41% · mnist Digits');
  const reason = 'The loss became not-a-number (NaN) at step 412.';
  expect(runValue({ ...record, reason }, 'failed')).toBe('NaN · step 412');
});

test.each([
  ['validation.accuracy', 0.5, '50.00%'],
  ['validation.loss', 0.0512, '0.0512'],
  ['perplexity', 12.34567, '12.35'],
  ['accuracy', 'NaN', 'NaN'],
] as const)('%s %s is %s', (metric, value, text) => {
  expect(valueText(metric, value)).toBe(text);
});

test('times and the status bar', () => {
  expect([clock(41), clock(125.4), clock(3727)]).toEqual(['0:41', '2:05', '1:02:07']);
  const run = goodRun({ steps: 200, epochs: 2, until: 150 }).reduce(reduce, createRunState());
  const text = statusText('mnist', 'running', progressOf(run, createViews(run.columns)), 2, 200);
  expect(text).toMatch(/^\$\(loading~spin\) mnist 2\/2 · 75% · 0:0\d$/);
  const progress = progressOf(run, createViews(run.columns));
  expect(statusText('mnist', 'running', progress, 2, 200, checkedValue(run))).toMatch(
    /^\$\(loading~spin\) mnist 2\/2 · 75% · 9\d\.\d\d% · 0:0\d$/,
  );
  expect(checkedValue(createRunState())).toBe('');
});

test('the metrics of a run as text', () => {
  const run = goodRun({ steps: 200, epochs: 2, until: 150 }).reduce(reduce, createRunState());
  const text = metricsText(record, 'running', run, progressOf(run, createViews(run.columns)));
  expect(text).toContain('mnist Digits #14 quiet-heron: running');
  expect(text).toMatch(/^ {2}train\.loss {3,}0\.\d+$/m);
  expect(text).toMatch(/^ {2}compute {4,}0:\d\d {2}\d\d%$/m);
  expect(text).toMatch(/^ {2}last {2}step 100 {2}checkpoints\/100$/m);
  expect(text).toContain('step 150 of 200, epoch 2 of 2');
  expect(text).toMatch(
    /^epoch {2}step {2}training loss {2}training accuracy {2}validation loss {2}validation accuracy$/m,
  );
  expect(text).toMatch(/^1 {6}100 /m);
});
