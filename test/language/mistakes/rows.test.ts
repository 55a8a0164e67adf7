/**
 * The list of mistakes: each row is found as it says, and its fix gives a clean file. What is said word for word stands in
 * `golden.txt`, the table in `docs/mistakes.md`; both are written anew by `vitest -u`.
 */
import { describe, expect, test } from 'vitest';
import { type Case, type Row, show } from './case.ts';
import { habitRows } from './rows-habits.ts';
import { labelRows } from './rows-labels.ts';
import { lossRows } from './rows-losses.ts';
import { runRows } from './rows-runs.ts';
import { shapeRows } from './rows-shapes.ts';
import { structureRows } from './rows-structure.ts';
import { trainingRows } from './rows-training.ts';
import { page } from './table.ts';

const rows: readonly Row[] = [
  ...shapeRows,
  ...structureRows,
  ...lossRows,
  ...labelRows,
  ...habitRows,
  ...trainingRows,
  ...runRows,
];
const shown = new Map<Case, string>();

for (const { row, title, cases } of rows) {
  describe(`${row} ${title}`, () => {
    for (const one of cases) test(one.title, () => void shown.set(one, show(one)));
  });
}

test('each of the 102 rows stands once, in order, and ends in one class', () => {
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 102 }, (_, index) => index + 1));
  const found = rows.filter(({ cases: [first] }) => first && first.class !== 'judgement' && first.class !== 'start');
  expect(found.length).toBeGreaterThanOrEqual(95);
});

test('what is said, word for word', async () => {
  const texts = rows.flatMap(({ row, title, cases }) => [
    `# ${row} ${title}`,
    ...cases.map((one) => shown.get(one) ?? ''),
  ]);
  await expect(`${texts.join('\n')}\n`).toMatchFileSnapshot('golden.txt');
});

test('the table in the documentation', async () => {
  await expect(page(rows)).toMatchFileSnapshot('../../../docs/mistakes.md');
});
