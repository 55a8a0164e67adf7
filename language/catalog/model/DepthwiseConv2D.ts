/** A convolution over an image that sees each channel on its own. */
import { depthwise } from '../rules/depthwise.ts';

export const DepthwiseConv2D = depthwise('DepthwiseConv2D', 2, {
  doc: 'Slides learned windows over an image, `multiplier` of them for each channel; no window sees another channel.',
  source: 'Keras 3 `keras.layers.DepthwiseConv2D`; PyTorch `Conv2d` with as many groups as channels',
  examples: ['image -> DepthwiseConv2D(3, relu)', 'image -> DepthwiseConv2D(3, padding: same, multiplier: 2)'],
});
