/** 0, 1, 2, … */
import { constant } from '../../shapes/dim.ts';
import { tensor } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { num } from '../planned.ts';
import { integer } from '../settings.ts';

export const range = model('range', {
  doc: 'The whole numbers from 0 to `n` − 1, the same for every example.',
  source: 'NumPy `arange`',
  examples: ['range(10) -> Embedding(10, 8)'],
  inputs: [],
  settings: { n: integer('How many numbers.', { min: 1 }) },
  result(_inputs, settings) {
    const n = dimOf(settings, 'n');
    const size = constant(n);
    const facts = size === undefined ? {} : ({ range: [0, size - 1] } as const);
    return [tensor('int32', [n], { perExample: false, facts })];
  },
  lower: (b, _inputs, _weights, settings) => b.iota(num(settings, 'n')),
});
