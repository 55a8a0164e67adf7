/** Bands of a spectrogram masked. */
import { augmentation } from '../define.ts';
import { masked } from '../rules/augment.ts';
import { integer } from '../settings.ts';

export const maskBands = augmentation('maskBands', {
  doc: 'Puts 0 into up to `n` neighbouring bands of each spectrogram.',
  source: 'Park et al. (2019), SpecAugment',
  examples: ['sound -> maskBands(8)'],
  inputs: [{ name: 'x', doc: 'Spectrograms `[time, bands]` or `[time, bands, 1]`.', dtype: 'number' }],
  settings: { n: integer('How many bands at most.', { min: 1 }) },
  result: (inputs, settings) => masked('maskBands', inputs, settings, 1),
});
