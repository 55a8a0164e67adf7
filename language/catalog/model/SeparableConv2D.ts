/** A convolution over an image in two steps: each channel on its own, then all of them together. */
import { separable } from '../rules/depthwise.ts';

export const SeparableConv2D = separable('SeparableConv2D', 2, {
  doc: 'A convolution in two steps with far fewer weights: windows that see one channel each, then a matrix that mixes the channels at each place.',
  source: 'Keras 3 `keras.layers.SeparableConv2D`; Chollet (2017)',
  examples: ['image -> SeparableConv2D(16, 3, relu)', 'image -> SeparableConv2D(8, 3, padding: same, multiplier: 2)'],
});
