/** The list of mistakes: each row is found as it says, and its fix gives a clean file. */
import { describe, expect, test } from 'vitest';
import { show } from './case.ts';
import { habitRows } from './rows-habits.ts';
import { lossRows } from './rows-losses.ts';
import { shapeRows } from './rows-shapes.ts';
import { trainingRows } from './rows-training.ts';

const rows = [...shapeRows, ...lossRows, ...habitRows, ...trainingRows];

for (const { row, title, cases } of rows) {
  if (cases.length === 0) continue;
  describe(`${row} ${title}`, () => {
    for (const one of cases) test(one.title, () => void show(one));
  });
}

test('each row stands once, in order', () => {
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
});
