/** Pictures blurred by chance. */
import { augmentation } from '../define.ts';
import { samePixels } from '../rules/augment.ts';
import { number } from '../settings.ts';

export const blur = augmentation('blur', {
  doc: 'Blurs each picture by a bell-shaped window whose deviation is drawn between 0 and `amount` pixels.',
  source: 'torchvision `GaussianBlur`',
  examples: ['image -> blur(1.5)'],
  inputs: [{ name: 'x', doc: 'Pictures, with channels or without.', dtype: 'number' }],
  settings: { amount: number('The largest deviation, in pixels.', { min: 0, open: 'min' }) },
  result: (inputs) => samePixels('blur', inputs),
});
