/** Every optimizer of the catalogue is a kernel: no update falls back into the graph. */
import { expect, test } from 'vitest';
import { compile, writeKernel } from '../../compiler/index.ts';
import { catalog } from '../../language/index.ts';
import { withDefaults } from '../language/catalog/apply.ts';
import { dense, planMaker } from './plans.ts';

const optimizers = catalog.names('optimizer').map((name) => `optimizer/${name}`);

test('there are optimizers to look at', () => {
  expect(optimizers.length).toBeGreaterThan(8);
});

test.each(optimizers)('%s', (key) => {
  const entry = catalog.get(key);
  const settings = withDefaults(key, { lr: 0.1 });
  const excludes = entry?.kind === 'optimizer' && 'exclude' in settings;
  const p = planMaker('Tiny');
  const scores = dense(p, p.input('x', [5]), 3, 'softmax');
  p.output('scores', scores);
  const label = p.field('label', [], 'int32');
  const loss = p.node('loss/crossEntropy', { prediction: scores, truth: label }, [], {
    settings: { smoothing: 0, classWeights: null, reduce: 'mean' },
  });
  const of = (more: object) =>
    compile(p.finish(loss, { optimizer: { call: key, settings: { ...settings, ...more } }, clip: 1 }));
  const kernel = writeKernel(of({}).updates());
  expect(kernel.updates.length).toBe(1);
  expect(WebAssembly.validate(Uint8Array.from(kernel.module))).toBe(true);
  if (excludes) expect(writeKernel(of({ decay: 0.1, exclude: ['Dense'] }).updates()).updates.length).toBe(2);
});
