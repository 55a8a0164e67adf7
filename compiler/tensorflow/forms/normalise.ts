/** Normalisations, softmax and GELU. */
import type { GeluAttributes } from '../../program/ops/gelu.ts';
import type { NormaliseAttributes } from '../../program/ops/normalise.ts';
import type { SoftmaxAttributes } from '../../program/ops/softmax.ts';
import { type Attributes, at, sizeOf } from '../../program/tensor.ts';
import { form, type TensorflowNode } from '../emitter.ts';

/** TensorFlow's softmax is over the last axis. */
export const softmaxForm = form<SoftmaxAttributes>((t) => {
  const { axis, log } = t.node.attributes;
  const { shape, dtype } = at(t.node.inputs, 0);
  const last = shape.length - 1;
  const swap = shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  const turn = (name: string): string =>
    axis === last ? name : t.typed('Transpose', [name, t.ints(swap)], dtype, { Tperm: { type: 'int32' } });
  t.set(turn(t.typed(log ? 'LogSoftmax' : 'Softmax', [turn(t.input(0))], dtype)));
});

export const layerNormaliseForm = form<NormaliseAttributes>((t) => {
  const last = t.ints([at(t.node.inputs, 0).shape.length - 1]);
  const mean = (name: string): string =>
    t.typed('Mean', [name, last], 'float32', { Tidx: { type: 'int32' }, keep_dims: { flag: true } });
  const centred = t.typed('Sub', [t.input(0), mean(t.input(0))], 'float32');
  const variance = mean(t.typed('Square', [centred], 'float32'));
  const inverse = t.typed(
    'Rsqrt',
    [t.typed('AddV2', [variance, t.float(t.node.attributes.epsilon)], 'float32')],
    'float32',
  );
  t.set(t.typed('Mul', [centred, inverse], 'float32'));
  t.set(inverse, 1);
});

export const batchNormaliseForm = form<NormaliseAttributes>((t) => {
  const { shape } = at(t.node.inputs, 0);
  const channels = at(shape, -1);
  const count = sizeOf(shape) / channels;
  const empty = t.constant({ dtype: 'float32', shape: [0], data: [] });
  const attributes = {
    U: { type: 'float32' },
    epsilon: { float: t.node.attributes.epsilon },
    is_training: { flag: true },
    data_format: { text: 'NHWC' },
  } as const;
  const inputs = [asImage(t, t.input(0), shape), t.input(1), t.input(2), empty, empty];
  const [y = '', mean = '', variance = ''] = t.ops('FusedBatchNormV3', inputs, 6, {
    T: { type: 'float32' },
    ...attributes,
  });
  t.set(shape.length === 4 ? y : reshape(t, y, shape));
  t.set(mean, 1);
  // The kernel divides by n − 1.
  t.set(t.typed('Mul', [variance, t.float((count - 1) / count)], 'float32'), 2);
});

export const affineForm = form((t) => {
  const product = t.typed('Mul', [t.input(0), t.input(1)], 'float32');
  t.set(t.typed('AddV2', [product, t.input(2)], 'float32'));
});

/** x · σ(2u) with u = √(2/π)·(x + 0.044715·x³), or x · Φ(x). */
export const geluForm = form<GeluAttributes>((t) => {
  const m = arithmetic(t);
  const x = t.input(0);
  t.set(m.multiply(x, t.node.attributes.tanh ? m.share(x) : m.normal(x)));
});

export const geluGradientForm = form<GeluAttributes>((t) => {
  const m = arithmetic(t);
  const [x, dy] = [t.input(0), t.input(1)];
  const square = m.square(x);
  if (t.node.attributes.tanh) {
    // s + x·s·(1 − s)·2u′
    const s = m.share(x);
    const du = m.add(m.multiply(square, t.float(6 * root * cubic)), t.float(2 * root));
    const bend = t.typed('SigmoidGrad', [s, m.multiply(x, du)], 'float32');
    t.set(m.multiply(dy, m.add(bend, s)));
    return;
  }
  const bell = t.typed('Exp', [m.multiply(square, t.float(-0.5))], 'float32');
  const density = m.multiply(m.multiply(x, bell), t.float(1 / Math.sqrt(2 * Math.PI)));
  t.set(m.multiply(dy, m.add(m.normal(x), density)));
});

const root = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

function arithmetic(t: TensorflowNode<GeluAttributes>) {
  const multiply = (a: string, b: string): string => t.typed('Mul', [a, b], 'float32');
  const add = (a: string, b: string): string => t.typed('AddV2', [a, b], 'float32');
  const square = (x: string): string => t.typed('Square', [x], 'float32');
  const noted = (key: string, make: () => string): string => {
    const before = t.notes.get(key);
    const name = typeof before === 'string' ? before : make();
    t.notes.set(key, name);
    return name;
  };
  return {
    multiply,
    add,
    // The gradient needs the same numbers again.
    square: (x: string) => noted(`square ${x}`, () => square(x)),
    share: (x: string) =>
      noted(`gelu tanh ${x}`, () => {
        const inner = add(
          multiply(
            noted(`square ${x}`, () => square(x)),
            t.float(2 * root * cubic),
          ),
          t.float(2 * root),
        );
        return t.typed('Sigmoid', [multiply(x, inner)], 'float32');
      }),
    normal: (x: string) =>
      noted(`gelu erf ${x}`, () => {
        const erf = t.typed('Erf', [multiply(x, t.float(Math.SQRT1_2))], 'float32');
        return add(multiply(erf, t.float(0.5)), t.float(0.5));
      }),
  };
}

function asImage(t: TensorflowNode<NormaliseAttributes>, name: string, shape: readonly number[]): string {
  if (shape.length === 4) return name;
  const channels = at(shape, -1);
  return reshape(t, name, [1, 1, sizeOf(shape) / channels, channels]);
}

function reshape(
  t: TensorflowNode<Attributes & { readonly epsilon: number }>,
  name: string,
  shape: readonly number[],
): string {
  return t.typed('Reshape', [name, t.ints(shape)], 'float32', { Tshape: { type: 'int32' } });
}
