/** Rows 66 to 78: activations, initial values, regularisation, normalisation. */
import type { Row } from './case.ts';
import { digits, houses, kinds } from './programs.ts';

const deep = `model Deep {
  input x: float32[16]
  output y = x
    -> Dense(32, relu) -> Dense(32, relu) -> Dense(32, relu) -> Dense(32, relu)
    -> Dense(1)
}
`;

const normed = `model Net {
  input image: float32[32, 32, 3]
  output y = image
    -> Conv2D(16, 3, bias: false) -> BatchNorm -> relu -> MaxPool2D(2) -> Dropout(0.2)
    -> Flatten -> Dense(32, bias: false) -> BatchNorm -> relu -> Dropout(0.5)
    -> Dense(10)
}
`;

const looking = `model Look {
  input x: float32[20, 16]
  scores = (x -> Dense(16)) @ transpose(x -> Dense(16))
  output y = softmax(scores) @ x
}
`;

export const habitRows: readonly Row[] = [
  {
    row: 66,
    title: 'Linear layers in a row',
    cases: [
      {
        title: 'the activation left out',
        class: 'typing',
        program: houses,
        edits: [['    -> Dense(64, relu)\n    -> Dense(1)', '    -> Dense(64)\n    -> Dense(1)']],
        finds: ['warning shape/linear-stack «Dense»'],
        fix: 'shape/linear-stack/relu',
      },
    ],
  },
  {
    row: 67,
    title: 'An activation twice, softmax twice',
    cases: [
      {
        title: 'softmax in the layer and behind it',
        class: 'typing',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes, softmax) -> softmax']],
        finds: ['warning shape/activation-twice «softmax»'],
        fix: 'shape/activation-twice/remove',
      },
      {
        title: 'relu in the layer and behind it',
        class: 'typing',
        program: digits,
        edits: [['Dense(128, relu)', 'Dense(128, relu) -> relu']],
        finds: ['warning shape/activation-twice «relu»'],
        fix: 'shape/activation-twice/remove',
      },
      {
        title: 'relu under softmax',
        class: 'typing',
        program: digits.replace('Dense(classes, softmax)', 'Dense(classes) -> softmax'),
        edits: [['Dense(classes)', 'Dense(classes, relu)']],
        finds: ['warning shape/activation-twice «softmax»'],
        fix: 'shape/activation-twice/first',
      },
    ],
  },
  {
    row: 68,
    title: 'Dropout after the softmax',
    cases: [
      {
        title: 'the answers dropped',
        class: 'typing',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes, softmax) -> Dropout(0.5)']],
        finds: ['warning train/dropped-answer «Dropout(0.5)»'],
        fix: 'train/dropped-answer/remove',
      },
    ],
  },
  {
    row: 69,
    title: 'Dropout in per cent, or of everything',
    cases: [
      {
        title: '50 for 50 %',
        class: 'typing',
        program: houses.replace('Dropout(0.2)', 'Dropout(0.5)'),
        edits: [['Dropout(0.5)', 'Dropout(50)']],
        finds: ['error argument/range «50»'],
        fix: 'argument/range/share',
      },
      {
        title: 'a rate of 1',
        class: 'typing',
        program: houses,
        edits: [['Dropout(0.2)', 'Dropout(1.0)']],
        finds: ['error argument/range «1.0»'],
      },
    ],
  },
  {
    row: 70,
    title: 'Dropout before BatchNorm',
    cases: [
      {
        title: 'the variance shifts',
        class: 'typing',
        why: 'a hint: some good models have it',
        program: normed,
        edits: [['-> Conv2D(16, 3, bias: false) -> BatchNorm', '-> Dropout(0.1) -> BatchNorm']],
        finds: ['hint shape/dropout-before-norm «Dropout»'],
      },
    ],
  },
  {
    row: 71,
    title: 'Dropout before pooling',
    cases: [
      {
        title: 'undone by the pool',
        class: 'typing',
        why: 'a hint: a matter of style',
        program: normed,
        edits: [['-> MaxPool2D(2) -> Dropout(0.2)', '-> Dropout(0.2) -> MaxPool2D(2)']],
        finds: ['hint shape/dropout-before-pool «Dropout»'],
      },
    ],
  },
  {
    row: 72,
    title: 'A bias in front of BatchNorm',
    cases: [
      {
        title: 'numbers that are taken away again',
        class: 'typing',
        why: 'a hint: it costs memory and nothing else',
        program: normed,
        edits: [['Conv2D(16, 3, bias: false)', 'Conv2D(16, 3)']],
        finds: ['hint shape/bias-before-norm «Conv2D»'],
        fix: 'shape/bias-before-norm/off',
      },
    ],
  },
  {
    row: 73,
    title: 'BatchNorm with batches of one',
    cases: [
      {
        title: 'batch: 1',
        class: 'typing',
        program: houses,
        edits: [['batch: 32', 'batch: 1']],
        finds: ['warning train/batch-of-one «1»'],
        fix: 'train/batch-of-one/larger',
      },
    ],
  },
  {
    row: 74,
    title: 'Many layers of sigmoid or tanh',
    cases: [
      {
        title: 'four of sigmoid',
        class: 'typing',
        program: deep,
        edits: [
          [
            'Dense(32, relu) -> Dense(32, relu) -> Dense(32, relu) -> Dense(32, relu)',
            'Dense(32, sigmoid) -> Dense(32, sigmoid) -> Dense(32, sigmoid) -> Dense(32, sigmoid)',
          ],
        ],
        finds: ['warning shape/vanishing «Dense»'],
        fix: 'shape/vanishing/relu',
      },
    ],
  },
  {
    row: 75,
    title: 'Weights that start at 0 or all equal',
    cases: [
      {
        title: 'zeros under relu',
        class: 'typing',
        program: kinds.replace('Dense(32, relu)', 'Dense(32, relu, init: glorotUniform)'),
        edits: [['init: glorotUniform', 'init: zeros']],
        finds: ['warning shape/equal-weights «zeros»'],
        fix: 'shape/equal-weights/default',
      },
      {
        title: 'ones',
        class: 'typing',
        why: 'a hint: some models begin a layer so on purpose',
        program: kinds.replace('Dense(32, relu)', 'Dense(32, tanh, init: glorotUniform)'),
        edits: [['init: glorotUniform', 'init: ones']],
        finds: ['hint shape/equal-weights «ones»'],
        fix: 'shape/equal-weights/default',
      },
    ],
  },
  {
    row: 76,
    title: 'softmax over an axis of size 1, or over the wrong axis',
    cases: [
      {
        title: 'along the steps instead of the classes',
        class: 'typing',
        program: `data Letters {
  source: text("text.txt")
  window: int32[33] = characters -> Index -> windows(33)
  tokens: int32[32] = window[..-1]
  next: int32[32] = window[1..]
}

model Next {
  input tokens: int32[32]
  output guess = tokens -> Embedding(65, 16) -> GRU(32, sequences: true) -> Dense(65) -> softmax(axis: -1)
}

train Next on Letters {
  loss: crossEntropy(guess, next)
}
`,
        edits: [['softmax(axis: -1)', 'softmax(axis: 0)']],
        finds: ['warning loss/softmax-axis «guess»'],
        fix: 'loss/softmax-axis/last',
        gives: '-> Dense(65) -> softmax\n',
      },
      {
        title: 'one score at each of several places',
        class: 'typing',
        program: looking.replace(
          'softmax(scores) @ x',
          'sum((x -> Dense(1) -> softmax(axis: 0)) * x, axis: 0) + sum(scores)',
        ),
        edits: [['softmax(axis: 0)', 'softmax']],
        finds: ['warning shape/softmax-of-one «softmax»'],
        fix: 'shape/softmax-of-one/axis',
      },
    ],
  },
  {
    row: 77,
    title: 'A missing normalisation layer',
    cases: [
      {
        title: 'none at all',
        class: 'judgement',
        why: 'VGG, AlexNet and the first residual nets for small images do without',
        program: normed,
        edits: [['Conv2D(16, 3, bias: false) -> BatchNorm -> relu', 'Conv2D(16, 3, relu)']],
        finds: [],
      },
    ],
  },
  {
    row: 78,
    title: 'Questions of style: filters that do not grow, a pool after every convolution …',
    cases: [
      {
        title: 'filters that shrink',
        class: 'judgement',
        why: 'ResNet, U-Net and MobileNet break each of these rules',
        program: digits,
        edits: [['Conv2D(64, 3, relu)', 'Conv2D(16, 3, relu)']],
        finds: [],
      },
    ],
  },
];
