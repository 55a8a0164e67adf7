/** Programs in files become plans, plans become programs of primitives. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../compiler/index.ts';
import type { Plan } from '../../language/index.ts';
import { benchModels, benchPlan } from './bench-plans.ts';
import { planOf } from './program-plans.ts';

const parameters = (plan: Plan): number =>
  plan.graph.weights.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);

describe('the bench models', () => {
  for (const model of benchModels) {
    test(`${model} is the same written by hand and in the language`, () => {
      const plan = planOf(`examples/bench/${model}.model`);
      const byHand = benchPlan(model);
      expect(parameters(plan)).toBe(parameters(byHand));
      expect(compile(plan).costs().macs).toBe(compile(byHand).costs().macs);
      const nodes = (one: Plan) =>
        compile({ ...one, metrics: [] }).lower('train', 4, { update: 'outside' }).nodes.length;
      expect(nodes(plan)).toBe(nodes(byHand));
    });
  }
});

describe('every example lowers in every mode', () => {
  const folders = ['digits', 'mnist', 'table', 'gpt', 'bench'];
  const files = folders.flatMap((folder) =>
    readdirSync(`examples/${folder}`)
      .filter((name) => name.endsWith('.model'))
      .map((name) => `examples/${folder}/${name}`),
  );
  for (const file of files) {
    test(file, () => {
      const compiled = compile(planOf(file, file.includes('mnist') || file.includes('bench') ? undefined : 'data'));
      for (const mode of ['train', 'evaluate', 'predict'] as const) {
        expect(compiled.lower(mode, 3).outputs.length).toBeGreaterThan(0);
      }
    });
  }
});

test('costs are multiply-adds of one example, by layer', () => {
  const costs = compile(planOf('examples/digits/digits.model', 'data')).costs();
  expect(costs.macs).toBe(26 * 26 * 32 * 9 + 5408 * 128 + 128 * 10);
  expect([...costs.layers]).toEqual([
    ['DigitReader/Conv2D.0', 26 * 26 * 32 * 9],
    ['DigitReader/Dense.0', 5408 * 128],
    ['DigitReader/Dense.1', 128 * 10],
  ]);
});
