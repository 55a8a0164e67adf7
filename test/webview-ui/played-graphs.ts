/** Graphs of small programs for tests. */
import { graphOf } from '../../bench/graphs.ts';

export const mnist = graphOf(
  'mnist-cnn.model',
  `block Features {
  input image: [28, 28, 1]
  output image -> Conv2D(32, 3) -> relu -> MaxPool2D(2)
}
block Classifier(classes: int) {
  input x: [H, W, C]
  output x -> Flatten -> Dense(128) -> relu -> Dense(classes, softmax)
}
model MnistCnn {
  input image: float32[28, 28, 1]
  output digit = image -> Features -> Classifier(10)
}
`,
);

export const residual = graphOf(
  'net.model',
  `block Layer {
  input x: [T, D]
  output x -> residual { LayerNorm -> Attention(4) } -> residual { LayerNorm -> Dense(4 * D, gelu) -> Dense(D) }
}
model Net {
  input tokens: int32[64]
  output y = (tokens -> Embedding(100, 32)) + (range(64) -> Embedding(64, 32)) -> repeat(6) { Layer } -> Dense(10)
}
`,
);
