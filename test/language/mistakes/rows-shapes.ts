/** Rows 1 to 20: shapes. */
import type { Row } from './case.ts';
import { residual, sum, vit } from './more-programs.ts';
import { digits, segments, signals, stars } from './programs.ts';

export const shapeRows: readonly Row[] = [
  {
    row: 1,
    title: 'Missing Flatten or global pool before the dense head',
    cases: [
      {
        title: 'Flatten left out before the head',
        class: 'typing',
        program: digits,
        edits: [['    -> Flatten -> Dense(128', '    -> Dense(128']],
        finds: ['error shape/missing-flatten «Dense»'],
        fix: 'shape/missing-flatten/Flatten',
      },
    ],
  },
  {
    row: 2,
    title: 'Hard-coded number of inputs wrong after convolution or Flatten',
    cases: [
      {
        title: 'a stated size that Flatten does not give',
        class: 'typing',
        why: 'no layer is told how many numbers come in; a stated shape is checked',
        program: digits.replace('-> Flatten ->', '-> Flatten: [1600] ->'),
        edits: [['[1600]', '[3136]']],
        finds: ['error shape/stated «[3136]»'],
        fix: 'shape/stated/change',
      },
      {
        title: 'the number of inputs given first, as in PyTorch',
        class: 'unwritable',
        why: 'a layer reads how many numbers come in; a number too many is an error',
        program: digits,
        edits: [['Dense(128, relu)', 'Linear(1600, 128) -> relu']],
        finds: ['error name/unknown «Linear»'],
        fix: 'name/change',
        gives: '-> Flatten -> Dense(128) -> relu',
      },
    ],
  },
  {
    row: 3,
    title: 'No channel axis',
    cases: [
      {
        title: 'an image of two axes into Conv2D',
        class: 'typing',
        program: digits,
        edits: [
          ['input image: float32[28, 28, 1]', 'input image: float32[28, 28]'],
          ['image: float32[28, 28, 1] = images -> expand', 'image: float32[28, 28] = images'],
        ],
        finds: ['error shape/rank «Conv2D»'],
        fix: 'shape/rank/expand',
        gives: '-> expand -> Conv2D(32, 3, relu)',
      },
      {
        title: 'a field without the axis that is stated',
        class: 'data',
        program: digits,
        edits: [[' -> expand -> scale(0..255, 0..1)', ' -> scale(0..255, 0..1)']],
        finds: ['error shape/stated «[28, 28, 1]»'],
        fix: 'shape/stated/expand',
        gives: 'scale(0..255, 0..1) -> expand',
      },
    ],
  },
  {
    row: 4,
    title: 'Channels first in a net that has them last',
    cases: [
      {
        title: 'a PyTorch shape',
        class: 'typing',
        program: `model Net {
  input image: float32[32, 32, 3]
  output y = image -> Conv2D(8, 3, relu, padding: same) -> Flatten -> Dense(10)
}
`,
        edits: [['float32[32, 32, 3]', 'float32[3, 32, 32]']],
        finds: ['warning shape/channels-first «Conv2D»'],
        fix: 'shape/channels-first/transpose',
        gives: 'image -> transpose([1, 2, 0]) -> Conv2D',
      },
    ],
  },
  {
    row: 5,
    title: 'The map shrinks to nothing: a window larger than the map',
    cases: [
      {
        title: 'one pool too many',
        class: 'typing',
        program: digits,
        edits: [['-> Conv2D(64, 3, relu) -> MaxPool2D(2)', '-> Conv2D(64, 3, relu) -> MaxPool2D(4) -> MaxPool2D(4)']],
        finds: ['error shape/window «MaxPool2D»'],
        fix: 'shape/window/same',
        gives: 'MaxPool2D(4, padding: same)',
      },
    ],
  },
  {
    row: 6,
    title: 'A stride or pool drops the last row',
    cases: [
      {
        title: 'an odd size that comes back smaller',
        class: 'typing',
        why: 'by itself harmless (the Keras digits net does it); told where the sizes no longer meet, with the rest in the reasons',
        program: segments,
        edits: [['float32[32, 32, 3]', 'float32[33, 33, 3]']],
        finds: ['error shape/join «concat(c, a)»'],
      },
    ],
  },
  {
    row: 7,
    title: 'Encoder and decoder differ at the skip',
    cases: [
      {
        title: 'a convolution without padding on the way down',
        class: 'typing',
        program: segments,
        edits: [
          [
            'a -> MaxPool2D(2) -> Conv2D(2 * width, 3, relu, padding: same)',
            'a -> MaxPool2D(2) -> Conv2D(2 * width, 3, relu)',
          ],
        ],
        finds: ['error shape/join «concat(c, a)»'],
        fix: 'shape/join/padding',
      },
    ],
  },
  {
    row: 8,
    title: 'A residual sum of different channels',
    cases: [
      {
        title: 'inside residual',
        class: 'typing',
        program: residual,
        edits: [['-> Conv2D(16, 3, padding: same) } ', '-> Conv2D(32, 3, padding: same) } ']],
        finds: ['error shape/residual «residual»'],
        fix: 'shape/residual/filters',
      },
      {
        title: 'a shortcut without its projection',
        class: 'typing',
        program: sum,
        edits: [['short = image -> Conv2D(32, 1)\n', 'short = image\n']],
        finds: ['error shape/mismatch «+»'],
        fix: 'shape/mismatch/projection',
        gives: '(short -> Conv2D(32, 1)) + long',
      },
    ],
  },
  {
    row: 9,
    title: 'A sum that stretches by accident',
    cases: [
      {
        title: 'one number for each channel added to a map',
        class: 'typing',
        program: sum,
        edits: [['short = image -> Conv2D(32, 1)', 'short = image -> Conv2D(32, 1) -> GlobalAvgPool2D']],
        finds: ['hint shape/stretched «+»'],
      },
    ],
  },
  {
    row: 10,
    title: 'concat with other axes unequal, or concat for stack',
    cases: [
      {
        title: 'maps of two sizes',
        class: 'typing',
        program: segments,
        edits: [['c = b -> UpSample2D(2)', 'c = b -> UpSample2D(4)']],
        finds: ['error shape/join «concat(c, a)»'],
        fix: 'shape/join/size',
      },
    ],
  },
  {
    row: 11,
    title: 'reshape changes the number of elements',
    cases: [
      {
        title: 'one channel too few',
        class: 'typing',
        program: `model Decoder {
  input z: float32[16]
  output image = z -> Dense(7 * 7 * 64, relu) -> reshape([7, 7, 64]) -> Conv2DTranspose(1, 4, sigmoid, stride: 2)
}
`,
        edits: [['reshape([7, 7, 64])', 'reshape([7, 7, 63])']],
        finds: ['error shape/reshape «reshape»'],
        fix: 'shape/reshape/size',
      },
    ],
  },
  {
    row: 12,
    title: 'reshape swallows the batch axis',
    cases: [
      {
        title: 'the batch written into a reshape',
        class: 'unwritable',
        why: 'a model is written for one example: no reshape sees the batch, and it has no name',
        program: vit,
        edits: [['reshape([36, 768])', 'reshape([B, 36, 768])']],
        finds: ['error name/unknown «B»'],
      },
    ],
  },
  {
    row: 13,
    title: 'A recurrent layer fed without the axis of time',
    cases: [
      {
        title: 'features into an LSTM',
        class: 'typing',
        program: signals,
        edits: [
          ['input signal: float32[128, 1]', 'input signal: float32[128]'],
          ['signal: float32[128, 1] = bytes -> expand', 'signal: float32[128] = bytes'],
        ],
        finds: ['error shape/rank «LSTM»'],
        fix: 'shape/rank/expand',
        gives: '-> expand -> LSTM(64',
      },
    ],
  },
  {
    row: 14,
    title: 'Stacked recurrent layers without the sequence between them',
    cases: [
      {
        title: 'the first gives its last state only',
        class: 'typing',
        program: signals,
        edits: [['LSTM(64, sequences: true) -> LSTM(32)', 'LSTM(64) -> LSTM(32)']],
        finds: ['error shape/rank «LSTM»'],
        fix: 'shape/rank/sequences',
      },
    ],
  },
  {
    row: 15,
    title: 'The last recurrent layer gives the sequence, with one label each',
    cases: [
      {
        title: 'sequences: true left on the last',
        class: 'typing',
        program: signals,
        edits: [['-> LSTM(32)', '-> LSTM(32, sequences: true)']],
        finds: ['error shape/missing-flatten «Dense»'],
        fix: 'shape/missing-flatten/last-step',
      },
    ],
  },
  {
    row: 16,
    title: 'Batch first and time first mixed up',
    cases: [
      {
        title: 'features and time the other way round',
        class: 'unwritable',
        why: 'there is no axis of the batch to mix up with time; time and features swapped do not fit the field',
        program: signals,
        edits: [['input signal: float32[128, 1]', 'input signal: float32[1, 128]']],
        finds: ['error data/field-input «Signals»'],
        fix: 'data/field-input/change',
      },
    ],
  },
  {
    row: 17,
    title: 'The input shape includes the batch',
    cases: [
      {
        title: 'a fourth axis in front of an image',
        class: 'typing',
        program: digits,
        edits: [['input image: float32[28, 28, 1]', 'input image: float32[64, 28, 28, 1]']],
        finds: ['error shape/rank «Conv2D»'],
        fix: 'shape/rank/batch',
      },
    ],
  },
  {
    row: 18,
    title: 'An embedding smaller than the numbers looked up',
    cases: [
      {
        title: 'fewer rows than users',
        class: 'data',
        program: stars,
        edits: [['users: int = 100', 'users: int = 90']],
        finds: ['error shape/table «Stars»'],
      },
    ],
  },
  {
    row: 19,
    title: 'An embedding fed decimal numbers',
    cases: [
      {
        title: 'normalised numbers looked up',
        class: 'typing',
        program: stars,
        edits: [
          ['who: int32 = user', 'who: float32 = user -> Normalize'],
          ['input who: int32', 'input who: float32'],
        ],
        finds: ['error type/whole «Embedding»'],
      },
    ],
  },
  {
    row: 20,
    title: 'Heads that do not divide the width',
    cases: [
      {
        title: 'five heads for 64',
        class: 'typing',
        program: vit,
        edits: [['Attention(4)', 'Attention(5)']],
        finds: ['error shape/heads «5»'],
        fix: 'shape/heads/nearest',
      },
    ],
  },
];
