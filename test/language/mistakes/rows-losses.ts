/** Rows 41 to 52: output layer and loss. */
import type { Row } from './case.ts';
import { digits, houses, kinds, sold } from './programs.ts';

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
];
