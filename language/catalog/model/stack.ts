/** Values beside each other along a new axis. */
import { model } from '../define.ts';
import { num, values } from '../planned.ts';
import { axisAt } from '../rules/axis.ts';
import { stackedType } from '../rules/stack.ts';
import { axis } from '../settings.ts';

export const stack = model('stack', {
  doc: 'Puts values of one shape beside each other along a new axis, the first one unless told otherwise.',
  source: 'NumPy `stack`, PyTorch `torch.stack`',
  examples: ['stack(features, features)', 'stack(features, features, axis: -1)'],
  inputs: [{ name: 'x', doc: 'The values, in order.', dtype: 'any', many: 1 }],
  settings: { axis: axis('Where the new axis stands.', { default: 0, named: true }) },
  result: stackedType,
  lower(b, inputs, _weights, settings) {
    const list = values(inputs);
    const dtype = list.some((value) => value.dtype === 'float32') ? 'float32' : (list[0]?.dtype ?? 'float32');
    const rank = list[0]?.shape.length ?? 0;
    const along = axisAt(num(settings, 'axis'), rank + 1);
    const raised = list.map((value) => {
      const shape = [...value.shape.slice(0, along), 1, ...value.shape.slice(along)];
      return b.reshape(b.cast(value, dtype), shape);
    });
    return b.concat(raised, along);
  },
});
