/** What two runs answer differently, from the evaluations in their folders. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Evaluation, isEvaluationDifference, rowsHeadLine } from '../../protocol/index.ts';
import { evaluationDifferences } from '../../runs/index.ts';
import { digitsPlayed } from '../webview-ui/evaluations.ts';

const { evaluation, entries } = digitsPlayed();

/** A run folder with this evaluation and its rows. */
function runWith(change: Partial<Evaluation>, rows: readonly unknown[] = entries): string {
  const folder = mkdtempSync(join(tmpdir(), 'mw-differs-'));
  const home = join(folder, 'eval', evaluation.name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'evaluation.json'), JSON.stringify({ ...evaluation, ...change }));
  const head = rowsHeadLine([{ name: 'digit', kind: 'classes' }]);
  writeFileSync(join(home, 'rows.jsonl'), head + rows.map((row) => `${JSON.stringify([row])}\n`).join(''));
  return folder;
}

test('rows that became right and wrong, classes by what changed most, metrics', () => {
  // The first right row is wrong now, the first wrong one is right.
  const right = entries.findIndex((entry) => entry !== null && entry[0] === entry[1]);
  const wrong = entries.findIndex((entry) => entry !== null && entry[0] !== entry[1]);
  const changed = entries.map((entry, row) => {
    if (entry === null || (row !== right && row !== wrong)) return entry;
    const [is, said, ...rest] = entry;
    return [is, row === wrong ? is : (Number(said) + 1) % 10, ...rest];
  });
  const answer = evaluation.answers[0]!;
  if (answer.kind !== 'classes') throw new Error('digits have classes');
  const perClass = answer.perClass.map((figures, index) =>
    index === 3 ? { ...figures, f1: { value: 0.5 } } : figures,
  );
  const from = runWith({});
  const to = runWith({ metrics: { accuracy: { value: 0.99 } }, answers: [{ ...answer, perClass }] }, changed);
  const [difference] = evaluationDifferences(from, to);
  expect(isEvaluationDifference(difference)).toBe(true);
  expect(difference?.metrics).toEqual([{ name: 'accuracy', from: evaluation.metrics.accuracy?.value, to: 0.99 }]);
  const [digit] = difference?.answers ?? [];
  expect(digit?.classes[0]).toMatchObject({ name: answer.classes[3], to: 0.5 });
  expect(digit?.rows).toMatchObject({ mended: 1, broken: 1 });
  expect(digit?.rows?.changed.map(({ row }) => row).sort((a, b) => a - b)).toEqual(
    [right, wrong].sort((a, b) => a - b),
  );
  expect((digit?.rows?.bothRight ?? 0) + (digit?.rows?.bothWrong ?? 0)).toBe(entries.length - 2);
});

test('evaluations of other rows, of other data, or torn ones are not held against each other', () => {
  const from = runWith({});
  for (const change of [{ dataHash: 'other' }, { examples: 3 }, { part: 'validation' as const }]) {
    expect(evaluationDifferences(from, runWith(change))).toEqual([]);
  }
  const torn = runWith({});
  writeFileSync(join(torn, 'eval', evaluation.name, 'rows.jsonl'), '{"version":1');
  expect(evaluationDifferences(from, torn)[0]?.answers[0]?.rows).toBeUndefined();
  writeFileSync(join(torn, 'eval', evaluation.name, 'evaluation.json'), '{');
  expect(evaluationDifferences(from, torn)).toEqual([]);
  expect(evaluationDifferences(mkdtempSync(join(tmpdir(), 'mw-none-')), from)).toEqual([]);
});
