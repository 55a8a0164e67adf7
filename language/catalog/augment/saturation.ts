/** Pictures more or less colourful. */
import { augmentation } from '../define.ts';
import { sameColours } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const saturation = augmentation('saturation', {
  doc: 'Draws the colours of a picture towards grey (0.299 red, 0.587 green, 0.114 blue) or away from it, by a factor between 1 − `amount` and 1 + `amount`.',
  source: 'torchvision `adjust_saturation`',
  examples: ['picture -> saturation(0.1)'],
  inputs: [{ name: 'x', doc: 'Pictures with three channels.', dtype: 'number' }],
  settings: { amount: number('How much at most.', { min: 0, max: 1, open: 'min' }) },
  result: (inputs) => sameColours('saturation', inputs),
});
