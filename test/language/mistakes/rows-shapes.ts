/** Rows 1 to 40: shapes and structure. */
import type { Row } from './case.ts';
import { autoencoder, digits, houses, kinds, letters, segments, signals, stars } from './programs.ts';

const residual = `model Net {
  input image: float32[32, 32, 16]
  output y = image -> residual { Conv2D(16, 3, relu, padding: same) -> Conv2D(16, 3, padding: same) } -> relu
}
`;

const sum = `model Net {
  input image: float32[32, 32, 16]
  short = image -> Conv2D(32, 1)
  long = image -> Conv2D(32, 3, relu, padding: same)
  output y = short + long
}
`;

const translate = `model Translate(words: int = 500, width: int = 64) {
  input source: int32[S, 71]
  input target: int32[T]
  (_, h, c) = source / 1 -> LSTM(width, state: true)
  output next = target -> Embedding(words, width)
    -> LSTM(width, sequences: true, initial: (h, c))
    -> Dense(words, softmax)
}
`;

const twins = `model Twins {
  input left: float32[28, 28, 1]
  input right: float32[28, 28, 1]
  layer eye = Flatten -> Dense(64, relu)
  output apart = norm((left -> eye) - (right -> eye))
}
`;

const vit = `model ViT(size: int = 96, patch: int = 16, width: int = 64) {
  input image: float32[96, 96, 3]
  output scores = image -> patches(16) -> reshape([36, 768]) -> Dense(64)
    -> residual { LayerNorm -> Attention(4) }
    -> GlobalAvgPool1D -> Dense(10)
}
`;

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
  {
    row: 21,
    title: "The decoder's state is not the encoder's",
    cases: [
      {
        title: 'states of two widths',
        class: 'typing',
        program: translate,
        edits: [['LSTM(width, state: true)', 'LSTM(2 * width, state: true)']],
        finds: ['error shape/initial «(h, c)»'],
      },
    ],
  },
  {
    row: 22,
    title: 'groups that do not divide channels or filters',
    cases: [
      {
        title: 'three groups of sixteen channels',
        class: 'typing',
        program: residual.replace(
          '{ Conv2D(16, 3, relu, padding: same)',
          '{ Conv2D(16, 3, relu, padding: same, groups: 4)',
        ),
        edits: [['groups: 4', 'groups: 3']],
        finds: ['error shape/groups «3»'],
        fix: 'shape/groups/nearest',
        gives: 'groups: 2',
      },
    ],
  },
  {
    row: 23,
    title: 'stride above 1 together with dilation above 1',
    cases: [
      {
        title: 'both on one layer',
        class: 'typing',
        program: residual.replace('-> relu\n', '-> relu -> Conv2D(8, 3, stride: 2)\n'),
        edits: [['Conv2D(8, 3, stride: 2)', 'Conv2D(8, 3, stride: 2, dilation: 2)']],
        finds: ['error argument/stride-and-dilation «2»'],
        fix: 'argument/stride-and-dilation/dilation',
        gives: 'dilation: 1',
      },
    ],
  },
  {
    row: 24,
    title: 'A transposed convolution that gives 27 for 28',
    cases: [
      {
        title: 'the autoencoder comes back smaller',
        class: 'typing',
        program: autoencoder,
        edits: [
          [
            '    -> Conv2DTranspose(8, 4, relu, stride: 2, padding: same)\n    -> Conv2DTranspose(16, 4, relu, stride: 2, padding: same)\n    -> Conv2D(1, 3, sigmoid, padding: same)',
            '    -> Conv2DTranspose(8, 3, relu, stride: 2, padding: same)\n    -> Conv2DTranspose(1, 3, sigmoid, stride: 2, padding: 1)',
          ],
        ],
        finds: ['error loss/shapes «mse(drawn, image)»'],
        fix: 'loss/shapes/output-padding',
        gives: 'Conv2DTranspose(1, 3, sigmoid, stride: 2, padding: 1, outputPadding: 1)',
      },
    ],
  },
  {
    row: 25,
    title: 'BatchNorm over the wrong axis or of the wrong width',
    cases: [
      {
        title: 'an axis given',
        class: 'unwritable',
        why: 'BatchNorm keeps the last axis and reads its width',
        program: houses,
        edits: [['-> BatchNorm ->', '-> BatchNorm(axis: 1) ->']],
        finds: ['error argument/unknown «axis»'],
      },
      {
        title: 'a width given, as in PyTorch',
        class: 'unwritable',
        program: houses,
        edits: [['-> BatchNorm ->', '-> BatchNorm1d(64) ->']],
        finds: ['error name/unknown «BatchNorm1d»'],
        fix: 'name/change',
      },
    ],
  },
  {
    row: 26,
    title: 'A layer or input that no output needs',
    cases: [
      {
        title: 'a branch that ends nowhere',
        class: 'typing',
        program: segments,
        edits: [['concat(c, a) -> Conv2D(1, 1, sigmoid)', 'a -> Conv2D(1, 1, sigmoid)']],
        finds: ['warning name/unused «c»'],
      },
    ],
  },
  {
    row: 27,
    title: 'One shared layer used at two widths',
    cases: [
      {
        title: 'twins of two sizes',
        class: 'typing',
        program: twins,
        edits: [['input right: float32[28, 28, 1]', 'input right: float32[32, 32, 1]']],
        finds: ['error shape/shared-layer «eye»'],
      },
    ],
  },
  {
    row: 28,
    title: 'A stride larger than the window: pixels never seen',
    cases: [
      {
        title: 'steps of 3 with a window of 2',
        class: 'typing',
        program: digits.replace(
          '-> Conv2D(32, 3, relu) -> MaxPool2D(2)',
          '-> Conv2D(32, 3, relu) -> MaxPool2D(2, stride: 2)',
        ),
        edits: [['stride: 2', 'stride: 3']],
        finds: ['warning shape/gaps «3»'],
        fix: 'shape/gaps/stride',
      },
    ],
  },
  {
    row: 29,
    title: 'A transposed kernel that is no multiple of the stride',
    cases: [
      {
        title: 'a kernel of 3 with stride 2',
        class: 'judgement',
        why: "Keras' own autoencoder and VAE have it, and paint no visible checkerboard",
        program: autoencoder,
        edits: [['Conv2DTranspose(16, 4, relu', 'Conv2DTranspose(16, 3, relu']],
        finds: [],
      },
    ],
  },
  {
    row: 30,
    title: 'A table of positions shorter than the sequence',
    cases: [
      {
        title: 'longer windows than positions',
        class: 'typing',
        program: letters.replace('  require T <= context\n\n', ''),
        edits: [['data Letters(context: int = 32)', 'data Letters(context: int = 64)']],
        finds: ['error shape/table «Letters»'],
      },
      {
        title: 'a promise that is not kept',
        class: 'typing',
        program: letters,
        edits: [['data Letters(context: int = 32)', 'data Letters(context: int = 64)']],
        finds: ['error shape/require «Speaker»'],
      },
    ],
  },
  {
    row: 31,
    title: 'A patch that does not divide the image',
    cases: [
      {
        title: 'patches of 20 on 96 pixels',
        class: 'typing',
        program: vit
          .replace('-> reshape([36, 768]) -> Dense(64)', '-> Conv2D(64, 1) -> reshape([36, 64])')
          .replace('reshape([36, 64])', 'GlobalAvgPool2D')
          .replace(/\n {4}-> residual.*\n {4}-> GlobalAvgPool1D/u, ' -> relu'),
        edits: [['patches(16)', 'patches(20)']],
        finds: ['warning shape/patches-rest «20»'],
        fix: 'shape/patches-rest/size',
        gives: 'patches(24)',
      },
    ],
  },
  {
    row: 32,
    title: 'Two layers of one name',
    cases: [
      {
        title: 'a name twice',
        class: 'typing',
        program: sum,
        edits: [['  output y = short + long', '  long = long -> BatchNorm\n  output y = short + long']],
        finds: ['error name/twice «long»'],
        fix: 'name/twice/rename',
        gives: 'long2 = long -> BatchNorm\n  output y = short + long2',
      },
    ],
  },
  {
    row: 33,
    title: 'units or filters of 0 or less',
    cases: [
      {
        title: 'no filter at all',
        class: 'typing',
        program: sum,
        edits: [['Conv2D(32, 1)', 'Conv2D(0, 1)']],
        finds: ['error argument/range «0»'],
      },
    ],
  },
  {
    row: 34,
    title: 'A misspelt option that is ignored',
    cases: [
      {
        title: 'activaton',
        class: 'typing',
        program: sum.replace('Conv2D(32, 3, relu, padding: same)', 'Conv2D(32, 3, activation: relu, padding: same)'),
        edits: [['activation: relu', 'activaton: relu']],
        finds: ['error argument/unknown «activaton»'],
        fix: 'name/change',
      },
    ],
  },
  {
    row: 35,
    title: 'An unknown loss, activation or metric',
    cases: [
      {
        title: 'crossEntrophy',
        class: 'typing',
        program: digits,
        edits: [['crossEntropy(digit', 'crossEntrophy(digit']],
        finds: ['error name/unknown «crossEntrophy»'],
        fix: 'name/change',
      },
      {
        title: 'an activation that is none',
        class: 'typing',
        program: sum,
        edits: [['Conv2D(32, 3, relu,', 'Conv2D(32, 3, rellu,']],
        finds: ['error argument/activation «rellu»'],
        fix: 'name/change',
      },
    ],
  },
  {
    row: 36,
    title: 'A wrong kernel size',
    cases: [
      {
        title: 'a window larger than the image',
        class: 'typing',
        why: 'one that does not fit is an error; which of those that fit is best is a matter of judgement',
        program: digits,
        edits: [['-> Conv2D(64, 3, relu)', '-> Conv2D(64, 15, relu)']],
        finds: ['error shape/window «Conv2D»'],
        fix: 'shape/window/same',
        gives: 'Conv2D(64, 15, relu, padding: same)',
      },
    ],
  },
  {
    row: 37,
    title: 'A wrong declared output shape',
    cases: [
      {
        title: 'a stated shape that is not so',
        class: 'typing',
        program: autoencoder,
        edits: [['small: [7, 7, 8]', 'small: [8, 8, 8]']],
        finds: ['error shape/stated «[8, 8, 8]»'],
        fix: 'shape/stated/change',
      },
      {
        title: 'a row too many of a transposed convolution',
        class: 'typing',
        program: `model Up {
  input code: float32[14, 14, 8]
  output drawn: [27, 27, 1] = code -> Conv2DTranspose(1, 3, sigmoid, stride: 2, padding: same, outputPadding: 0)
}
`,
        edits: [[', outputPadding: 0', '']],
        finds: ['error shape/stated «[27, 27, 1]»'],
        fix: 'shape/stated/output-padding',
      },
      {
        title: 'a border that a convolution took',
        class: 'typing',
        program: `model Same {
  input image: float32[28, 28, 1]
  output map: [28, 28, 8] = image -> Conv2D(8, 3, padding: same)
}
`,
        edits: [[', padding: same', '']],
        finds: ['error shape/stated «[28, 28, 8]»'],
        fix: 'shape/stated/change',
        gives: 'map: [26, 26, 8] =',
      },
    ],
  },
  {
    row: 38,
    title: 'A missing squeeze or expand',
    cases: [
      {
        title: 'an axis of size 1 left on',
        class: 'typing',
        program: houses,
        edits: [['-> Dense(1) -> squeeze', '-> Dense(1)']],
        finds: ['hint loss/one-against-number «guess»', 'hint loss/one-against-number «guess»'],
        fix: 'loss/one-against-number/squeeze',
        gives: 'mse(guess -> squeeze, value)',
      },
    ],
  },
  {
    row: 39,
    title: 'A dense layer missing, a wrong number of features',
    cases: [
      {
        title: 'the last layer left out',
        class: 'data',
        program: kinds,
        edits: [['-> Dense(32, relu) -> Dense(3, softmax)', '-> Dense(32, relu)']],
        finds: ['warning loss/cut-scores «scores»'],
        fix: 'loss/cut-scores/activation',
        gives: '-> Dense(32, softmax)',
      },
    ],
  },
  {
    row: 40,
    title: 'Too large for memory',
    cases: [
      {
        title: 'a batch of 64,000 images',
        class: 'start',
        why: 'memory is no part of the program: hover and code lens tell what a step takes and whether it fits the machine, and a run that does not fit is refused before its first step',
        program: digits,
        edits: [['batch: 64', 'batch: 64_000']],
        finds: ['hint data/few-rows «64_000»'],
      },
    ],
  },
];
