/** A patch of each picture erased. */
import { augmentation } from '../define.ts';
import { samePixels } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const erase = augmentation('erase', {
  doc: 'Puts 0 into one rectangle of each picture, of up to `part` of its area.',
  source: 'Zhong et al. (2017), random erasing',
  examples: ['image -> erase(20%)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { part: number('The largest share of the picture.', { min: 0, max: 1, open: 'both', default: 0.2 }) },
  result: (inputs) => samePixels('erase', inputs),
});
