/** Rows 91 to 102: runs and machines. */
import type { Row } from './case.ts';
import { tuned } from './more-programs.ts';
import { autoencoder, digits, houses, kinds, letters } from './programs.ts';

export const runRows: readonly Row[] = [
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
