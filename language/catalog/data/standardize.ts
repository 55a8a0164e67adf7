/** Mean 0 and deviation 1 for each row by itself. */
import { transform } from '../define.ts';
import { isRefusal } from '../refuse.ts';
import { axisIn } from '../rules/axis.ts';
import { needAxes } from '../rules/columns.ts';
import { made, needNumber, typeOf } from '../rules/types.ts';
import { axis } from '../settings.ts';

export const standardize = transform('standardize', {
  doc: 'Takes the row’s own mean away and divides by its own standard deviation, over all of its numbers or along one axis. Nothing is learned, unlike `Normalize`.',
  source: 'TensorFlow `tf.image.per_image_standardization`, without its lower bound',
  examples: ['images -> standardize'],
  inputs: [{ name: 'x', doc: 'Rows of numbers.', dtype: 'number' }],
  settings: {
    axis: axis('The axis along which mean and deviation are taken; else over all.', { default: null, named: true }),
  },
  fitted: false,
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const refused = needNumber('standardize', x);
    if (refused) return refused;
    if (x.shape?.length === 0) return needAxes('standardize', x, 'single');
    const along = settings.axis === null ? undefined : axisIn('standardize', x, settings, 'axis');
    if (isRefusal(along)) return along;
    return [made('float32', x.shape, [x], { normalised: true })];
  },
});
