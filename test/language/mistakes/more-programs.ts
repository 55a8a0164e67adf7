/** More correct programs, each for a few mistakes of its own. */
import { digits, segments } from './programs.ts';

export const residual = `model Net {
  input image: float32[32, 32, 16]
  output y = image -> residual { Conv2D(16, 3, relu, padding: same) -> Conv2D(16, 3, padding: same) } -> relu
}
`;

export const sum = `model Net {
  input image: float32[32, 32, 16]
  short = image -> Conv2D(32, 1)
  long = image -> Conv2D(32, 3, relu, padding: same)
  output y = short + long
}
`;

export const translate = `model Translate(words: int = 500, width: int = 64) {
  input source: int32[S, 71]
  input target: int32[T]
  (_, h, c) = source / 1 -> LSTM(width, state: true)
  output next = target -> Embedding(words, width)
    -> LSTM(width, sequences: true, initial: (h, c))
    -> Dense(words, softmax)
}
`;

export const twins = `model Twins {
  input left: float32[28, 28, 1]
  input right: float32[28, 28, 1]
  layer eye = Flatten -> Dense(64, relu)
  output apart = norm((left -> eye) - (right -> eye))
}
`;

export const vit = `model ViT(size: int = 96, patch: int = 16, width: int = 64) {
  input image: float32[96, 96, 3]
  output scores = image -> patches(16) -> reshape([36, 768]) -> Dense(64)
    -> residual { LayerNorm -> Attention(4) }
    -> GlobalAvgPool1D -> Dense(10)
}
`;

export const captcha = `model Reader(signs: int = 37) {
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

export const tuned = digits
  .replace('    -> Conv2D(32, 3, relu) -> MaxPool2D(2)\n    -> Conv2D(64, 3, relu) -> MaxPool2D(2)\n', '    -> eye\n')
  .replace(
    '  output digit',
    '  layer eye = Conv2D(32, 3, relu) -> MaxPool2D(2) -> Conv2D(64, 3, relu) -> MaxPool2D(2)\n  layer head = Flatten -> Dense(128, relu) -> Dense(classes, softmax)\n  output digit',
  )
  .replace('    -> Flatten -> Dense(128, relu)\n    -> Dense(classes, softmax)\n', '    -> head\n')
  .replace('  batch: 64\n', '  batch: 64\n  freeze: eye\n');

export const faces = `data Faces {
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

export const reviews = `data Reviews {
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

export const few = digits
  .replace('"images"', '"few-images"')
  .replace('"labels"', '"few-labels"')
  .replace('batch: 64', 'batch: 16');

export const quoted = digits.replace('Dense(128, relu)', 'Dense(128, activation: relu)');
export const wide = segments.replace('a -> MaxPool2D(2)', 'a -> MaxPool2D(window: 2)');

export const heads = `data Houses {
  source: csv("houses.csv")
  numbers: float32[2] = stack(rooms, age) -> Normalize
  value: float32 = income
  which: int32 = kind -> Index
  validation: 20%
}

model Two {
  input numbers: float32[2]
  body = numbers -> Dense(32, relu)
  output guess = body -> Dense(1) -> squeeze
  output scores = body -> Dense(3, softmax)
}

train Two on Houses {
  loss: mse(guess, value) + 0.5 * crossEntropy(scores, which)
  metrics: [mae(guess, value), accuracy(scores, which)]
  optimizer: Adam(1e-3)
  epochs: 20
}

evaluate Two on Houses {
  expect: accuracy(scores, which) > 80%
}
`;

export const tied = `model Words(vocab: int = 500, width: int = 64) {
  input tokens: int32[T]
  layer embed = Embedding(vocab, width)
  h = tokens -> embed -> GRU(width, sequences: true)
  output logits = h @ transpose(embed.weight)
}
`;

export const strided = `block Down(filters: int) {
  input x: [H, W, C]
  short = x -> Conv2D(filters, 1, stride: 2)
  long = x -> Conv2D(filters, 3, relu, stride: 2, padding: same) -> Conv2D(filters, 3, padding: same)
  output relu(long + short)
}

model Net {
  input image: float32[32, 32, 3]
  output y = image -> Down(16) -> Down(32) -> GlobalAvgPool2D -> Dense(10)
}
`;

export const shared = `data Visits {
  source: csv("houses.csv")
  one: int32 = user -> Index
  two: int32 = item -> Index
  rating: float32 = stars
}

model Both {
  input one: int32
  input two: int32
  output guess = dot(one -> Embedding(100, 8), two -> Embedding(50, 8))
}

train Both on Visits {
  loss: mse(guess, rating)
}
`;
