/** Rows 79 to 90: data and rates. */
import type { Row } from './case.ts';
import { faces, few, reviews } from './more-programs.ts';
import { digits, houses } from './programs.ts';

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
];
