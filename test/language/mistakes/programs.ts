/** Correct programs that the mistakes are made in. Each checks with no error and no warning. */

const digitsData = `data Digits {
  source: idx(images: "images", labels: "labels")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  label: int32 = labels
  validation: 10%
}
`;

/** Handwritten digits: a convolutional network on images and class numbers. */
export const digits = `${digitsData}
model Net(classes: int = 10) {
  input image: float32[28, 28, 1]
  output digit = image
    -> Conv2D(32, 3, relu) -> MaxPool2D(2)
    -> Conv2D(64, 3, relu) -> MaxPool2D(2)
    -> Flatten -> Dense(128, relu)
    -> Dense(classes, softmax)
}

train Net on Digits {
  loss: crossEntropy(digit, label)
  metrics: accuracy(digit, label)
  optimizer: Adam(1e-3)
  epochs: 10
  batch: 64
  stop: early(patience: 3)
}
`;

/** Prices of houses: a regression on columns of a table. */
export const houses = `data Houses {
  source: csv("houses.csv")
  numbers: float32[3] = stack(rooms, age, income) -> Normalize
  value: float32 = price / 100_000
  validation: 20%
}

model Price {
  input numbers: float32[3]
  output guess = numbers
    -> Dense(64, relu) -> BatchNorm -> Dropout(0.2)
    -> Dense(64, relu)
    -> Dense(1) -> squeeze
}

train Price on Houses {
  loss: mse(guess, value)
  metrics: mae(guess, value)
  optimizer: Adam(1e-3)
  epochs: 20
  batch: 32
}
`;

/** Sold or not: a yes or no on columns of a table. */
export const sold = `data Houses {
  source: csv("houses.csv")
  numbers: float32[3] = stack(rooms, age, income) -> Normalize
  gone: float32 = sold
  validation: 20%
}

model Sold {
  input numbers: float32[3]
  output yes = numbers -> Dense(32, relu) -> Dense(1, sigmoid) -> squeeze
}

train Sold on Houses {
  loss: binaryCrossEntropy(yes, gone)
  metrics: accuracy(yes, gone)
  optimizer: Adam(1e-3)
  epochs: 20
}
`;

/** The kind of a house: one of three classes. */
export const kinds = `data Houses {
  source: csv("houses.csv")
  numbers: float32[3] = stack(rooms, age, income) -> Normalize
  which: int32 = kind -> Index
  each: float32[3] = kind -> OneHot
  validation: 20%
}

model Kind {
  input numbers: float32[3]
  output scores = numbers -> Dense(32, relu) -> Dense(3, softmax)
}

train Kind on Houses {
  loss: crossEntropy(scores, which)
  metrics: accuracy(scores, which)
  optimizer: Adam(1e-3)
  epochs: 20
}
`;

/** The next character of a text: a small transformer. */
export const letters = `data Letters(context: int = 32) {
  source: text("text.txt")
  window: int32[context + 1] = characters -> Index -> windows(context + 1)
  tokens: int32[context] = window[..-1]
  next: int32[context] = window[1..]
  validation: 10%
}

block Layer(heads: int) {
  input x: [T, D]
  output x
    -> residual { LayerNorm -> Attention(heads, mask: causal) -> Dropout(0.1) }
    -> residual { LayerNorm -> Dense(4 * D, gelu) -> Dense(D) }
}

model Speaker(vocab: int = 65, context: int = 32, width: int = 64, heads: int = 4) {
  input tokens: int32[T]
  require T <= context

  layer embed = Embedding(vocab, width)
  h = (tokens -> embed) + (range(T) -> Embedding(context, width))
    -> repeat(2) { Layer(heads) }
    -> LayerNorm
  output logits = h @ transpose(embed.weight)
}

train Speaker on Letters {
  loss: crossEntropy(logits, next)
  metrics: perplexity(logits, next)
  optimizer: AdamW(cosine(3e-4, warmup: 100), decay: 0.1)
  steps: 2_000
  batch: 64
}
`;

/** Images to themselves: an autoencoder. */
export const autoencoder = `data Digits {
  source: idx(images: "images")
  image: float32[28, 28, 1] = images -> expand -> scale(0..255, 0..1)
  validation: 10%
}

model Auto {
  input image: float32[28, 28, 1]
  small: [7, 7, 8] = image
    -> Conv2D(16, 3, relu, stride: 2, padding: same)
    -> Conv2D(8, 3, relu, stride: 2, padding: same)
  output drawn = small
    -> Conv2DTranspose(8, 4, relu, stride: 2, padding: same)
    -> Conv2DTranspose(16, 4, relu, stride: 2, padding: same)
    -> Conv2D(1, 3, sigmoid, padding: same)
}

train Auto on Digits {
  loss: mse(drawn, image)
  optimizer: Adam(1e-3)
  epochs: 20
  batch: 128
}
`;

/** Signals to classes: a recurrent network on sequences. */
export const signals = `data Signals {
  source: idx(bytes: "bytes", labels: "few-bytes-labels")
  signal: float32[128, 1] = bytes -> expand -> scale(0..255, -1..1)
  label: int32 = labels
  validation: 10%
}

model Ear {
  input signal: float32[128, 1]
  output heard = signal
    -> LSTM(64, sequences: true) -> LSTM(32)
    -> Dense(10, softmax)
}

train Ear on Signals {
  loss: crossEntropy(heard, label)
  metrics: accuracy(heard, label)
  optimizer: Adam(1e-3)
  epochs: 10
}
`;

/** Users and things: two lookups and their product. */
export const stars = `data Stars {
  source: csv("houses.csv")
  who: int32 = user
  what: int32 = item
  rating: float32 = stars
  validation: 10%
}

model Taste(users: int = 100, items: int = 50, width: int = 16) {
  input who: int32
  input what: int32
  output guess = dot(who -> Embedding(users, width), what -> Embedding(items, width))
}

train Taste on Stars {
  loss: mse(guess, rating)
  metrics: rmse(guess, rating)
  optimizer: Adam(1e-3)
  epochs: 10
}
`;

/** An image cut into pieces: what belongs to the thing and what does not. */
export const segments = `model Cut(width: int = 8) {
  input image: float32[32, 32, 3]

  a = image -> Conv2D(width, 3, relu, padding: same)
  b = a -> MaxPool2D(2) -> Conv2D(2 * width, 3, relu, padding: same)
  c = b -> UpSample2D(2) -> Conv2D(width, 3, relu, padding: same)
  output mask = concat(c, a) -> Conv2D(1, 1, sigmoid)
}
`;
