/** Pictures distorted as if on rubber. */
import { augmentation } from '../define.ts';
import { samePicture } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const elastic = augmentation('elastic', {
  doc: 'Moves each pixel by a smooth random field, whose longest move is drawn between 0 and `amount` pixels.',
  source: 'Simard, Steinkraus & Platt (2003)',
  examples: ['image -> elastic(3)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: {
    amount: number('How far a pixel moves at most.', { min: 0, open: 'min' }),
    smooth: number('How smooth the field is: the deviation of its window, in pixels.', {
      min: 0,
      open: 'min',
      default: 4,
      named: true,
    }),
  },
  result: (inputs) => samePicture('elastic', inputs),
});
