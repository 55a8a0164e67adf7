/** What the results of the families say: spreads, verdicts, and a page that keeps what is written around them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { families } from '../../scripts/lib/families.mjs';
import { lineOf, resultsText } from '../../scripts/lib/results-text.mjs';

const family = {
  name: 'digits',
  family: 'CNN',
  about: 'Digits',
  needs: [],
  runs: [],
  atLeast: { accuracy: 0.9 },
};

function resultOf(ours: Record<string, number[]>, reference: Record<string, number[]>) {
  return {
    machine: 'a machine',
    ours: { values: ours, seconds: 2, by: 'our engine' },
    reference: { values: reference, seconds: 3, by: 'PyTorch' },
  };
}

test('ours is as the reference within both spreads, in the direction that is better', () => {
  const line = (ours: number[], reference: number[], name = 'accuracy') =>
    lineOf(family, resultOf({ [name]: ours }, { [name]: reference }));
  expect(line([0.95, 0.97], [0.96, 0.98])).toBe(
    'digits: accuracy 0.960 ± 0.014 | 0.970 ± 0.014 as the reference (2 s | 3 s)',
  );
  expect(line([0.91, 0.92], [0.96, 0.97])).toMatch(/worse/);
  expect(line([0.97, 0.98], [0.91, 0.92])).toMatch(/better/);
  expect(line([0.8, 0.8], [0.7, 0.7])).toMatch(/below 0\.9/);
  expect(line([2.1, 2.2], [1.1, 1.2], 'perplexity')).toMatch(/worse/);
});

test('the page keeps its own words', () => {
  const before = '# Results\n\nOur words.\n\n<!-- measured: begin -->\nold\n<!-- measured: end -->\n\nMore.\n';
  const text = resultsText([family], { digits: resultOf({ accuracy: [0.95] }, { accuracy: [0.95] }) }, before);
  expect(text).toMatch(/^# Results\n\nOur words\.\n\n<!-- measured: begin -->/);
  expect(text).toMatch(/<!-- measured: end -->\n\nMore\.\n$/);
  expect(text).toContain('| CNN    | Digits         | 1     | accuracy |');
  expect(text).not.toContain('old');
});

test('each family has its program and its reference', () => {
  const root = join(import.meta.dirname, '..', '..');
  for (const { name } of families) {
    expect(existsSync(join(root, 'examples', 'families', `${name}.model`)), `${name}.model`).toBe(true);
    expect(existsSync(join(root, 'test', 'references', `${name}.py`)), `${name}.py`).toBe(true);
  }
});
