/** The whole batch as one value. */
import { tensor } from '../../shapes/type.ts';
import { batchSize } from '../batch.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { typeOf } from '../rules/types.ts';

export const batch = model('batch', {
  doc: 'The values of all examples of the batch, along a first axis. It is the one way out of a single example, and meant for losses.',
  source: 'Our own',
  examples: ['batch(features) @ transpose(batch(features))'],
  inputs: [{ name: 'x', doc: 'A value of each example.', dtype: 'any' }],
  settings: {},
  result(inputs) {
    const x = typeOf(inputs, 'x');
    return [tensor(x.dtype, x.shape && [batchSize, ...x.shape], { perExample: false, facts: x.facts })];
  },
  lower: (b, inputs) => b.batch(input(inputs, 'x')),
});
