/**
 * The bench models in TensorFlow.js, operation by operation as its users run it: `LayersModel` where it has the layers, plain
 * operations for attention. Adam and mean cross entropy, as everywhere in the bench.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Tfjs from '@tensorflow/tfjs-node-gpu';
import { stream } from '../../compiler/index.ts';
import type { BenchModel } from './models.ts';

type Tf = typeof Tfjs;
type Step = () => Tfjs.Scalar;

/** The package out of its folder, with its native part loaded before. */
export function loadTfjs(folder: string): Tf {
  return createRequire(join(folder, 'package.json'))(folder) as Tf;
}

/** One training step of a model, to be called again and again. */
export function tfjsStep(tf: Tf, model: BenchModel): Step {
  switch (model) {
    case 'gpt':
      return attentionStep(tf, { symbols: 256, width: 128, batch: 16, causal: true });
    case 'bert':
      return attentionStep(tf, { symbols: 1000, width: 256, batch: 16, causal: false });
    case 'cnn':
      return layersStep(tf, [28, 28, 1], 128, (x) => {
        const features = tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }).apply(x);
        const flat = tf.layers.flatten().apply(tf.layers.maxPooling2d({ poolSize: 2 }).apply(features));
        return dense(tf, flat, 128);
      });
    case 'mlp':
      return layersStep(tf, [784], 128, (x) => dense(tf, dense(tf, x, 512), 512));
    case 'table':
      return layersStep(tf, [100], 64, (x) => dense(tf, dense(tf, x, 128), 64));
    case 'lstm':
      return layersStep(tf, [64, 64], 32, (x) => tf.layers.lstm({ units: 128 }).apply(x));
    case 'gru':
      return layersStep(tf, [64, 64], 32, (x) => {
        const first = tf.layers.gru({ units: 128, returnSequences: true }).apply(x);
        return tf.layers.gru({ units: 128 }).apply(first);
      });
    case 'resnet':
      return layersStep(tf, [32, 32, 3], 64, (x) => residualNetwork(tf, x, 1));
    case 'resnet20':
      return layersStep(tf, [32, 32, 3], 64, (x) => residualNetwork(tf, x, 3));
  }
}

type Symbolic = Parameters<ReturnType<Tf['layers']['dense']>['apply']>[0];

function dense(tf: Tf, x: Symbolic, units: number): Symbolic {
  return tf.layers.dense({ units, activation: 'relu' }).apply(x);
}

/** `features` is followed by a dense layer for ten classes. */
function layersStep(tf: Tf, shape: readonly number[], batch: number, features: (x: Symbolic) => Symbolic): Step {
  const inputs = tf.input({ shape: [...shape] });
  const outputs = tf.layers.dense({ units: 10, activation: 'softmax' }).apply(features(inputs));
  const model = tf.model({ inputs, outputs: outputs as Tfjs.SymbolicTensor });
  const x = tf.tensor(uniform(batch * shape.reduce((product, n) => product * n, 1)), [batch, ...shape]);
  const y = tf.oneHot(tf.tensor1d(classes(batch, 10), 'int32'), 10).toFloat();
  // What `fit` does for each batch, without its own bookkeeping.
  const optimizer = tf.train.adam(1e-3);
  return () =>
    tf.tidy(() => {
      const loss = optimizer.minimize(() => {
        const scores = model.apply(x, { training: true }) as Tfjs.Tensor;
        return tf.metrics.categoricalCrossentropy(y, scores).mean() as Tfjs.Scalar;
      }, true);
      return loss ?? tf.scalar(Number.NaN);
    });
}

function residualNetwork(tf: Tf, x: Symbolic, blocks: number): Symbolic {
  const convolution = (from: Symbolic, filters: number, strides: number, kernelSize = 3): Symbolic =>
    tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(from);
  const normal = (from: Symbolic): Symbolic => tf.layers.batchNormalization().apply(from);
  const relu = (from: Symbolic): Symbolic => tf.layers.reLU().apply(from);
  const residual = (from: Symbolic, filters: number, strides: number): Symbolic => {
    const short = strides === 1 ? from : convolution(from, filters, strides, 1);
    const inner = normal(convolution(relu(normal(convolution(from, filters, strides))), filters, 1));
    return relu(tf.layers.add().apply([inner, short] as Symbolic));
  };
  let y = relu(normal(convolution(x, 16, 1)));
  for (const [filters, strides] of [
    [16, 1],
    [32, 2],
    [64, 2],
  ] as const) {
    y = residual(y, filters, strides);
    for (let i = 1; i < blocks; i++) y = residual(y, filters, 1);
  }
  return tf.layers.globalAveragePooling2d({}).apply(y);
}

interface Attention {
  readonly symbols: number;
  readonly width: number;
  readonly batch: number;
  /** A decoder with norms before, or an encoder with norms after. */
  readonly causal: boolean;
}

const [places, heads, depth] = [128, 4, 4];

function attentionStep(tf: Tf, { symbols, width, batch, causal }: Attention): Step {
  const weight = (rows: number, columns: number): Tfjs.Variable =>
    tf.variable(tf.randomNormal([rows, columns], 0, 0.02));
  const row = (size: number, value: number): Tfjs.Variable => tf.variable(tf.fill([size], value));
  const linear = (from: number, to: number) => {
    const [kernel, bias] = [weight(from, to), row(to, 0)];
    return (x: Tfjs.Tensor): Tfjs.Tensor => tf.matMul(x, kernel).add(bias);
  };
  const norm = (size: number) => {
    const [scale, shift] = [row(size, 1), row(size, 0)];
    return (x: Tfjs.Tensor): Tfjs.Tensor => {
      const { mean, variance } = tf.moments(x, -1, true);
      return x.sub(mean).mul(variance.add(1e-3).rsqrt()).mul(scale).add(shift);
    };
  };
  const gelu = (x: Tfjs.Tensor): Tfjs.Tensor => {
    const inner = causal ? x.mul(0.7978845608).mul(x.square().mul(0.044715).add(1)).tanh() : x.div(Math.SQRT2).erf();
    return x.mul(0.5).mul(inner.add(1));
  };
  const mask = tf.linalg
    .bandPart(tf.ones([places, places]), -1, 0)
    .sub(1)
    .mul(1e9);
  const attention = () => {
    const [q, k, v, out] = [linear(width, width), linear(width, width), linear(width, width), linear(width, width)];
    const split = (x: Tfjs.Tensor): Tfjs.Tensor =>
      x.reshape([batch, places, heads, width / heads]).transpose([0, 2, 1, 3]);
    return (x: Tfjs.Tensor): Tfjs.Tensor => {
      const scores = tf.matMul(split(q(x)), split(k(x)), false, true).div(Math.sqrt(width / heads));
      const shares = tf.softmax(causal ? scores.add(mask) : scores);
      const mixed = tf.matMul(shares, split(v(x))).transpose([0, 2, 1, 3]);
      return out(mixed.reshape([batch * places, width]));
    };
  };
  const layers = Array.from({ length: depth }, () => ({
    attend: attention(),
    first: norm(width),
    second: norm(width),
    up: linear(width, 4 * width),
    down: linear(4 * width, width),
  }));
  const [embedding, table] = [weight(symbols, width), weight(places, width)];
  const [edge, head] = [norm(width), linear(width, symbols)];
  const ids = tf.tensor1d(classes(batch * places, symbols), 'int32');
  const truth = tf.oneHot(tf.tensor1d(classes(batch * places, symbols), 'int32'), symbols).toFloat();
  const optimizer = tf.train.adam(1e-3);
  return () =>
    tf.tidy(() => {
      const loss = optimizer.minimize(() => {
        const embedded = tf.gather(embedding, ids).reshape([batch, places, width]).add(table);
        let h = embedded.reshape([batch * places, width]);
        if (!causal) h = edge(h);
        for (const { attend, first, second, up, down } of layers) {
          if (causal) {
            h = h.add(attend(first(h)));
            h = h.add(down(gelu(up(second(h)))));
          } else {
            h = first(h.add(attend(h)));
            h = second(h.add(down(gelu(up(h)))));
          }
        }
        const scores = head(causal ? edge(h) : h);
        return tf.losses.softmaxCrossEntropy(truth, scores) as Tfjs.Scalar;
      }, true);
      return loss ?? tf.scalar(Number.NaN);
    });
}

function uniform(count: number): Float32Array {
  const source = stream(0, 'bench', 'x');
  return Float32Array.from({ length: count }, (_, i) => 2 * source.uniform(i) - 1);
}

function classes(count: number, of: number): Int32Array {
  const source = stream(0, 'bench', 'label');
  return Int32Array.from({ length: count }, (_, i) => source.word(i) % of);
}
