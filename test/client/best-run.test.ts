/** The best of some runs, by the direction that their plan gives to the metric, whatever its name. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bestRun } from '../../client/run/best-run.ts';
import type { RunStateName } from '../../protocol/index.ts';
import type { RunSummary } from '../../runs/index.ts';

function runOf(number: number, value: number, metric: string, state: RunStateName = 'finished'): RunSummary {
  const folder = mkdtempSync(join(tmpdir(), 'mw-best-'));
  const metrics = [
    { name: 'agreement', direction: 'max' },
    { name: 'accuracyGap', direction: 'min' },
  ];
  writeFileSync(join(folder, 'plan.json'), JSON.stringify({ metrics }));
  const best = { epoch: 1, step: 1, metric, value };
  const notes = { version: 1, name: '', starred: false, tags: [], notes: '' };
  return { folder, state, notes, record: { number, best, metrics: {} } } as unknown as RunSummary;
}

const numbers = (runs: readonly RunSummary[]) => bestRun(runs)?.record.number;

test('the plan says which way a metric is better', () => {
  const rising = [0.7, 0.9, 0.8].map((value, i) => runOf(i, value, 'validation.agreement'));
  expect(numbers(rising)).toBe(1);
  const falling = [0.3, 0.1, 0.2].map((value, i) => runOf(i, value, 'validation.accuracyGap'));
  expect(numbers(falling)).toBe(1);
  const losses = [0.3, 0.1, 0.2].map((value, i) => runOf(i, value, 'validation.loss'));
  expect(numbers(losses)).toBe(1);
});

test('only finished runs of one metric are compared', () => {
  const runs = [
    runOf(3, 0.5, 'validation.agreement'),
    runOf(2, 0.9, 'validation.agreement', 'stopped'),
    runOf(1, 0.01, 'validation.loss'),
  ];
  expect(numbers(runs)).toBe(3);
  expect(numbers([])).toBeUndefined();
});
