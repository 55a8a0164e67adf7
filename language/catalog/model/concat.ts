/** Values end to end along an axis. */
import { model } from '../define.ts';
import { num, values } from '../planned.ts';
import { isRefusal } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { commonType, joinAlong } from '../rules/join.ts';
import { made, shared, typesOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const concat = model('concat', {
  doc: 'Puts values end to end along an axis, the last one unless told otherwise. All other axes must be equal.',
  source: 'Keras 3 `keras.ops.concatenate`, PyTorch `torch.cat`',
  examples: ['concat(features, features)', 'concat(sequence, sequence, axis: 0)'],
  inputs: [{ name: 'x', doc: 'The values, in order.', dtype: 'any', many: 1 }],
  settings: { axis: axis('Along which axis.', { default: -1, named: true }) },
  result(inputs, settings, context) {
    const types = typesOf(inputs);
    const dtype = commonType('concat', types, context);
    if (isRefusal(dtype)) return dtype;
    const [first] = types;
    const along = first && axisIn('concat', first, settings);
    if (isRefusal(along)) return along;
    const shapes = types.flatMap((type) => (type.shape ? [type.shape] : []));
    if (along === undefined || shapes.length < types.length) return [made(dtype, undefined, types)];
    const joined = joinAlong(context, 'concat', shapes, along);
    return isRefusal(joined) ? joined : [made(dtype, joined, types, shared(types))];
  },
  lower(b, inputs, _weights, settings) {
    const list = values(inputs);
    const dtype = list.some((value) => value.dtype === 'float32') ? 'float32' : list[0]?.dtype;
    const same = dtype ? list.map((value) => b.cast(value, dtype)) : list;
    return b.concat(same, axisAt(num(settings, 'axis'), list[0]?.shape.length ?? 1));
  },
});
