/** Rows 79 to 102: data and training. */
import type { Row } from './case.ts';
import { autoencoder, digits, houses, kinds, letters } from './programs.ts';

const tuned = digits
  .replace('    -> Conv2D(32, 3, relu) -> MaxPool2D(2)\n    -> Conv2D(64, 3, relu) -> MaxPool2D(2)\n', '    -> eye\n')
  .replace(
    '  output digit',
    '  layer eye = Conv2D(32, 3, relu) -> MaxPool2D(2) -> Conv2D(64, 3, relu) -> MaxPool2D(2)\n  layer head = Flatten -> Dense(128, relu) -> Dense(classes, softmax)\n  output digit',
  )
  .replace('    -> Flatten -> Dense(128, relu)\n    -> Dense(classes, softmax)\n', '    -> head\n')
  .replace('  batch: 64\n', '  batch: 64\n  freeze: eye\n');

const faces = `data Faces {
  source: idx(images: "faces", labels: "few-bytes-labels")
  image: float32[32, 32, 3] = images -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}

model Net {
  input image: float32[32, 32, 3]
  output who = image -> Conv2D(16, 3, relu) -> GlobalAvgPool2D -> Dense(10, softmax)
}

train Net on Faces {
  loss: crossEntropy(who, label)
  optimizer: Adam(1e-3)
  epochs: 10
}
`;

const reviews = `data Reviews {
  source: csv("reviews.csv")
  tokens: int32[200] = review -> lower -> Words(20_000, length: 200)
  good: float32 = stars > 3
  validation: 10%
}

model Mood {
  input tokens: int32[T]
  output score = tokens -> Embedding(20_000, 32) -> LSTM(32, mask: tokens != 0) -> Dense(1, sigmoid) -> squeeze
}

train Mood on Reviews {
  loss: binaryCrossEntropy(score, good)
  optimizer: Adam(1e-3)
  epochs: 4
}
`;

const few = digits
  .replace('"images"', '"few-images"')
  .replace('"labels"', '"few-labels"')
  .replace('batch: 64', 'batch: 16');

export const trainingRows: readonly Row[] = [
  {
    row: 79,
    title: 'A learning rate that is too high',
    cases: [
      {
        title: 'Adam with 1',
        class: 'typing',
        program: digits,
        edits: [['Adam(1e-3)', 'Adam(1)']],
        finds: ['warning train/learning-rate «1»'],
        fix: 'train/learning-rate/usual',
      },
    ],
  },
  {
    row: 80,
    title: 'A learning rate of 0 or below',
    cases: [
      {
        title: 'minus one thousandth',
        class: 'typing',
        program: digits,
        edits: [['Adam(1e-3)', 'Adam(-1e-3)']],
        finds: ['error argument/range «-1e-3»'],
        fix: 'argument/range/positive',
      },
    ],
  },
  {
    row: 81,
    title: 'A batch larger than the data',
    cases: [
      {
        title: '512 of 90 rows',
        class: 'data',
        program: few,
        edits: [['batch: 16', 'batch: 512']],
        finds: ['hint data/few-rows «512»'],
      },
    ],
  },
  {
    row: 82,
    title: 'No epoch, or far too few',
    cases: [
      {
        title: 'epochs: 0',
        class: 'typing',
        why: 'none at all is an error; how many are enough is a matter of judgement',
        program: digits,
        edits: [['epochs: 10', 'epochs: 0']],
        finds: ['error argument/range «0»'],
      },
    ],
  },
  {
    row: 83,
    title: 'No validation rows, or nothing else',
    cases: [
      {
        title: 'all rows for validation',
        class: 'typing',
        program: houses,
        edits: [['validation: 20%', 'validation: 100%']],
        finds: ['error data/share «100%»'],
        fix: 'data/share/percent',
      },
      {
        title: 'none, where they are needed',
        class: 'typing',
        program: digits,
        edits: [['  validation: 10%\n', '']],
        finds: ['error train/no-validation «early(patience: 3)»'],
        fix: 'train/no-validation/keep',
      },
    ],
  },
  {
    row: 84,
    title: 'Inputs from 0 to 255 that are not scaled',
    cases: [
      {
        title: 'pixels as they are',
        class: 'data',
        program: digits,
        edits: [[' -> scale(0..255, 0..1)', '']],
        finds: ['warning data/unscaled «Digits»'],
        fix: 'data/unscaled/scale',
      },
    ],
  },
  {
    row: 85,
    title: 'Scaled twice',
    cases: [
      {
        title: 'in the data and in the model',
        class: 'data',
        program: digits,
        edits: [['= image\n', '= image -> scale(0..255, 0..1)\n']],
        finds: ['warning data/scaled-twice «Net»'],
        fix: 'data/scaled-twice/remove',
      },
      {
        title: 'twice in the data',
        class: 'data',
        program: digits,
        edits: [['scale(0..255, 0..1)', 'scale(0..255, 0..1) -> scale(0..255, 0..1)']],
        finds: ['warning data/scaled-twice «scale»'],
        fix: 'data/scaled-twice/remove',
      },
    ],
  },
  {
    row: 86,
    title: 'Images of another size than the input',
    cases: [
      {
        title: '32 pixels where 64 are wanted',
        class: 'data',
        program: faces,
        edits: [['input image: float32[32, 32, 3]', 'input image: float32[64, 64, 3]']],
        finds: ['error data/field-input «Faces»'],
        fix: 'data/field-input/change',
      },
    ],
  },
  {
    row: 87,
    title: 'Images or labels of a wrong element type',
    cases: [
      {
        title: 'class numbers as decimal numbers',
        class: 'typing',
        program: digits,
        edits: [['label: int32 = labels', 'label: float32 = labels']],
        finds: ['error loss/class-probabilities «label»'],
        fix: 'loss/class-probabilities/whole',
      },
    ],
  },
  {
    row: 88,
    title: 'Pixels encoded otherwise in use than in training',
    cases: [
      {
        title: 'prepared by hand when it is used',
        class: 'unwritable',
        why: 'what prepares the data is part of the run: it is saved with the model, and prediction and export use it unchanged',
        program: digits,
        edits: [['scale(0..255, 0..1)', 'scale(0..255, 1..0)']],
        finds: [],
      },
    ],
  },
  {
    row: 89,
    title: 'A mask that is lost on the way',
    cases: [
      {
        title: 'padding read by the LSTM',
        class: 'typing',
        why: 'a mask is a value and is given where it is needed; rows that are padded are known, and asked for theirs',
        program: reviews,
        edits: [['LSTM(32, mask: tokens != 0)', 'LSTM(32)']],
        finds: ['warning data/padding-without-mask «Mood»'],
        fix: 'data/padding-without-mask/mask',
      },
    ],
  },
  {
    row: 90,
    title: 'Sequences of different lengths that are not padded',
    cases: [
      {
        title: 'words without a length',
        class: 'typing',
        program: reviews,
        edits: [['Words(20_000, length: 200)', 'Words(20_000)']],
        finds: ['error data/unsized «[200]»'],
        fix: 'data/unsized/length',
      },
    ],
  },
  {
    row: 91,
    title: 'Patience as long as the run',
    cases: [
      {
        title: 'twenty of ten',
        class: 'typing',
        program: digits,
        edits: [['patience: 3', 'patience: 20']],
        finds: ['warning train/patience «20»'],
        fix: 'train/patience/shorter',
        gives: 'early(patience: 5)',
      },
    ],
  },
  {
    row: 92,
    title: 'A metric watched in the wrong direction',
    cases: [
      {
        title: 'the least accuracy',
        class: 'unwritable',
        why: 'each metric knows which way is better; there is no setting to get wrong',
        program: digits.replace('early(patience: 3)', 'early(validation.accuracy, patience: 3)'),
        edits: [['patience: 3', 'patience: 3, mode: min']],
        finds: ['error argument/unknown «mode»'],
      },
    ],
  },
  {
    row: 93,
    title: 'Everything frozen',
    cases: [
      {
        title: 'the head as well',
        class: 'typing',
        program: tuned,
        edits: [['freeze: eye', 'freeze: [eye, head]']],
        finds: ['error train/nothing-to-train «[eye, head]»'],
      },
    ],
  },
  {
    row: 94,
    title: 'More images than labels',
    cases: [
      {
        title: 'two files of unlike length',
        class: 'data',
        program: digits,
        edits: [['labels: "labels"', 'labels: "fewer-labels"']],
        finds: ['error data/unequal-rows «"fewer-labels"»'],
      },
    ],
  },
  {
    row: 95,
    title: "Adam's epsilon too small for the precision",
    cases: [
      {
        title: 'nothing beside a float32',
        class: 'typing',
        program: digits.replace('Adam(1e-3)', 'Adam(1e-3, epsilon: 1e-7)'),
        edits: [['epsilon: 1e-7', 'epsilon: 1e-20']],
        finds: ['warning train/epsilon «1e-20»'],
        fix: 'train/epsilon/usual',
      },
    ],
  },
  {
    row: 96,
    title: 'A wrong clip value',
    cases: [
      {
        title: 'clip: 0',
        class: 'typing',
        program: digits.replace('  batch: 64\n', '  batch: 64\n  clip: 1.0\n'),
        edits: [['clip: 1.0', 'clip: 0']],
        finds: ['error train/clip-zero «0»'],
      },
      {
        title: 'below 0',
        class: 'typing',
        program: digits.replace('  batch: 64\n', '  batch: 64\n  clip: 1.0\n'),
        edits: [['clip: 1.0', 'clip: -1.0']],
        finds: ['error argument/range «-1.0»'],
        fix: 'argument/range/positive',
      },
    ],
  },
  {
    row: 97,
    title: 'Shuffled after batching, or not at all on sorted data',
    cases: [
      {
        title: 'rows in the order of their classes',
        class: 'data',
        why: 'rows are shuffled unless told otherwise, always before they are batched',
        program: kinds.replace('"houses.csv"', '"sorted.csv"').replace('validation: 20%', 'test: 20%'),
        edits: [['  test: 20%\n', '  test: 20%\n  shuffle: false\n']],
        finds: ['warning data/sorted-classes «which»'],
        fix: 'data/sorted-classes/shuffle',
        gives: 'shuffle: true',
      },
    ],
  },
  {
    row: 98,
    title: 'A batch that the devices do not divide',
    cases: [
      {
        title: 'three devices for a batch of 64',
        class: 'typing',
        program: digits.replace('  batch: 64\n', '  batch: 64\n  devices: 2\n'),
        edits: [['devices: 2', 'devices: 3']],
        finds: ['warning train/devices «3»'],
        fix: 'train/devices/batch',
        gives: 'batch: 63',
      },
    ],
  },
  {
    row: 99,
    title: 'NaN or infinity in the data',
    cases: [
      {
        title: 'empty cells',
        class: 'data',
        program: houses.replace('"houses.csv"', '"gaps.csv"').replace('age, income)', 'age -> fill(0), income)'),
        edits: [['age -> fill(0)', 'age']],
        finds: ['error data/missing-cells «age»'],
        fix: 'data/missing-cells/fill',
        gives: 'age -> fill(median)',
      },
    ],
  },
  {
    row: 100,
    title: 'A model for amounts where classes are wanted',
    cases: [
      {
        title: 'the distance of class numbers',
        class: 'typing',
        program: kinds,
        edits: [['loss: crossEntropy(scores', 'loss: mse(scores']],
        finds: ['error loss/whole-numbers «which»'],
        fix: 'loss/whole-numbers/classes',
      },
    ],
  },
  {
    row: 101,
    title: 'An unsuitable size of the batch',
    cases: [
      {
        title: 'very small',
        class: 'judgement',
        why: 'from 1 to thousands there are good models; more than there are rows is row 81, one under BatchNorm row 73',
        program: letters,
        edits: [['batch: 64', 'batch: 2']],
        finds: [],
      },
    ],
  },
  {
    row: 102,
    title: 'A device that is not there',
    cases: [
      {
        title: 'a GPU named in the program',
        class: 'unwritable',
        why: 'which device works is no part of the program: it is a setting of the editor or a flag, which offer what is there',
        program: autoencoder,
        edits: [['  epochs: 20\n', '  epochs: 20\n  device: gpu\n']],
        finds: ['error train/device-key «device»'],
        fix: 'train/device-key/remove',
      },
    ],
  },
];
