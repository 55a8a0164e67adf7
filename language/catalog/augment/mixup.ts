/** Two rows mixed. */
import { augmentation } from '../define.ts';
import { mixed } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const mixup = augmentation('mixup', {
  doc: 'Mixes each row with another one of its batch by a share drawn from a beta distribution; the larger share is its own. The label is mixed alike, so it must be a number for each class.',
  source: 'Zhang et al. (2017)',
  examples: ['(image, chances) -> mixup'],
  inputs: [{ name: 'x', doc: 'Decimal numbers: pictures, and the labels as `OneHot` makes them.', dtype: 'float32' }],
  settings: {
    alpha: number('Small: mostly one of the two rows; 1: any mixture alike.', { min: 0, open: 'min', default: 0.2 }),
  },
  result: (inputs) => mixed('mixup', inputs),
});
