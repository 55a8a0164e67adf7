/** A convolution over the time of a sequence that sees each feature on its own. */
import { depthwise } from '../rules/depthwise.ts';

export const DepthwiseConv1D = depthwise('DepthwiseConv1D', 1, {
  doc: 'Slides learned windows over the time of a sequence, `multiplier` of them for each feature; no window sees another feature.',
  source: 'Keras 3 `keras.layers.DepthwiseConv1D`; PyTorch `Conv1d` with as many groups as channels',
  examples: ['sequence -> DepthwiseConv1D(3, relu)', 'sequence -> DepthwiseConv1D(3, padding: causal, multiplier: 2)'],
});
