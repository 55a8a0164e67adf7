/** Shapes and runs that no list has. */
import type { Case } from './case.ts';
import { heads, shared, strided, tied } from './more-programs.ts';
import { digits, houses, kinds, letters, segments, signals } from './programs.ts';

export const moreShapeCases: readonly Case[] = [
  // ---- shapes
  {
    title: 'a tied head of another width',
    class: 'typing',
    program: tied,
    edits: [['GRU(width, sequences: true)', 'GRU(2 * width, sequences: true)']],
    finds: ['error shape/product «@»'],
  },
  {
    title: 'a shortcut without the stride',
    class: 'typing',
    program: strided,
    edits: [['Conv2D(filters, 1, stride: 2)', 'Conv2D(filters, 1)']],
    finds: ['error shape/mismatch «Down»'],
  },
  {
    title: 'a window of 3 over an average of 1',
    class: 'typing',
    program: segments,
    edits: [['c = b -> UpSample2D(2)', 'c = b -> AdaptiveAvgPool2D(1) -> Conv2D(8, 3) -> UpSample2D(32)']],
    finds: ['error shape/window «Conv2D»'],
    fix: 'shape/window/same',
    gives: 'Conv2D(8, 3, padding: same)',
  },
  {
    title: 'a skip of another size',
    class: 'typing',
    program: segments,
    edits: [['UpSample2D(2)', 'UpSample2D(3)']],
    finds: ['error shape/join «concat(c, a)»'],
  },
  {
    title: 'an LSTM on an image',
    class: 'typing',
    program: digits,
    edits: [['    -> Flatten -> Dense(128, relu)', '    -> LSTM(128)']],
    finds: ['error shape/rank «LSTM»'],
    fix: 'shape/rank/reshape',
    gives: 'reshape(',
  },
  {
    title: 'a mask of numbers',
    class: 'typing',
    program: `model Mood {
  input tokens: int32[T]
  output score = tokens -> Embedding(500, 32) -> LSTM(32, mask: tokens != 0) -> Dense(1)
}
`,
    edits: [['mask: tokens != 0', 'mask: tokens']],
    finds: ['error type/bool «tokens»'],
  },
  {
    title: 'raw bytes into Dense',
    class: 'typing',
    program: `model Net {
  input image: uint8[28, 28]
  output y = image -> Flatten -> scale(0..255, 0..1) -> Dense(10)
}
`,
    edits: [[' -> scale(0..255, 0..1)', '']],
    finds: ['error type/float «Dense»'],
    fix: 'type/float/scale',
  },
  {
    title: 'whole numbers into Dense',
    class: 'typing',
    program: kinds,
    edits: [
      ['numbers: float32[3] = stack(rooms, age, income) -> Normalize', 'numbers: int32 = kind -> Index'],
      ['input numbers: float32[3]', 'input numbers: int32'],
    ],
    finds: ['error type/float «Dense»'],
  },
  {
    title: 'softmax of attention over the wrong axis is told where it meets one number',
    class: 'typing',
    program: `model Pool {
  input x: float32[20, 16]
  output y = sum((x -> Dense(1) -> softmax(axis: 0)) * x, axis: 0)
}
`,
    edits: [['softmax(axis: 0)', 'softmax']],
    finds: ['warning shape/softmax-of-one «softmax»'],
    fix: 'shape/softmax-of-one/axis',
  },

  {
    title: 'a picture in a row into Conv2D',
    class: 'typing',
    program: `model Net {
  input pixels: float32[784]
  output y = pixels -> reshape([28, 28, 1]) -> Conv2D(8, 3, relu) -> Flatten -> Dense(10)
}
`,
    edits: [['-> reshape([28, 28, 1]) ', '']],
    finds: ['error shape/rank «Conv2D»'],
    fix: 'shape/rank/square',
  },
  {
    title: 'GRU on GRU',
    class: 'typing',
    program: signals.replace('LSTM(64, sequences: true) -> LSTM(32)', 'GRU(64, sequences: true) -> GRU(32)'),
    edits: [[', sequences: true', '']],
    finds: ['error shape/rank «GRU»'],
    fix: 'shape/rank/sequences',
  },
  {
    title: 'inpt',
    class: 'typing',
    program: segments,
    edits: [['input image', 'inpt image']],
    finds: ['error syntax/unknown-declaration «inpt»'],
    fix: 'syntax/unknown-declaration/replace',
  },
  {
    title: 'outputs',
    class: 'typing',
    program: segments,
    edits: [['output mask', 'outputs mask']],
    finds: ['error syntax/unknown-declaration «outputs»'],
    fix: 'syntax/unknown-declaration/replace',
  },

  {
    title: 'a name bound again, as in Python',
    class: 'typing',
    program: `model Net {
  input x: float32[10]
  x2 = x -> Dense(10, relu)
  x3 = x2 -> Dense(10, relu)
  output z = x3 -> Dense(1)
}
`,
    edits: [
      ['x2 = x ->', 'x = x ->'],
      ['x3 = x2 ->', 'x = x ->'],
      ['z = x3', 'z = x'],
    ],
    finds: ['error name/twice «x»', 'error name/twice «x»'],
    fix: 'name/twice/rename',
  },
  {
    title: 'a skip without the way up',
    class: 'typing',
    program: segments.replace('concat(c, a)', 'concat(b -> UpSample2D(2), c)'),
    edits: [['concat(b -> UpSample2D(2), c)', 'concat(b, c)']],
    finds: ['error shape/join «concat(b, c)»'],
    fix: 'shape/join/upsample',
  },

  {
    title: 'measured on the rows that were learned',
    class: 'typing',
    program: heads.replace('  validation: 20%\n', '  test: 20%\n'),
    edits: [['  test: 20%\n', '']],
    finds: ['error train/same-rows «Houses»'],
    fix: 'train/same-rows/test',
  },

  // ---- training
  {
    title: 'a metric that is watched and not measured',
    class: 'typing',
    program: houses.replace('  epochs: 20\n', '  epochs: 20\n  save: best(validation.mae)\n'),
    edits: [['\n  metrics: mae(guess, value)', '']],
    finds: ['error train/unknown-watch «validation.mae»'],
    fix: 'train/unknown-watch/add',
  },
  {
    title: 'a warm-up longer than the run',
    class: 'typing',
    program: letters,
    edits: [['steps: 2_000', 'steps: 80']],
    finds: ['warning train/warmup «100»'],
    fix: 'train/warmup/shorter',
    gives: 'warmup: 4',
  },
  {
    title: 'saving later than the run ends',
    class: 'typing',
    program: letters.replace('  batch: 64\n', '  batch: 64\n  save: every(500)\n'),
    edits: [['every(500)', 'every(5_000)']],
    finds: ['warning train/too-late «every(5_000)»'],
  },
  {
    title: 'epochs and steps',
    class: 'typing',
    program: letters,
    edits: [['  batch: 64\n', '  batch: 64\n  epochs: 3\n']],
    finds: ['error train/epochs-and-steps «steps»'],
  },
  {
    title: 'no loss',
    class: 'typing',
    program: kinds,
    edits: [['  loss: crossEntropy(scores, which)\n', '']],
    finds: ['error train/no-loss «train»'],
    fix: 'train/no-loss/add',
  },
  {
    title: 'no data',
    class: 'typing',
    program: kinds,
    edits: [['train Kind on Houses', 'train Kind']],
    finds: ['error train/no-data «Kind»'],
    fix: 'train/no-data/on',
  },
  {
    title: 'a model that is a block',
    class: 'typing',
    program: kinds,
    edits: [['model Kind', 'block Kind']],
    finds: ['error name/not-a-model «Kind»'],
    fix: 'name/not-a-model/model',
  },
  {
    title: 'an input that no field feeds',
    class: 'typing',
    program: houses,
    edits: [['  numbers: float32[3] =', '  number: float32[3] =']],
    finds: ['error data/no-field «Houses»'],
    fix: 'data/no-field/rename',
  },
  {
    title: 'an Embedding of one user more than known',
    class: 'data',
    program: shared,
    edits: [['two -> Embedding(50, 8)', 'two -> Embedding(49, 8)']],
    finds: [],
  },
  {
    title: 'a learning rate for SGD in the hundreds',
    class: 'typing',
    program: signals.replace('Adam(1e-3)', 'SGD(0.01)'),
    edits: [['SGD(0.01)', 'SGD(100)']],
    finds: ['warning train/learning-rate «100»'],
    fix: 'train/learning-rate/usual',
  },
  {
    title: 'momentum of 9',
    class: 'typing',
    program: signals.replace('Adam(1e-3)', 'SGD(0.01, momentum: 0.09)'),
    edits: [['momentum: 0.09', 'momentum: 9']],
    finds: ['error argument/range «9»'],
    fix: 'argument/range/share',
  },
];
