/** Runs side by side: which columns choose themselves, what is marked, and the forms that leave the editor. */
import { expect, test } from 'vitest';
import {
  cellText,
  changedSettings,
  columnTitle,
  markdownText,
  runsAsCsv,
  runsAsMarkdown,
  settingsOf,
  sortedRows,
  tableOf,
} from '../../protocol/index.ts';
import { runOf } from './run-facts.ts';

test('columns are the results, the parameters, the time, and the settings that are not the same everywhere', () => {
  const table = tableOf([runOf(14), runOf(13, {}, { lr: '1e-1' }), runOf(11, { parameters: 347146 }, { batch: '32' })]);
  expect(table.columns.map(columnTitle)).toEqual([
    'best validation.accuracy',
    'validation.loss',
    'parameters',
    'lr',
    'batch',
    'time',
  ]);
  const marked = table.rows.map(({ cells }) =>
    cells.flatMap((cell, index) => (cell.differs ? [table.columns[index]!.title] : [])),
  );
  expect(marked).toEqual([[], ['lr'], ['parameters', 'batch']]);
  const best = table.rows.map(({ cells }) => cells.map((cell) => cell.best));
  expect(best[0]!.slice(0, 2)).toEqual([true, true]);
  expect(best[2]!.slice(0, 2)).toEqual([false, false]);
});

test('of two runs the later one is marked, and another optimizer brings no columns of its own settings', () => {
  const table = tableOf([
    runOf(1, {}, { 'optimizer.beta1': '0.9' }),
    runOf(2, {}, { optimizer: 'SGD', 'optimizer.momentum': '0' }),
  ]);
  expect(table.columns.filter(({ kind }) => kind === 'setting').map(({ title }) => title)).toEqual(['optimizer']);
  const at = table.columns.findIndex(({ title }) => title === 'optimizer');
  expect(table.rows.map(({ cells }) => cells[at]!.differs)).toEqual([false, true]);
  expect(changedSettings(table.rows[0]!.run.settings, table.rows[1]!.run.settings)).toEqual([
    { name: 'optimizer', from: 'Adam', to: 'SGD' },
  ]);
});

test('sorted by a column; what has no number comes last either way', () => {
  const table = tableOf([
    runOf(1),
    runOf(2, { best: undefined }),
    runOf(3),
    runOf(4, { best: { epoch: 1, step: 1, metric: 'validation.accuracy', value: 'NaN' } }),
  ]);
  const order = (descending: boolean) =>
    sortedRows(table, 'best validation.accuracy', descending).map(({ run }) => run.number);
  expect(order(true)).toEqual([3, 1, 2, 4]);
  expect(order(false)).toEqual([1, 3, 2, 4]);
  expect(sortedRows(table, 'nothing', true)).toBe(table.rows);
});

test('what is NaN is never the best', () => {
  const table = tableOf([
    runOf(1, { metrics: { 'validation.loss': 'NaN' } }),
    runOf(2, { metrics: { 'validation.loss': 0.3 } }),
    runOf(3, { metrics: { 'validation.loss': 0.2 } }),
  ]);
  const at = table.columns.findIndex(({ title }) => title === 'validation.loss');
  expect(table.rows.map(({ cells }) => cells[at]!.best)).toEqual([false, false, true]);
  expect(cellText(table.rows[0]!.cells[at], table.columns[at])).toBe('NaN');
});

test('names are no markup and no formula, and a cell does not end early', () => {
  const nasty = runOf(1, { name: '=HYPERLINK("x")|<img src=x onerror=1>\n| a', starred: true });
  const markdown = runsAsMarkdown([nasty, runOf(2, {}, { batch: '32' })]);
  const lines = markdown.trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  const bars = lines.map((line) => line.replace(/\\\|/g, '').split('|').length);
  expect(new Set(bars).size).toBe(1);
  expect(markdown).toContain('\\<img');
  expect(markdown).toContain('**32**');
  const csv = runsAsCsv([nasty, runOf(2)]);
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain(`"'=HYPERLINK(""x"")|<img src=x onerror=1> | a"`);
  expect(markdownText('a_b [c](d)')).toBe('a\\_b \\[c\\](d)');
});

test('settings of a plan: as the program writes them, whatever the plan holds', () => {
  const plan = {
    model: { name: 'Digits', args: { classes: 10 } },
    graph: { nodes: [{ op: 'input' }, { op: 'loss/crossEntropy' }] },
    loss: { node: 1, output: 0 },
    data: {
      name: 'Mnist',
      args: { part: 'train' },
      validation: 0.1,
      test: 0,
      shuffle: true,
      seed: 3,
      source: { call: 'source/idx', settings: { images: 'a.gz' } },
    },
    train: {
      epochs: 5,
      batch: 64,
      seed: 0,
      save: [{ kind: 'best', metric: 'validation.loss' }],
      stop: { watch: 'validation.loss', patience: 3, change: 0 },
      optimizer: {
        call: 'optimizer/Adam',
        settings: { lr: { call: 'schedule/cosine', settings: { peak: 0.001, warmup: 200 } }, beta1: 0.9 },
      },
      places: { batch: {} },
    },
  };
  const settings = Object.fromEntries(settingsOf(plan).map(({ name, value }) => [name, value]));
  expect(settings).toEqual({
    optimizer: 'Adam',
    lr: 'cosine(peak: 1e-3, warmup: 200)',
    'optimizer.beta1': '0.9',
    epochs: '5',
    batch: '64',
    stop: 'early(validation.loss, patience: 3, change: 0)',
    save: 'best(validation.loss)',
    seed: '0',
    loss: 'crossEntropy',
    model: 'Digits',
    'model.classes': '10',
    data: 'Mnist',
    'data.part': 'train',
    'data.validation': '0.1',
    'data.test': '0',
    'data.shuffle': 'true',
    'data.seed': '3',
    'source.images': 'a.gz',
  });
  for (const wrong of [undefined, null, 3, [], { train: 4 }, { train: { optimizer: [] }, data: 'x', model: 1 }]) {
    expect(settingsOf(wrong)).toBeInstanceOf(Array);
  }
});
