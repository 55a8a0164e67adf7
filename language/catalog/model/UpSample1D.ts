/** A sequence made longer, a whole number of times. */
import { upSample } from '../rules/upsample.ts';

export const UpSample1D = upSample('UpSample1D', 1, {
  doc: 'Makes the sequence longer by repeating each place, or by drawing straight lines between them.',
  source: 'Keras 3 `keras.layers.UpSampling1D`; `bilinear` as PyTorch `Upsample` (`linear`)',
  examples: ['sequence -> UpSample1D', 'sequence -> UpSample1D(3, method: bilinear)'],
});
