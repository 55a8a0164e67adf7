/** Rows of an evaluation and the messages of the tab: what is found, and what of other processes is let through. */
import { expect, test } from 'vitest';
import {
  findRows,
  isEvaluationAnswered,
  isEvaluationAsk,
  isEvaluationTell,
  parseEvaluation,
  parseRows,
  rowsHeadLine,
} from '../../protocol/index.ts';

const text = [
  rowsHeadLine([{ name: 'digit', kind: 'classes' }]).trimEnd(),
  '[[4,9,0.9,0.05]]',
  '[[4,4,0.8,0.8]]',
  '[null]',
  '[[4,9,0.99,0.001]]',
  '[["4",9]]',
  '[[4,9,0.9',
].join('\n');

test('rows of a cell and mistakes, the most confident first; what is damaged counts for nothing', () => {
  const rows = parseRows(text, 0) ?? [];
  expect(rows.map((entry) => entry?.length)).toEqual([4, 4, undefined, 4, undefined, undefined]);
  const filter = { kind: 'cell', is: 4, said: 9, threshold: 0.5 } as const;
  expect(findRows('classes', rows, filter).map(({ row }) => row)).toEqual([3, 0]);
  expect(findRows('classes', rows, { kind: 'mistakes', threshold: 0.5 }).map(({ row }) => row)).toEqual([3, 0]);
  expect(findRows('classes', rows, { kind: 'all' }).map(({ row }) => row)).toEqual([0, 1, 3]);
  expect(findRows('classes', rows, { kind: 'worst' })).toEqual([]);
});

test('another version, or no such answer: no rows', () => {
  expect(parseRows(text.replace('"version":1', '"version":2'), 0)).toBeUndefined();
  expect(parseRows(text, 1)).toBeUndefined();
  expect(parseRows('', 0)).toBeUndefined();
});

test('yes or no by the threshold that is looked at', () => {
  const rows = [
    [1, 0.4],
    [0, 0.45],
    [1, 0.9],
  ] as const;
  const wrong = (threshold: number) => findRows('yes-no', rows, { kind: 'mistakes', threshold }).map(({ row }) => row);
  expect(wrong(0.5)).toEqual([0]);
  expect(wrong(0.39)).toEqual([1]);
});

test('no path leads out of `eval/`, and no question asks for too much', () => {
  const find = { kind: 'find', name: 'Digits', answer: 0, filter: { kind: 'worst' }, from: 0, count: 12 };
  expect(isEvaluationAsk(find)).toBe(true);
  for (const name of ['../checkpoints', '..\\x', 'a/b', 'x'.repeat(200)])
    expect(isEvaluationAsk({ ...find, name })).toBe(false);
  expect(isEvaluationAsk({ ...find, count: 1e6 })).toBe(false);
  expect(isEvaluationAsk({ ...find, filter: { kind: '__proto__' } })).toBe(false);
  expect(isEvaluationAsk({ kind: 'examples', name: 'Digits', rows: Array.from({ length: 25 }, (_, i) => i) })).toBe(
    false,
  );
  expect(isEvaluationAsk({ kind: 'toString' })).toBe(false);
  expect(isEvaluationAnswered({ kind: 'find', total: 1, rows: [{ row: 0, entry: ['<b>'] }] })).toBe(false);
  expect(isEvaluationTell({ kind: 'ended', name: 'Digits' })).toBe(false);
  expect(parseEvaluation('{"version":2}')).toBeUndefined();
});
