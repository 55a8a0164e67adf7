/** Metrics that keep rows or matrices come whole out of every engine, and their value is that of the whole epoch. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Batch } from '../../trainer/engine.ts';
import { addBatch, noTotals, valuesOfTotals } from '../../trainer/run/arithmetic.ts';
import { dense, planMaker } from '../compiler/plans.ts';
import { numbers, withDefaults } from '../language/catalog/apply.ts';
import { engines } from './engines.ts';

const width = 4;
const rows = 11;
const data = numbers(rows * width, 3);
const answers = numbers(rows, 4).map((value) => (value > 0 ? 1 : 0));

function planOf() {
  const p = planMaker('M');
  const x = p.input('x', [width]);
  const score = p.node('model/sum', { x }, [], { settings: withDefaults('model/sum') });
  const answer = p.field('answer', [], 'int32');
  const classes = dense(p, x, 2);
  const decimal = p.field('decimal', []);
  p.output('score', score);
  p.metric('auc', 'metric/auc', { prediction: score, truth: decimal });
  p.metric('confusion', 'metric/confusion', { prediction: classes, truth: answer });
  p.metric('ndcg', 'metric/ndcg', { query: x, key: x });
  const plan = p.finish(score, { batch: 4 });
  return { ...plan, metrics: plan.metrics.map((one) => ({ ...one, settings: withDefaults(one.op) })) };
}

const batchOf = (from: number, to: number): Batch => ({
  size: to - from,
  fields: {
    x: { dtype: 'float32', shape: [to - from, width], data: Float32Array.from(data.slice(from * width, to * width)) },
    answer: { dtype: 'int32', shape: [to - from], data: Int32Array.from(answers.slice(from, to)) },
    decimal: { dtype: 'float32', shape: [to - from], data: Float32Array.from(answers.slice(from, to)) },
  },
});

function areaOf(): number {
  const scores = Array.from({ length: rows }, (_, i) =>
    data.slice(i * width, (i + 1) * width).reduce((a, b) => a + b, 0),
  );
  let [above, pairs] = [0, 0];
  for (const [i, a] of scores.entries()) {
    for (const [j, b] of scores.entries()) {
      if (answers[i] !== 1 || answers[j] !== 0) continue;
      pairs += 1;
      above += a > b ? 1 : 0;
    }
  }
  return above / pairs;
}

for (const { name, missing, open } of engines) {
  if (missing !== '') {
    test.skip(`metrics of ${name}: ${missing}`, () => undefined);
    continue;
  }
  describe(name, () => {
    test('rows of batches one behind the other, counts added up', async () => {
      const plan = planOf();
      const compiled = compile(plan);
      const session = await (await open()).open(compiled, { batch: 4, threads: 1, seed: 1 });
      const measure = {
        metrics: plan.metrics,
        mode: 'evaluate' as const,
        arithmetic: {
          schedule: () => 0,
          watches: () => undefined,
          keeps: (metric: (typeof plan.metrics)[number], mode: 'train' | 'evaluate') =>
            compiled.keeps(plan.metrics.indexOf(metric), mode),
          compact: (_metric: unknown, rows: readonly number[]) => rows,
          finish: (metric: (typeof plan.metrics)[number], found: readonly number[], mode: 'train' | 'evaluate') =>
            compiled.finish(plan.metrics.indexOf(metric), found, mode),
        },
      };
      const totals = noTotals();
      for (const from of [0, 4, 8]) {
        const batch = batchOf(from, Math.min(from + 4, rows));
        addBatch(totals, batch.size, await session.evaluate(batch), measure);
      }
      expect(totals.metrics.auc!.length).toBe(rows * 4);
      expect(totals.metrics.ndcg!.length).toBe(rows * (2 + 2 * width));
      expect(totals.metrics.confusion!.length).toBe(4);
      expect(totals.metrics.confusion!.reduce((a, b) => a + b, 0)).toBe(rows);
      const values = valuesOfTotals(totals, measure);
      expect(values.auc).toBeCloseTo(areaOf(), 9);
      // Each vector is nearest to itself, unless a longer one lies in its direction.
      expect(values.ndcg).toBeGreaterThan(0.3);
      await session.dispose();
    });
  });
}
