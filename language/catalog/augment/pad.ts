/** Pictures with a border. */
import { add, known, multiply, unknown } from '../../shapes/dim.ts';
import { dimOf } from '../checked.ts';
import { augmentation } from '../define.ts';
import { isRefusal } from '../refuse.ts';
import { samePicture } from '../rules/augment.ts';
import { integer } from '../settings.ts';

export const pad = augmentation('pad', {
  doc: 'Puts a border of 0 around each picture, so that `crop` can cut a piece that is moved by a few pixels.',
  source: 'torchvision `RandomCrop(padding=…)`',
  examples: ['image -> pad(4) -> crop(28, 28)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { n: integer('How wide the border is, in pixels.', { min: 1 }) },
  result(inputs, settings) {
    const same = samePicture('pad', inputs);
    if (isRefusal(same)) return same;
    const [x] = same;
    if (!x?.shape) return same;
    const border = multiply(known(2), dimOf(settings, 'n'));
    const sides = [0, 1].map((axis) => add(x.shape?.[axis] ?? unknown, border));
    return [{ ...x, shape: [...sides, ...x.shape.slice(2)] }];
  },
});
