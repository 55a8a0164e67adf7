/** A convolution over the time of a sequence in two steps: each feature on its own, then all of them together. */
import { separable } from '../rules/depthwise.ts';

export const SeparableConv1D = separable('SeparableConv1D', 1, {
  doc: 'A convolution in two steps with far fewer weights: windows that see one feature each, then a matrix that mixes the features at each place.',
  source: 'Keras 3 `keras.layers.SeparableConv1D`; Chollet (2017)',
  examples: [
    'sequence -> SeparableConv1D(16, 3, relu)',
    'sequence -> SeparableConv1D(8, 3, padding: causal, multiplier: 2)',
  ],
});
