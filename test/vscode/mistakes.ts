/** Programs with one mistake each, as people make them, and what the editor is to say and do. */

export interface Mistake {
  readonly name: string;
  readonly program: string;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** A part of the message. */
  readonly says: string;
  /** The text that is underlined. */
  readonly at: string;
  /** A part of one of the related places' messages, where the problem has such. */
  readonly because?: string;
  /** A part of the fix's title, and of the file after it. */
  readonly fix: string;
  readonly after: string;
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'no Flatten before the classes',
    program: `data Rows {
  source: idx(image: "images.idx", label: "labels.idx")
  picture: float32[28, 28, 1] = image -> expand -> scale(0..255, 0..1)
  kind: int32 = label
}

model Digits {
  input picture: float32[28, 28, 1]
  output digit = picture -> Conv2D(8, 3, relu) -> MaxPool2D(2) -> Dense(10, softmax)
}

train Digits on Rows {
  loss: crossEntropy(digit, kind)
}
`,
    code: 'shape/missing-flatten',
    severity: 'error',
    says: 'Put `Flatten` before it',
    at: 'Dense',
    because: '`crossEntropy` compares class scores',
    fix: 'Insert Flatten',
    after: 'MaxPool2D(2) -> Flatten -> Dense(10, softmax)',
  },
  {
    name: 'a residual of other width',
    program: `model Net {
  input image: float32[32, 32, 3]
  x = image -> Conv2D(16, 3, relu)
  output y = x -> residual { Conv2D(32, 3, relu, padding: same) } -> GlobalAvgPool2D -> Dense(10)
}
`,
    code: 'shape/residual',
    severity: 'error',
    says: 'the input is [30, 30, 16] and the result [30, 30, 32]',
    at: 'residual',
    because: '32 = `filters` of `Conv2D`',
    fix: '16',
    after: 'Conv2D(16, 3, relu, padding: same)',
  },
  {
    name: 'an image too small for its window',
    program: `model Net {
  input image: float32[8, 8, 3]
  output y = image -> Conv2D(16, 5, relu) -> MaxPool2D(2) -> Conv2D(32, 3, relu) -> Flatten -> Dense(10)
}
`,
    code: 'shape/window',
    severity: 'error',
    says: 'A window of 3 does not fit into height 2.',
    at: 'Conv2D',
    because: '4 = 8 − 5 + 1',
    fix: 'padding: same',
    after: 'Conv2D(32, 3, relu, padding: same)',
  },
  {
    name: 'a softmax of one number',
    program: `model Net {
  input x: float32[4]
  output yes = x -> Dense(8, relu) -> Dense(1, softmax) -> squeeze
}
`,
    code: 'shape/softmax-of-one',
    severity: 'warning',
    says: 'it is always 1',
    at: 'softmax',
    fix: 'sigmoid',
    after: 'Dense(1, sigmoid)',
  },
  {
    name: 'a misspelt setting',
    program: `model Net {
  input x: float32[4]
  output y = x -> Dense(8, activaton: relu) -> Dense(1)
}
`,
    code: 'argument/unknown',
    severity: 'error',
    says: 'Did you mean `activation`?',
    at: 'activaton',
    fix: 'Change to activation',
    after: 'Dense(8, activation: relu)',
  },
  {
    name: 'a loss by the name that Keras has for it',
    program: `data Rows {
  source: csv("points.csv")
  at: float32[2] = stack(x, y)
  kind: int32 = side
}

model Net {
  input at: float32[2]
  output guess = at -> Dense(8, relu) -> Dense(2, softmax)
}

train Net on Rows {
  loss: sparseCategoricalCrossentropy(guess, kind)
}
`,
    code: 'name/unknown',
    severity: 'error',
    says: 'crossEntropy',
    at: 'sparseCategoricalCrossentropy',
    fix: 'crossEntropy',
    after: 'loss: crossEntropy(guess, kind)',
  },
  {
    name: 'a second recurrent layer without the sequence',
    program: `model Net {
  input words: int32[T]
  output y = words -> Embedding(1000, 16) -> LSTM(32) -> LSTM(32) -> Dense(2, softmax)
}
`,
    code: 'shape/rank',
    severity: 'error',
    says: '`LSTM` needs a sequence `[time, features]`, but gets [32]',
    at: 'LSTM',
    because: '32 = `units` of `LSTM`',
    fix: 'sequences: true',
    after: 'LSTM(32, sequences: true) -> LSTM(32)',
  },
  {
    name: 'heads that do not divide the width',
    program: `model Net {
  input words: int32[20]
  output y = words -> Embedding(1000, 65) -> Attention(8) -> mean(axis: 0) -> Dense(2, softmax)
}
`,
    code: 'shape/heads',
    severity: 'error',
    says: '65 % 8 is 1',
    at: '8',
    because: '65 = `width` of `Embedding`',
    fix: 'heads: 5',
    after: 'Attention(5)',
  },
  {
    name: 'dropout in per cent',
    program: `model Net {
  input x: float32[4]
  output y = x -> Dense(8, relu) -> Dropout(50) -> Dense(1)
}
`,
    code: 'argument/range',
    severity: 'error',
    says: '`rate` must be at least 0 and below 1, but is 50',
    at: '50',
    fix: '0.5',
    after: 'Dropout(0.5)',
  },
  {
    name: 'early stopping with nothing to watch',
    program: `data Rows {
  source: csv("points.csv")
  at: float32[2] = stack(x, y)
  kind: int32 = side
}

model Net {
  input at: float32[2]
  output guess = at -> Dense(8, relu) -> Dense(2, softmax)
}

train Net on Rows {
  loss: crossEntropy(guess, kind)
  epochs: 10
  stop: early(patience: 3)
}
`,
    code: 'train/no-validation',
    severity: 'error',
    says: '`validation.loss` needs validation data',
    at: 'early',
    fix: 'Keep 10%',
    after: 'validation: 10%',
  },
  {
    name: 'a decoder that does not come back to the size of its image',
    program: `model Auto {
  input image: float32[27, 27, 1]
  code = image -> Conv2D(8, 3, relu, stride: 2, padding: same)
  output drawn: [27, 27, 1] = code -> Conv2DTranspose(1, 3, sigmoid, stride: 2, padding: same)
}
`,
    code: 'shape/stated',
    severity: 'error',
    says: 'axis 0 is 28, not 27',
    at: '[27, 27, 1]',
    because: '28 = 14 stretched by stride 2',
    fix: 'outputPadding: 0',
    after: 'Conv2DTranspose(1, 3, sigmoid, stride: 2, padding: same, outputPadding: 0)',
  },
];
