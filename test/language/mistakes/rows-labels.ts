/** Rows 53 to 65: labels and metrics. */
import type { Row } from './case.ts';
import { captcha } from './more-programs.ts';
import { autoencoder, digits, houses, kinds, sold, stars } from './programs.ts';

export const labelRows: readonly Row[] = [
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
