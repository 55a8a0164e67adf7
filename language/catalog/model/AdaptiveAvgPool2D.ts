/** Means of as many equal shares of the image as are asked for. */
import { adaptivePool } from '../rules/adaptive.ts';

export const AdaptiveAvgPool2D = adaptivePool('AdaptiveAvgPool2D', 2, 'mean', {
  doc: 'Cuts the image into shares of equal size, so that the result has the size that is asked for, and keeps the mean of each; where they do not come out even, neighbours share places.',
  source: 'PyTorch `AdaptiveAvgPool2d`',
  examples: ['image -> AdaptiveAvgPool2D(7)', 'image -> AdaptiveAvgPool2D((3, 5))'],
});
