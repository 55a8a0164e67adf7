/** Rows 41 to 65: output layer, loss, labels, metrics. */
import type { Row } from './case.ts';
import { autoencoder, digits, houses, kinds, sold, stars } from './programs.ts';

const captcha = `model Reader(signs: int = 37) {
  input picture: float32[64, 128, 1]
  output scores: [16, signs] = picture
    -> Conv2D(32, 3, relu, padding: same) -> MaxPool2D((2, 2))
    -> Conv2D(32, 3, relu, padding: same) -> MaxPool2D((2, 4))
    -> transpose([1, 0, 2]) -> reshape([16, 512])
    -> Bidirectional { LSTM(64, sequences: true) }
    -> Dense(signs)
}

data Captchas {
  source: csv("captchas.csv")
  picture: float32[64, 128, 1] = png -> decodeImage(channels: 1) -> scale(0..255, 0..1)
  text: int32[5] = word -> lower -> characters(length: 5) -> Index
  validation: 10%
}

train Reader on Captchas {
  loss: ctc(scores, text)
}
`;

export const lossRows: readonly Row[] = [
  {
    row: 41,
    title: 'softmax before a loss that takes scores: softmax twice',
    cases: [
      {
        title: 'softmax in the layer and in the loss',
        class: 'typing',
        program: digits,
        edits: [['crossEntropy(digit, label)', 'crossEntropy(softmax(digit), label)']],
        finds: ['warning shape/activation-twice «softmax»'],
        fix: 'shape/activation-twice/remove',
      },
    ],
  },
  {
    row: 42,
    title: 'No softmax where the loss wants probabilities',
    cases: [
      {
        title: 'bare scores',
        class: 'unwritable',
        why: 'the loss reads from the type whether it gets probabilities or scores, and takes either rightly',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes)']],
        finds: [],
      },
    ],
  },
  {
    row: 43,
    title: 'sigmoid on several classes with the loss for one of them',
    cases: [
      {
        title: 'each class judged by itself',
        class: 'typing',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes, sigmoid)']],
        finds: ['warning loss/sigmoid-classes «digit»'],
        fix: 'loss/sigmoid-classes/activation',
      },
    ],
  },
  {
    row: 44,
    title: 'softmax on one unit',
    cases: [
      {
        title: 'always 1',
        class: 'typing',
        program: sold,
        edits: [['Dense(1, sigmoid)', 'Dense(1, softmax)']],
        finds: ['warning shape/softmax-of-one «softmax»'],
        fix: 'shape/softmax-of-one/sigmoid',
      },
    ],
  },
  {
    row: 45,
    title: 'softmax with the loss for yes and no',
    cases: [
      {
        title: 'three classes judged one by one',
        class: 'typing',
        program: kinds.replace('crossEntropy(scores, which)', 'crossEntropy(scores, each)'),
        edits: [['crossEntropy(scores, each)', 'binaryCrossEntropy(scores, each)']],
        finds: ['warning loss/softmax-binary «scores»'],
        fix: 'loss/softmax-binary/classes',
      },
    ],
  },
  {
    row: 46,
    title: 'The loss for class numbers with one-hot labels',
    cases: [
      {
        title: 'a number for each class',
        class: 'unwritable',
        why: 'there is one crossEntropy, and the type of the label says which it is',
        program: kinds,
        edits: [['crossEntropy(scores, which)', 'crossEntropy(scores, each)']],
        finds: [],
      },
    ],
  },
  {
    row: 47,
    title: 'The loss for one-hot labels with class numbers',
    cases: [
      {
        title: 'class numbers',
        class: 'unwritable',
        why: 'there is one crossEntropy, and the type of the label says which it is',
        program: kinds.replace('crossEntropy(scores, which)', 'crossEntropy(scores, each)'),
        edits: [['crossEntropy(scores, each)', 'crossEntropy(scores, which)']],
        finds: [],
      },
      {
        title: 'the name of another library',
        class: 'typing',
        program: kinds,
        edits: [['crossEntropy(scores', 'sparse_categorical_crossentropy(scores']],
        finds: ['error name/unknown «sparse_categorical_crossentropy»'],
        fix: 'name/change',
      },
    ],
  },
  {
    row: 48,
    title: 'Fewer units than classes',
    cases: [
      {
        title: 'nine units for ten digits',
        class: 'data',
        program: digits,
        edits: [['classes: int = 10', 'classes: int = 9']],
        finds: ['error loss/labels «Dense(classes, softmax)»'],
        fix: 'loss/labels/default',
      },
    ],
  },
  {
    row: 49,
    title: 'Labels that count from 1',
    cases: [
      {
        title: 'one unit more hides it',
        class: 'data',
        program: digits,
        edits: [['labels: "labels"', 'labels: "labels-from-1"']],
        finds: ['error loss/labels «label»'],
        fix: 'loss/labels/from-zero',
        gives: 'crossEntropy(digit, label - 1)',
      },
    ],
  },
  {
    row: 50,
    title: 'relu or tanh on the output before cross entropy',
    cases: [
      {
        title: 'relu',
        class: 'typing',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes, relu)']],
        finds: ['warning loss/cut-scores «digit»'],
        fix: 'loss/cut-scores/activation',
      },
      {
        title: 'tanh',
        class: 'typing',
        program: digits,
        edits: [['Dense(classes, softmax)', 'Dense(classes) -> tanh']],
        finds: ['warning loss/cut-scores «digit»'],
        fix: 'loss/cut-scores/activation',
        gives: 'Dense(classes) -> softmax',
      },
    ],
  },
  {
    row: 51,
    title: 'mse for classes with class numbers',
    cases: [
      {
        title: 'the distance of numbers that only name',
        class: 'typing',
        program: digits,
        edits: [['loss: crossEntropy(digit, label)', 'loss: mse(digit, label)']],
        finds: ['error loss/whole-numbers «label»'],
        fix: 'loss/whole-numbers/classes',
      },
    ],
  },
  {
    row: 52,
    title: 'A bounded output for a target that is not',
    cases: [
      {
        title: 'sigmoid for prices',
        class: 'data',
        program: houses
          .replace('= price / 100_000', '= income')
          .replace('stack(rooms, age, income)', 'stack(rooms, age, age)'),
        edits: [['Dense(1) -> squeeze', 'Dense(1, sigmoid) -> squeeze']],
        finds: ['warning loss/out-of-reach «guess»'],
        fix: 'loss/out-of-reach/activation',
      },
      {
        title: 'tanh for normalised numbers',
        class: 'typing',
        program: houses.replace('= price / 100_000', '= price -> Normalize'),
        edits: [['Dense(1) -> squeeze', 'Dense(1, tanh) -> squeeze']],
        finds: ['warning loss/out-of-reach «guess»'],
        fix: 'loss/out-of-reach/activation',
      },
    ],
  },
  {
    row: 53,
    title: 'Labels of one number against outputs of an axis of one: all against all',
    cases: [
      {
        title: 'the axis of size 1 left on',
        class: 'unwritable',
        why: 'losses never stretch, and there is no axis of the batch to stretch over; the axis of size 1 is told',
        program: houses,
        edits: [['Dense(1) -> squeeze', 'Dense(1)']],
        finds: ['hint loss/one-against-number «guess»', 'hint loss/one-against-number «guess»'],
        fix: 'loss/one-against-number/squeeze',
        gives: 'mse(guess -> squeeze, value)',
      },
    ],
  },
  {
    row: 54,
    title: 'Several outputs for one label in a regression',
    cases: [
      {
        title: 'three numbers for one price',
        class: 'typing',
        program: houses,
        edits: [['Dense(1) -> squeeze', 'Dense(3)']],
        finds: ['error loss/shapes «mse(guess, value)»'],
        fix: 'loss/shapes/one-unit',
        gives: 'Dense(1) -> squeeze',
      },
    ],
  },
  {
    row: 55,
    title: 'accuracy for a regression',
    cases: [
      {
        title: 'how often a price is hit',
        class: 'typing',
        program: houses,
        edits: [['metrics: mae(guess', 'metrics: accuracy(guess']],
        finds: ['warning train/regression-accuracy «accuracy»'],
        fix: 'train/regression-accuracy/mae',
      },
    ],
  },
  {
    row: 56,
    title: 'The accuracy for one-hot labels with class numbers',
    cases: [
      {
        title: 'class numbers',
        class: 'unwritable',
        why: 'there is one accuracy, and the type of the label says what it compares',
        program: kinds.replace('accuracy(scores, which)', 'accuracy(scores, each)'),
        edits: [['accuracy(scores, each)', 'accuracy(scores, which)']],
        finds: [],
      },
    ],
  },
  {
    row: 57,
    title: 'hinge with probabilities',
    cases: [
      {
        title: 'a sigmoid output',
        class: 'typing',
        why: 'labels of 0 and 1 are read as no and yes; a probability cannot get below −1',
        program: sold.replace('Dense(1, sigmoid)', 'Dense(1)').replace('binaryCrossEntropy', 'hinge'),
        edits: [['Dense(1) -> squeeze', 'Dense(1, sigmoid) -> squeeze']],
        finds: ['warning loss/hinge-probability «yes»'],
        fix: 'loss/hinge-probability/activation',
      },
    ],
  },
  {
    row: 58,
    title: 'The loss for yes and no on a linear output',
    cases: [
      {
        title: 'bare scores',
        class: 'unwritable',
        why: 'the loss reads from the type whether it gets probabilities or scores, and takes either rightly',
        program: sold,
        edits: [['Dense(1, sigmoid)', 'Dense(1)']],
        finds: [],
      },
    ],
  },
  {
    row: 59,
    title: 'Labels that are text; whole numbers to mse',
    cases: [
      {
        title: 'a text taken for a number',
        class: 'data',
        program: kinds,
        edits: [['which: int32 = kind -> Index', 'which: int32 = kind']],
        finds: ['error data/conversion «int32»'],
        fix: 'data/conversion/index',
      },
      {
        title: 'whole numbers to mse',
        class: 'typing',
        program: stars,
        edits: [['rating: float32 = stars', 'rating: int32 = stars']],
        finds: ['error loss/whole-numbers «rating»'],
        fix: 'loss/whole-numbers/float',
      },
    ],
  },
  {
    row: 60,
    title: 'Another number of losses than of outputs',
    cases: [
      {
        title: 'an output that no loss trains',
        class: 'typing',
        program: kinds
          .replace(
            '  output scores',
            '  output far = numbers -> Dense(8, relu) -> Dense(1) -> squeeze\n  output scores',
          )
          .replace('loss: crossEntropy(scores, which)', 'loss: crossEntropy(scores, which) + mse(far, far) * 0'),
        edits: [[' + mse(far, far) * 0', '']],
        finds: ['warning train/untrained «far»'],
      },
    ],
  },
  {
    row: 61,
    title: 'A monitored metric that does not exist',
    cases: [
      {
        title: 'validation.loss without validation rows',
        class: 'typing',
        program: digits,
        edits: [['  validation: 10%\n', '']],
        finds: ['error train/no-validation «early(patience: 3)»'],
        fix: 'train/no-validation/keep',
      },
      {
        title: "Keras' name of it",
        class: 'typing',
        program: digits.replace('early(patience: 3)', 'early(validation.accuracy, patience: 3)'),
        edits: [['validation.accuracy', 'val_accuracy']],
        finds: ['error train/unknown-watch «val_accuracy»'],
        fix: 'train/unknown-watch/change',
      },
    ],
  },
  {
    row: 62,
    title: 'CTC: too few time steps, or no blank',
    cases: [
      {
        title: 'pooled to fewer steps than the text needs',
        class: 'typing',
        program: captcha,
        edits: [
          ['MaxPool2D((2, 4))', 'MaxPool2D((2, 16))'],
          ['scores: [16, signs]', 'scores: [4, signs]'],
          ['reshape([16, 512])', 'reshape([4, 512])'],
        ],
        finds: ['warning loss/short «scores»'],
      },
    ],
  },
  {
    row: 63,
    title: 'A loss that is not reduced, or scaled wrongly',
    cases: [
      {
        title: 'a number for each pixel',
        class: 'typing',
        why: 'sum or mean over an example is a choice (`reduce:`); the batch is always averaged, whatever its size',
        program: autoencoder,
        edits: [['mse(drawn, image)', '(drawn - image) ** 2']],
        finds: ['error loss/not-one-number «(drawn - image) ** 2»'],
        fix: 'loss/not-one-number/mean',
        gives: 'loss: mean((drawn - image) ** 2)',
      },
    ],
  },
  {
    row: 64,
    title: 'An output by tanh for pixels from 0 to 1, or the reverse',
    cases: [
      {
        title: 'tanh against 0 to 1',
        class: 'data',
        program: autoencoder,
        edits: [['Conv2D(1, 3, sigmoid, padding: same)', 'Conv2D(1, 3, tanh, padding: same)']],
        finds: ['hint loss/half-used «drawn»'],
        fix: 'loss/half-used/activation',
      },
      {
        title: 'sigmoid against −1 to 1',
        class: 'data',
        program: autoencoder.replace('0..1)\n', '-1..1)\n').replace('Conv2D(1, 3, sigmoid', 'Conv2D(1, 3, tanh'),
        edits: [['Conv2D(1, 3, tanh', 'Conv2D(1, 3, sigmoid']],
        finds: ['warning loss/out-of-reach «drawn»'],
        fix: 'loss/out-of-reach/activation',
      },
    ],
  },
  {
    row: 65,
    title: 'One-hot where class numbers are wanted, in a confusion matrix',
    cases: [
      {
        title: 'a number for each class',
        class: 'unwritable',
        why: 'the type of the label says which it is, and the metric takes either rightly',
        program: kinds.replace('metrics: accuracy(scores, which)', 'metrics: confusion(scores, which)'),
        edits: [['confusion(scores, which)', 'confusion(scores, each)']],
        finds: [],
      },
    ],
  },
];
