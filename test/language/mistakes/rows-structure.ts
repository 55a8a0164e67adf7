/** Rows 21 to 40: structure. */
import type { Row } from './case.ts';
import { residual, sum, translate, twins, vit } from './more-programs.ts';
import { autoencoder, digits, houses, kinds, letters, segments } from './programs.ts';

export const structureRows: readonly Row[] = [
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
        fix: 'argument/unknown/remove',
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
        why: 'memory is no part of the program: hover and code lens tell what a step takes and whether it fits the machine, and a run that finds no room is warned of before its first step (`train/memory`)',
        program: digits,
        edits: [['batch: 64', 'batch: 64_000']],
        finds: ['hint data/few-rows «64_000»'],
      },
    ],
  },
];
