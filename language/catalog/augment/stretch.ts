/** Sounds faster or slower. */
import { augmentation } from '../define.ts';
import { refuseFactors, sameSound } from '../rules/augment.ts';
import { refuseReversedRange } from '../rules/range.ts';
import { range } from '../settings.ts';

export const stretch = augmentation('stretch', {
  doc: 'Plays each sound faster or slower by a factor drawn from a range, without changing its pitch; its length stays.',
  source: 'librosa `time_stretch`',
  examples: ['wave -> stretch(0.9..1.1)'],
  inputs: [{ name: 'x', doc: 'Sounds.', dtype: 'float32' }],
  settings: { range: range('The smallest and the largest factor.') },
  result: (inputs, settings) =>
    refuseReversedRange('stretch', settings, 'range') ??
    refuseFactors('stretch', settings) ??
    sameSound('stretch', inputs),
});
