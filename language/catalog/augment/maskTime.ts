/** Steps of a spectrogram masked. */
import { augmentation } from '../define.ts';
import { masked } from '../rules/augment.ts';
import { integer } from '../settings.ts';

export const maskTime = augmentation('maskTime', {
  doc: 'Puts 0 into up to `n` neighbouring time steps of each spectrogram.',
  source: 'Park et al. (2019), SpecAugment',
  examples: ['sound -> maskTime(10)'],
  inputs: [{ name: 'x', doc: 'Spectrograms `[time, bands]` or `[time, bands, 1]`.', dtype: 'number' }],
  settings: { n: integer('How many steps at most.', { min: 1 }) },
  result: (inputs, settings) => masked('maskTime', inputs, settings, 0),
});
