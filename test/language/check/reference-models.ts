/** Published architectures, written in the language, with their published numbers of weights. */
export interface Reference {
  readonly name: string;
  readonly unit: string;
  readonly text: string;
  /** All weights, moving statistics included. */
  readonly parameters: number;
  readonly trainable?: number;
  readonly output: readonly (number | string)[];
}

const resnet = (blocks: string) => `
block Norm(filters: int, kernel: int, stride: int = 1, groups: int = 1) {
  input x: [H, W, C]
  output x -> Conv2D(filters, kernel, stride: stride, padding: (kernel - 1) // 2, groups: groups, bias: false) -> BatchNorm
}
block Basic(filters: int, stride: int = 1) {
  input x: [H, W, C]
  short = if stride == 1 and C == filters { x } else { x -> Norm(filters, 1, stride) }
  output relu((x -> Norm(filters, 3, stride) -> relu -> Norm(filters, 3)) + short)
}
block Bottleneck(filters: int, stride: int = 1, groups: int = 1, width: int = 1) {
  input x: [H, W, C]
  short = if stride == 1 and C == 4 * filters { x } else { x -> Norm(4 * filters, 1, stride) }
  inner = filters * width
  output relu((x -> Norm(inner, 1) -> relu -> Norm(inner, 3, stride, groups) -> relu -> Norm(4 * filters, 1)) + short)
}
model ResNet(classes: int = 1000) {
  input image: float32[224, 224, 3]
  output scores = image -> Norm(64, 7, 2) -> relu -> MaxPool2D(3, stride: 2, padding: 1): [56, 56, 64]
${blocks}
    -> GlobalAvgPool2D -> Dense(classes)
}
`;

export const references: readonly Reference[] = [
  {
    name: 'Keras MNIST convnet',
    unit: 'Convnet',
    parameters: 34_826,
    output: [10],
    text: `
model Convnet {
  input image: float32[28, 28, 1]
  output digit = image
    -> Conv2D(32, 3, relu): [26, 26, 32] -> MaxPool2D(2): [13, 13, 32]
    -> Conv2D(64, 3, relu): [11, 11, 64] -> MaxPool2D(2): [5, 5, 64]
    -> Flatten: [1600] -> Dropout(0.5) -> Dense(10, softmax)
}
`,
  },
  {
    name: 'AlexNet (torchvision)',
    unit: 'AlexNet',
    parameters: 61_100_840,
    output: [1000],
    text: `
model AlexNet {
  input image: float32[224, 224, 3]
  output scores = image
    -> Conv2D(64, 11, relu, stride: 4, padding: 2) -> MaxPool2D(3, stride: 2)
    -> Conv2D(192, 5, relu, padding: 2) -> MaxPool2D(3, stride: 2)
    -> Conv2D(384, 3, relu, padding: 1) -> Conv2D(256, 3, relu, padding: 1) -> Conv2D(256, 3, relu, padding: 1)
    -> MaxPool2D(3, stride: 2): [6, 6, 256]
    -> Flatten -> Dropout(0.5) -> Dense(4096, relu) -> Dropout(0.5) -> Dense(4096, relu) -> Dense(1000)
}
`,
  },
  {
    name: 'VGG-16',
    unit: 'VGG',
    parameters: 138_357_544,
    output: [1000],
    text: `
block Stage(filters: int, depth: int) {
  input x: [H, W, C]
  output x -> repeat(depth) { Conv2D(filters, 3, relu, padding: same) } -> MaxPool2D(2)
}
model VGG(sizes: [int] = [64, 128, 256, 512, 512], depths: [int] = [2, 2, 3, 3, 3]) {
  input image: float32[224, 224, 3]
  output scores = image
    -> repeat(len(sizes)) { i => Stage(sizes[i], depths[i]) }: [7, 7, 512]
    -> Flatten -> repeat(2) { Dense(4096, relu) } -> Dense(1000, softmax)
}
`,
  },
  {
    name: 'ResNet-18 (torchvision)',
    unit: 'ResNet',
    parameters: 11_689_512 + 9_600,
    trainable: 11_689_512,
    output: [1000],
    text: resnet(`    -> repeat(2) { Basic(64) } -> Basic(128, 2) -> Basic(128) -> Basic(256, 2) -> Basic(256)
    -> Basic(512, 2) -> Basic(512): [7, 7, 512]`),
  },
  {
    name: 'ResNet-50 (torchvision)',
    unit: 'ResNet',
    parameters: 25_557_032 + 53_120,
    trainable: 25_557_032,
    output: [1000],
    text: resnet(`    -> repeat(3) { Bottleneck(64) } -> Bottleneck(128, 2) -> repeat(3) { Bottleneck(128) }
    -> Bottleneck(256, 2) -> repeat(5) { Bottleneck(256) } -> Bottleneck(512, 2) -> repeat(2) { Bottleneck(512) }: [7, 7, 2048]`),
  },
  {
    name: 'ResNeXt-50 32x4d (torchvision)',
    unit: 'ResNet',
    parameters: 25_028_904 + 68_224,
    trainable: 25_028_904,
    output: [1000],
    text: resnet(`    -> repeat(3) { Bottleneck(64, groups: 32, width: 2) }
    -> Bottleneck(128, 2, 32, 2) -> repeat(3) { Bottleneck(128, 1, 32, 2) }
    -> Bottleneck(256, 2, 32, 2) -> repeat(5) { Bottleneck(256, 1, 32, 2) }
    -> Bottleneck(512, 2, 32, 2) -> repeat(2) { Bottleneck(512, 1, 32, 2) }: [7, 7, 2048]`),
  },
  {
    name: 'SqueezeNet 1.1 (torchvision)',
    unit: 'SqueezeNet',
    parameters: 1_235_496,
    output: [1000],
    text: `
block Fire(squeeze: int, expand: int) {
  input x: [H, W, C]
  s = x -> Conv2D(squeeze, 1, relu)
  output concat(s -> Conv2D(expand, 1, relu), s -> Conv2D(expand, 3, relu, padding: same))
}
block Pool {
  input x: [H, W, C]
  output x -> MaxPool2D(3, stride: 2, ceil: true)
}
model SqueezeNet {
  input image: float32[224, 224, 3]
  output scores = image
    -> Conv2D(64, 3, relu, stride: 2) -> Pool -> repeat(2) { Fire(16, 64) } -> Pool -> repeat(2) { Fire(32, 128) }
    -> Pool -> repeat(2) { Fire(48, 192) } -> repeat(2) { Fire(64, 256) }
    -> Dropout(0.5) -> Conv2D(1000, 1, relu) -> GlobalAvgPool2D
}
`,
  },
  {
    name: 'Convolutional autoencoder (Keras)',
    unit: 'Autoencoder',
    parameters: 28_353,
    output: [28, 28, 1],
    text: `
model Autoencoder {
  input image: float32[28, 28, 1]
  output copy = image
    -> repeat(2) { Conv2D(32, 3, relu, padding: same) -> MaxPool2D(2, padding: same) }: [7, 7, 32]
    -> repeat(2) { Conv2DTranspose(32, 3, relu, stride: 2, padding: same) }
    -> Conv2D(1, 3, sigmoid, padding: same)
}
`,
  },
  {
    name: 'VAE decoder (Keras)',
    unit: 'Decoder',
    parameters: 65_089,
    output: [28, 28, 1],
    text: `
model Decoder {
  input z: float32[2]
  output image = z -> Dense(7 * 7 * 64, relu) -> reshape([7, 7, 64])
    -> Conv2DTranspose(64, 3, relu, stride: 2, padding: same)
    -> Conv2DTranspose(32, 3, relu, stride: 2, padding: same)
    -> Conv2DTranspose(1, 3, sigmoid, padding: same)
}
`,
  },
  {
    name: 'Bidirectional LSTM for IMDB (Keras)',
    unit: 'Imdb',
    parameters: 2_757_761,
    output: [1],
    text: `
model Imdb {
  input tokens: int32[T]
  output positive = tokens -> Embedding(20_000, 128)
    -> Bidirectional { LSTM(64, sequences: true) } -> Bidirectional { LSTM(64) } -> Dense(1, sigmoid)
}
`,
  },
  {
    name: 'LSTM sequence to sequence (Keras)',
    unit: 'Translate',
    parameters: 718_173,
    output: ['M', 93],
    text: `
model Translate(width: int = 256) {
  input source: float32[N, 71]
  input target: float32[M, 93]
  (_, h, c) = source -> LSTM(width, state: true)
  output next = target -> LSTM(width, sequences: true, initial: (h, c)) -> Dense(93, softmax)
}
`,
  },
  {
    name: 'GPT-2 small',
    unit: 'GPT2',
    parameters: 124_439_808,
    output: ['T', 50_257],
    text: `
block Layer(heads: int) {
  input x: [T, D]
  require D % heads == 0
  output x -> residual { LayerNorm(epsilon: 1e-5) -> Attention(heads, mask: causal) }
    -> residual { LayerNorm(epsilon: 1e-5) -> Dense(4 * D, geluTanh) -> Dense(D) }
}
model GPT2(vocab: int = 50_257, context: int = 1024, width: int = 768) {
  input tokens: int32[T]
  require T <= context
  layer embed = Embedding(vocab, width)
  h = (tokens -> embed) + (range(T) -> Embedding(context, width)) -> repeat(12) { Layer(12) } -> LayerNorm
  output scores = h @ transpose(embed.weight)
}
`,
  },
  {
    name: 'ViT-B/16',
    unit: 'ViT',
    parameters: 86_567_656,
    output: [1000],
    text: `
block Layer(heads: int, inner: int) {
  input x: [T, D]
  output x -> residual { LayerNorm -> Attention(heads) } -> residual { LayerNorm -> Dense(inner, gelu) -> Dense(D) }
}
model ViT(patch: int = 16, width: int = 768) {
  input image: float32[224, 224, 3]
  count = (224 / patch) ** 2
  patches = image -> Conv2D(width, patch, stride: patch) -> reshape([count, width])
  tokens: [197, 768] = concat(Weight([1, width], zeros), patches, axis: 0) + Weight([count + 1, width], normal(0.02))
  output scores = (tokens -> repeat(12) { Layer(12, 3072) } -> LayerNorm)[0] -> Dense(1000)
}
`,
  },
  {
    name: 'Transformer base',
    unit: 'Transformer',
    parameters: 63_045_632,
    output: ['M', 37_000],
    text: `
block Forward(inner: int = 2048) {
  input x: [T, D]
  output x + (x -> Dense(inner, relu) -> Dense(D)) -> LayerNorm
}
block Encoder(heads: int) {
  input x: [T, D]
  output x + (x -> Attention(heads, bias: false)) -> LayerNorm -> Forward
}
block Decoder(heads: int) {
  input x: [T, D]
  input memory: [S, D]
  a = x + (x -> Attention(heads, mask: causal, bias: false)) -> LayerNorm
  output a + (a -> Attention(heads, memory: memory, bias: false)) -> LayerNorm -> Forward
}
model Transformer(vocab: int = 37_000, width: int = 512, heads: int = 8) {
  input source: int32[N]
  input target: int32[M]
  layer embed = Embedding(vocab, width)
  memory = source -> embed -> repeat(6) { Encoder(heads) }
  h = target -> embed -> repeat(6) { Decoder(heads, memory: memory) }
  output scores = h @ transpose(embed.weight)
}
`,
  },
  {
    name: 'Wide & Deep',
    unit: 'WideDeep',
    parameters: 1_239,
    output: [1],
    text: `
model WideDeep {
  input x: float32[8]
  output value = concat(x, x -> Dense(30, relu) -> Dense(30, relu)) -> Dense(1)
}
`,
  },
  {
    name: 'NeuMF',
    unit: 'NeuMF',
    parameters: 392_601,
    output: [],
    text: `
model NeuMF(users: int = 6_040, items: int = 3_706, factors: int = 8) {
  input user: int32
  input item: int32
  product = (user -> Embedding(users, factors)) * (item -> Embedding(items, factors))
  deep = concat(user -> Embedding(users, 32), item -> Embedding(items, 32))
    -> Dense(32, relu) -> Dense(16, relu) -> Dense(8, relu)
  output chosen = concat(product, deep) -> Dense(1, sigmoid) -> squeeze
}
`,
  },
  {
    name: 'Two-tower retrieval',
    unit: 'Retrieval',
    parameters: 92_448,
    output: [],
    text: `
block Tower {
  input x: [N]
  output x -> Dense(64, relu) -> Dense(32) -> l2norm
}
model Retrieval {
  input user: int32
  input item: int32
  a = user -> Embedding(944, 32) -> Tower
  b = item -> Embedding(1_683, 32) -> Tower
  output near = dot(a, b)
}
`,
  },
];
