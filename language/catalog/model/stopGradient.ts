/** A value that no gradient flows back through. */
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { made, typeOf } from '../rules/types.ts';

export const stopGradient = model('stopGradient', {
  doc: 'Gives its value unchanged, but counts as a constant when gradients are computed.',
  source: 'Keras 3 `keras.ops.stop_gradient`, PyTorch `detach`',
  examples: ['features - stopGradient(features)'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: {},
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return [made(x.dtype, x.shape, [x], x.facts)];
  },
  lower: (b, inputs) => b.stopGradient(input(inputs, 'x')),
});
