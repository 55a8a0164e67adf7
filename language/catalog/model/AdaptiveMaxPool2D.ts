/** The largest numbers of as many equal shares of the image as are asked for. */
import { adaptivePool } from '../rules/adaptive.ts';

export const AdaptiveMaxPool2D = adaptivePool('AdaptiveMaxPool2D', 2, 'max', {
  doc: 'Cuts the image into shares of equal size, so that the result has the size that is asked for, and keeps the largest number of each; where they do not come out even, neighbours share places.',
  source: 'PyTorch `AdaptiveMaxPool2d`',
  examples: ['image -> AdaptiveMaxPool2D(7)', 'image -> AdaptiveMaxPool2D((3, 5))'],
});
