/** Programs with many mistakes at once, for texts that no other program of the tests raises. */
import type { DataHeader, FileTrouble } from '../../../language/files.ts';

const model = `model Variants {
  input a: float32[4, 8]
  input f: float32[8]
  input n: float32
  input image: float32[8, 8, 3]
  input tokens: int32[20]
  input known: bool[8]
  input words: string[8]
  x1 = einsum(a, a, equation: "tt,td->t")
  x2 = einsum(a, a, equation: "td,td->x")
  x3 = einsum(a, equation: "td,td->t")
  x4 = einsum(f, f, equation: "td,td->t")
  x5 = f -> Dense(4, init: zip)
  x6 = f -> Dropout(7)
  x7 = transpose(a, [0, 0])
  x8 = mean(image, axis: [0, 0])
  x9 = depthToSpace(image, 2)
  x10 = f[0, 1]
  x11 = f[6..9]
  x12 = a -> LSTM(4, initial: f)
  x13 = stack(f, a)
  x14 = a == image
  x15 = n @ f
  x16 = image @ Weight([3, 8, 4])
  x17 = split(f, [3, 3])
  x18 = split(f, 300)
  x19 = f -> Conv2D(3, 3)
  x20 = image -> LSTM(4)
  x21 = n -> Dense(3)
  x22 = image -> Conv3D(4, 3)
  x23 = image -> ConvLSTM2D(4, 3)
  x24 = image -> BatchNorm -> Rotary
  x25 = known -> Dense(3)
  x26 = words -> Dense(3)
  x27 = words + 1
  x28 = f -> Activation
  x29 = f -> Sequential
  x30 = f -> Multiply
  x31 = f -> Lambda
  x32 = tokens -> Masking
  x33 = f -> Identity
  x34 = f -> print
  x35 = f -> DataLoader
  x36 = f -> fit
  x37 = f -> nn.Foo
  x38 = a -> LSTM
  x39 = f -> Encoder -> relu
  x40 = f + a[0, 0..3]
  output f
}

block Encoder {
  input x: [n]
  output mean = x -> Dense(3)
  output other = x -> Dense(3)
}

block Few {
  input x: [2 * n]
  output x -> Dense(n)
}

model Few2 {
  input x: float32[3]
  output x -> Few
  output parts = (x -> Encoder).meann
}

model Small = Nothing(3)
`;

const data = `data Rows {
  source: csv("rows.csv")
  a: bool = number
  b: uint8 = number
  c: string = number
  d: float32 = kind
  weight: d
}

data Arrays {
  source: npy(x: "single.npy", y: "objects.npy")
}

data Folder {
  source: folder("empty")
}

data Sounds {
  source: folder("texts")
  wave: float32[16_000] = file -> decodeAudio(rate: 16_000) -> fit(16_000)
}

data Denied {
  source: csv("denied.csv")
}

data Device {
  source: csv("device")
}

data Large {
  source: csv("large.csv")
}

data Changed {
  source: csv("changed.csv")
}

data Damaged {
  source: csv("damaged.csv")
}

data Outside {
  source: csv("outside.csv")
}

data Empty {
  source: csv("empty.csv")
}
`;

const run = `data Rows {
  source: csv("rows.csv")
  x: float32[3, 4] = stack(number, number, number)
  y: int32 = kind -> Index
  z: float32 = number -> Normalize
  validation: 10%
}

data None {
  source: csv("rows.csv")
}

model Net {
  input x: float32[4]
  layer first = Dense(4, relu)
  output guess = x -> first -> Dense(3)
  output amount = x -> first -> Dense(1, sigmoid) -> squeeze
}

train Net on Rows {
  loss: crossEntropy(guess, y) + mse(amount, z)
  metrics: zzz(guess, y)
  optimizer: Zzz(1e-3)
  freeze: [frist, guess, "Net/zzz"]
}

train Net on Rows as second {
  start: third
  loss: cosineDistance(guess, x, y) + contrastive(guess, guess, y) + binaryCrossEntropy(amount, z)
  optimizer: Adam(zip(3))
}

train Net on Rows as third {
  start: second
  loss: crossEntropy(guess, y)
}

train Net on None as fourth {
  loss: mean(guess)
}

evaluate Net on Rows {
  expect: accuracy(guess, y) > 3
}

export Net { to: "dist/net", inputs: (x, zzz: 3) }
`;

const halfTyped = [
  'model Small = ',
  'extern block Swish {\n  input x: [...]\n}\n',
  'block A(a: ) {\n  input x: [n]\n  output x\n}\n',
  'block A {\n  input x: [n]\n  output if n > 3 { } else { x }\n}\n',
  'block A {\n  input x: [n]\n  output y =\n}\n',
  'block A(a: zzz) {\n  input x: zzz[3]\n  output x\n}\n',
  'model ] {\n}\n',
];

export const variants: readonly string[] = [model, data, run, ...halfTyped];

const column = (name: string, type: 'int' | 'float' | 'string') =>
  ({ name, type, missing: 0, sampled: 100, distinct: 90, range: [-300, 300], values: ['1'] }) as const;

export const variantFiles: Readonly<Record<string, DataHeader | FileTrouble>> = {
  'rows.csv': { kind: 'csv', rows: 100, columns: [column('number', 'float'), column('kind', 'string')] },
  'empty.csv': { kind: 'csv', rows: 0, columns: [] },
  'single.npy': { kind: 'npy', dtype: 'float32', shape: [] },
  'objects.npy': { kind: 'npy', dtype: 'float32', shape: [3], trouble: 'type' },
  empty: {
    kind: 'folder',
    files: 0,
    whole: true,
    sample: { looked: 0, images: [], rates: [], lengths: [], other: undefined },
    parts: [],
  },
  texts: {
    kind: 'folder',
    files: 3,
    whole: true,
    sample: { looked: 3, images: [], rates: [], lengths: [], other: 'notes.txt' },
    parts: [],
  },
  'denied.csv': 'denied',
  device: 'device',
  'large.csv': 'too-large',
  'changed.csv': 'changed',
  'damaged.csv': 'unreadable',
  'outside.csv': 'outside',
};
