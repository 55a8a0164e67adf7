/** A piece of another row put in. */
import { augmentation } from '../define.ts';
import { mixed } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const cutmix = augmentation('cutmix', {
  doc: 'Puts a rectangle of the picture of another row of the batch into each; the labels are mixed by its area, so they must be a number for each class.',
  source: 'Yun et al. (2019)',
  examples: ['(image, chances) -> cutmix'],
  inputs: [{ name: 'x', doc: 'Decimal numbers: pictures, and the labels as `OneHot` makes them.', dtype: 'float32' }],
  settings: {
    alpha: number('The two parameters of the beta distribution of the area.', { min: 0, open: 'min', default: 1 }),
  },
  result: (inputs) => mixed('cutmix', inputs),
});
