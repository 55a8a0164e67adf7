/** Decimal numbers sorted into buckets. */
import { numbersOf } from '../checked.ts';
import { model } from '../define.ts';
import { input, nums } from '../planned.ts';
import { atSetting, refuse } from '../refuse.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { numbers } from '../settings.ts';

export const Bucketize = model('Bucketize', {
  doc: 'Turns each number into the number of its bucket: 0 below the first edge, 1 from the first edge on, and so on up to the number of edges.',
  source: 'Keras 3 `keras.layers.Discretization` with `bin_boundaries`; NumPy `digitize`',
  examples: ['features -> Bucketize([-1, 0, 1])', 'features -> Bucketize([0.5]) -> Embedding(2, 4)'],
  inputs: [{ name: 'x', doc: 'The numbers.', dtype: 'number' }],
  settings: { edges: numbers('Where one bucket ends and the next begins, rising.') },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('Bucketize', x);
    if (refused) return refused;
    const edges = numbersOf(settings, 'edges');
    if (edges === undefined || edges === 'none') return [made('int32', x.shape, [x])];
    const wrong = edges.findIndex((edge, at) => at > 0 && edge <= (edges[at - 1] ?? edge));
    if (wrong > 0 || edges.length === 0) {
      const values = { before: edges[wrong - 1] ?? 0, edge: edges[wrong] ?? 0 };
      return refuse('argument/edges', values, {
        ...(edges.length === 0 ? { variant: 'none' } : {}),
        at: atSetting('edges'),
      });
    }
    return [made('int32', x.shape, [x], { range: [0, edges.length] })];
  },
  lower(b, inputs, _weights, settings) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const edges = nums(settings, 'edges');
    const reached = b.binary('greaterEqual', b.reshape(x, [...x.shape, 1]), b.constant(edges, [edges.length]));
    return b.cast(b.reduce('sum', b.cast(reached, 'float32'), [x.shape.length], false), 'int32');
  },
});
