/** Three-dimensional convolution over a volume `[depth, height, width, channels]`: a scan, or the frames of a film. */
import { model } from '../define.ts';
import { convolutionOver } from '../rules/convolution-over.ts';

export const Conv3D = model('Conv3D', {
  doc: 'Slides `filters` learned windows over depth, height and width; each gives one channel of the result.',
  source: 'Keras 3 `keras.layers.Conv3D`; numbers as `padding` as PyTorch `Conv3d`',
  examples: [
    'volume -> Conv3D(8, 3, relu)',
    'volume -> Conv3D(4, (1, 3, 3), stride: (1, 2, 2), padding: same, groups: 2, bias: false)',
  ],
  ...convolutionOver('Conv3D', 'volume'),
});
