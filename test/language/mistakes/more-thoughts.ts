/** Mistakes that no list has: what learns nothing, learns from the answer, or measures something else. */
import type { Case } from './case.ts';
import { heads } from './more-programs.ts';
import { autoencoder, digits, houses, kinds, letters, sold } from './programs.ts';

export const thoughtCases: readonly Case[] = [
  // ---- prediction and truth
  {
    title: 'truth and prediction swapped in the loss',
    class: 'typing',
    program: digits,
    edits: [['crossEntropy(digit, label)', 'crossEntropy(label, digit)']],
    finds: ['error loss/swapped «crossEntropy(label, digit)»'],
    fix: 'loss/swapped/swap',
  },
  {
    title: 'truth and prediction swapped in the metric',
    class: 'typing',
    program: sold,
    edits: [['accuracy(yes, gone)', 'accuracy(gone, yes)']],
    finds: ['error loss/swapped «accuracy(gone, yes)»'],
    fix: 'loss/swapped/swap',
  },
  {
    title: 'a field compared with itself',
    class: 'typing',
    program: houses,
    edits: [['loss: mse(guess, value)', 'loss: mse(value, value)']],
    finds: ['error train/loss-without-output «mse(value, value)»'],
  },
  {
    title: 'the loss of the other head',
    class: 'typing',
    program: heads,
    edits: [['mse(guess, value) +', 'mse(scores, value) +']],
    finds: ['error loss/shapes «mse(scores, value)»'],
  },
  {
    title: 'two heads, one loss',
    class: 'typing',
    program: heads,
    edits: [[' + 0.5 * crossEntropy(scores, which)', '']],
    finds: ['warning train/untrained «scores»'],
  },
  {
    title: 'the metric of the wrong output',
    class: 'typing',
    program: heads,
    edits: [
      ['metrics: [mae(guess, value), accuracy(scores, which)]', 'metrics: [mae(guess, value), accuracy(guess, which)]'],
    ],
    finds: ['warning train/regression-accuracy «accuracy»'],
  },
  {
    title: 'one score for several classes',
    class: 'data',
    program: kinds,
    edits: [['Dense(3, softmax)', 'Dense(1)']],
    finds: ['error loss/one-score «scores»'],
    fix: 'loss/one-score/units',
    gives: 'Dense(3, activation: softmax)',
  },
  {
    title: 'yes and no for pixels from −1 to 1',
    class: 'data',
    program: autoencoder.replace('mse(drawn, image)', 'binaryCrossEntropy(drawn, image)'),
    edits: [['0..1)\n', '-1..1)\n']],
    finds: ['warning loss/shares «image»'],
  },
  {
    title: 'relu on the last layer of yes and no',
    class: 'typing',
    program: sold,
    edits: [['Dense(1, sigmoid)', 'Dense(1, relu)']],
    finds: ['warning loss/cut-scores «yes»'],
    fix: 'loss/cut-scores/activation',
  },
  {
    title: 'a layer inside the loss',
    class: 'typing',
    program: kinds,
    edits: [['crossEntropy(scores, which)', 'crossEntropy(scores -> Dense(3), which)']],
    finds: ['error train/layer-in-loss «Dense»'],
  },
  {
    title: 'an accuracy above 95',
    class: 'typing',
    program: heads,
    edits: [['> 80%', '> 80']],
    finds: ['error train/expect-bounds «80»'],
    fix: 'train/expect-bounds/percent',
  },
  {
    title: 'mae below 0',
    class: 'typing',
    program: heads.replace('expect: accuracy(scores, which) > 80%', 'expect: mae(guess, value) < 1'),
    edits: [['< 1\n', '< -1\n']],
    finds: ['error train/expect-bounds «-1»'],
  },

  // ---- the answer among the inputs
  {
    title: 'the price among the inputs',
    class: 'typing',
    program: houses,
    edits: [['stack(rooms, age, income)', 'stack(rooms, age, price)']],
    finds: ['warning data/leak «Houses»'],
  },
  {
    title: 'attention that sees the next token',
    class: 'typing',
    program: letters,
    edits: [['Attention(heads, mask: causal)', 'Attention(heads)']],
    finds: ['warning train/looks-ahead «Attention»'],
    fix: 'train/looks-ahead/causal',
  },
  {
    title: 'a truth that was not moved by one',
    class: 'typing',
    program: letters,
    edits: [['next: int32[context] = window[1..]', 'next: int32[context] = window[..-1]']],
    finds: ['warning train/sees-answer «next»'],
  },
  {
    title: 'the tokens themselves as the truth, read step by step',
    class: 'typing',
    program: letters
      .replace(/block Layer[\s\S]*?\n\}\n\n/u, '')
      .replace(', heads: int = 4', '')
      .replace('-> repeat(2) { Layer(heads) }', '-> GRU(width, sequences: true)'),
    edits: [
      ['crossEntropy(logits, next)', 'crossEntropy(logits, tokens)'],
      ['perplexity(logits, next)', 'perplexity(logits, tokens)'],
    ],
    finds: ['warning train/sees-answer «tokens»'],
  },
  {
    title: 'reading the text from both ends',
    class: 'typing',
    program: letters
      .replace(/block Layer[\s\S]*?\n\}\n\n/u, '')
      .replace(', heads: int = 4', '')
      .replace('-> repeat(2) { Layer(heads) }', '-> GRU(width, sequences: true)'),
    edits: [['GRU(width, sequences: true)', 'Bidirectional(merge: sum) { GRU(width, sequences: true) }']],
    finds: ['warning train/looks-ahead «GRU»'],
  },
  {
    title: 'a convolution that sees the next token',
    class: 'typing',
    program: letters
      .replace(/block Layer[\s\S]*?\n\}\n\n/u, '')
      .replace(', heads: int = 4', '')
      .replace('-> repeat(2) { Layer(heads) }', '-> Conv1D(width, 3, relu, padding: causal)'),
    edits: [['padding: causal', 'padding: same']],
    finds: ['warning train/looks-ahead «Conv1D»'],
    fix: 'train/looks-ahead/causal',
  },
];
