/** Pictures made larger or smaller by chance. */
import { augmentation } from '../define.ts';
import { refuseFactors, samePicture } from '../rules/augment.ts';
import { refuseReversedRange } from '../rules/range.ts';
import { range } from '../settings.ts';

export const zoom = augmentation('zoom', {
  doc: 'Zooms each picture by a factor drawn from a range: below 1 it gets smaller, above 1 larger.',
  source: 'Keras 3 `keras.layers.RandomZoom`',
  examples: ['image -> zoom(0.9..1.1)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { range: range('The smallest and the largest factor.') },
  result: (inputs, settings) =>
    refuseReversedRange('zoom', settings, 'range') ?? refuseFactors('zoom', settings) ?? samePicture('zoom', inputs),
});
