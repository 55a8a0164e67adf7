/** True on and below the diagonal. */
import { tensor } from '../../shapes/type.ts';
import { dimOf } from '../checked.ts';
import { model } from '../define.ts';
import { num } from '../planned.ts';
import { integer } from '../settings.ts';

export const lowerTriangle = model('lowerTriangle', {
  doc: 'A square of truth values, true on and below the diagonal: as a mask, it lets each step look at itself and the steps before it.',
  source: 'NumPy `tri`, with truth values',
  examples: [
    'where(lowerTriangle(10), sequence @ transpose(sequence), 0.0)',
    'sequence -> Attention(2, mask: lowerTriangle(10))',
  ],
  inputs: [],
  settings: { n: integer('How many rows and columns there are.', { min: 1 }) },
  result(_inputs, settings) {
    const n = dimOf(settings, 'n');
    return [tensor('bool', [n, n], { perExample: false })];
  },
  lower(b, _inputs, _weights, settings) {
    const n = num(settings, 'n');
    const places = b.iota(n);
    return b.binary('greaterEqual', b.reshape(places, [n, 1]), b.reshape(places, [1, n]));
  },
});
