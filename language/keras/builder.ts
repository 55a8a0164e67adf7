/**
 * Prints what Keras has no layer for: an entry is lowered, as for a run, with a builder that writes each primitive as an
 * expression of `keras.ops`. So whatever the catalogue can compute, a printed program can say.
 *
 * A value of an example has the batch as its first axis in Python, one that does not depend on it has not.
 */
import type { Builder, Padding2D, Value, ValueType } from '../catalog/builder.ts';
import type { OperationEntry } from '../catalog/entry.ts';
import type { Call } from '../plan/plan.ts';
import { binary, flags, foldedBinary, foldedUnary, unary } from './operators.ts';
import { type Helper, pythonNumber, pythonText, pythonTuple } from './python.ts';
import { activationName } from './values.ts';

export interface Printed extends Value {
  /** A name or a literal. */
  readonly text: string;
  /** Of a literal. */
  readonly number?: number;
}

/** Thrown where an operation cannot be said with `keras.ops`; the program then has a stand-in for it. */
export class Unprintable extends Error {}

export interface Page {
  /** Writes `name = expression` and answers the name. */
  bind(expression: string, hint?: string): string;
  /** The name of a helper, which is then part of the program. */
  helper(name: Helper): string;
  /** Any value of an example: what ties values without an input to the model. */
  readonly anchor: string;
  operation(key: string): OperationEntry | undefined;
}

/** A value of a printed program; the builder's values are all such. */
export function printed(value: Value): Printed {
  if (!('text' in value)) throw new Error('A value of another builder was given to the printer.');
  return value as Printed;
}

export function createPrinter(page: Page): Builder {
  const make = (expression: string, dtype: ValueType, shape: readonly number[], perExample: boolean): Printed => ({
    text: page.bind(expression),
    dtype,
    shape,
    perExample,
  });
  const scalar = (value: number, dtype: ValueType = 'float32'): Printed => ({
    text: dtype === 'bool' ? (value === 0 ? 'False' : 'True') : pythonNumber(value, dtype !== 'float32'),
    number: value,
    dtype,
    shape: [],
    perExample: false,
  });
  const fixed = (expression: string, dtype: ValueType, shape: readonly number[]): Printed =>
    make(`${page.helper('Fixed')}(${expression})(${page.anchor})`, dtype, shape, false);
  const axisOf = (x: Printed, axis: number): number => (x.perExample ? axis + 1 : axis);
  const sizes = (x: { readonly perExample: boolean }, shape: readonly number[]): string =>
    pythonTuple(x.perExample ? [-1, ...shape] : shape);
  const reshape = (value: Value, shape: readonly number[]): Printed => {
    const x = printed(value);
    return make(`ops.reshape(${x.text}, ${sizes(x, shape)})`, x.dtype, shape, x.perExample);
  };
  /** The text of a value that broadcasts against values of an example with so many axes. */
  const aligned = (x: Printed, rank: number): string => {
    if (!x.perExample || x.shape.length >= rank) return x.text;
    return reshape(x, [...new Array<number>(rank - x.shape.length).fill(1), ...x.shape]).text;
  };
  const each = (value: Value, perExample: boolean): Printed => {
    const x = printed(value);
    if (!perExample || x.perExample) return x;
    const source = x.number === undefined ? x : fixed(`ops.array(${x.text})`, x.dtype, []);
    return make(`${page.helper('ForEach')}()(${source.text}, ${page.anchor})`, x.dtype, x.shape, true);
  };
  const padded = (x: Printed, amounts: readonly (readonly [number, number])[], value: number): Printed => {
    if (amounts.every(([before, after]) => before === 0 && after === 0)) return x;
    const all = x.perExample ? [[0, 0] as const, ...amounts] : amounts;
    const pads = pythonTuple(all.map((pair) => pythonTuple(pair)));
    const shape = x.shape.map((size, i) => size + (amounts[i]?.[0] ?? 0) + (amounts[i]?.[1] ?? 0));
    const filling = value === 0 ? '' : `, constant_values=${pythonNumber(value)}`;
    return make(`ops.pad(${x.text}, ${pads}${filling})`, x.dtype, shape, x.perExample);
  };
  const around = (x: Printed, padding: Padding2D): readonly (readonly [number, number])[] => [
    ...x.shape.slice(0, -3).map((): readonly [number, number] => [0, 0]),
    ...padding,
    [0, 0],
  ];
  const images = (value: Value): Printed => {
    const x = printed(value);
    if (!x.perExample || x.shape.length !== 3) throw new Unprintable('windows over more than one image an example');
    return x;
  };
  const slid = (size: number, window: number, stride: number): number => Math.floor((size - window) / stride) + 1;
  const reduced = (x: Printed, axes: readonly number[], keep: boolean): readonly number[] =>
    keep ? x.shape.map((size, i) => (axes.includes(i) ? 1 : size)) : x.shape.filter((_, i) => !axes.includes(i));

  const b: Builder = {
    training: false,
    batchSize: 1,
    scalar,
    constant(data, shape, dtype = 'float32') {
      if (shape.length === 0) return scalar(data[0] ?? 0, dtype);
      if (data.length > 4096) throw new Unprintable('a long list of numbers');
      const list = data.map((value) => pythonNumber(value, dtype !== 'float32')).join(', ');
      const array = `ops.array([${list}], dtype=${pythonText(dtype)})`;
      return fixed(shape.length === 1 ? array : `ops.reshape(${array}, ${pythonTuple(shape)})`, dtype, shape);
    },
    iota: (n) => fixed(`ops.arange(${n}, dtype="int32")`, 'int32', [n]),
    fill(value, shape, dtype = 'float32') {
      if (shape.length === 0) return scalar(value, dtype);
      const number = pythonNumber(value, dtype !== 'float32');
      return fixed(`ops.full(${pythonTuple(shape)}, ${number}, dtype=${pythonText(dtype)})`, dtype, shape);
    },
    unary(op, value) {
      const x = printed(value);
      const fold = foldedUnary[op];
      if (fold && x.number !== undefined) return scalar(fold(x.number), x.dtype);
      return make(unary[op](x.text), x.dtype, x.shape, x.perExample);
    },
    binary(op, left, right) {
      const [x, y] = [printed(left), printed(right)];
      const fold = foldedBinary[op];
      if (fold && x.number !== undefined && y.number !== undefined) return scalar(fold(x.number, y.number), x.dtype);
      const rank = Math.max(x.shape.length, y.shape.length);
      const dtype = flags.has(op) ? 'bool' : x.dtype;
      const text = binary[op](aligned(x, rank), aligned(y, rank));
      return make(text, dtype, broadcast(x.shape, y.shape), x.perExample || y.perExample);
    },
    where(condition, left, right) {
      const all = [condition, left, right].map(printed);
      const [c, x, y] = all as [Printed, Printed, Printed];
      const shape = broadcast(c.shape, broadcast(x.shape, y.shape));
      const texts = all.map((value) => aligned(value, shape.length));
      const perExample = all.some((value) => value.perExample);
      return make(`ops.where(${texts.join(', ')})`, x.number === undefined ? x.dtype : y.dtype, shape, perExample);
    },
    cast(value, dtype) {
      const x = printed(value);
      if (x.dtype === dtype) return x;
      if (x.number !== undefined) return scalar(x.number, dtype);
      return make(`ops.cast(${x.text}, ${pythonText(dtype)})`, dtype, x.shape, x.perExample);
    },
    stopGradient(value) {
      const x = printed(value);
      return make(`ops.stop_gradient(${x.text})`, x.dtype, x.shape, x.perExample);
    },
    activate: (value, call) => activated(b, page, make, printed(value), call),
    matmul(left, right, options = {}) {
      const turned = (value: Value, turn: boolean | undefined): Printed => {
        const x = printed(value);
        const shape = [...x.shape.slice(0, -2), x.shape.at(-1) ?? 1, x.shape.at(-2) ?? 1];
        return turn ? make(`ops.swapaxes(${x.text}, -1, -2)`, x.dtype, shape, x.perExample) : x;
      };
      const [x, y] = [turned(left, options.transposeA), turned(right, options.transposeB)];
      const rank = Math.max(x.shape.length, y.shape.length);
      const shape = [
        ...broadcast(x.shape.slice(0, -2), y.shape.slice(0, -2)),
        x.shape.at(-2) ?? 1,
        y.shape.at(-1) ?? 1,
      ];
      const text = `ops.matmul(${aligned(x, rank)}, ${aligned(y, rank)})`;
      return make(text, 'float32', shape, x.perExample || y.perExample);
    },
    dense(value, kernel, bias) {
      const [x, w] = [printed(value), printed(kernel)];
      const shape = [...x.shape.slice(0, -1), w.shape.at(-1) ?? 1];
      const more = bias ? ` + ${printed(bias).text}` : '';
      return make(`ops.matmul(${x.text}, ${w.text})${more}`, 'float32', shape, x.perExample || w.perExample);
    },
    conv2d(value, kernel, { stride, padding, dilation }, bias) {
      const given = images(value);
      const x = padded(given, around(given, padding), 0);
      const w = printed(kernel);
      const [h = 1, k = 1] = w.shape;
      const shape = [
        slid(x.shape[0] ?? 1, dilation[0] * (h - 1) + 1, stride[0]),
        slid(x.shape[1] ?? 1, dilation[1] * (k - 1) + 1, stride[1]),
        w.shape.at(-1) ?? 1,
      ];
      const spread = dilation.some((size) => size > 1) ? `, dilation_rate=${pythonTuple(dilation)}` : '';
      const text = `ops.conv(${x.text}, ${w.text}, strides=${pythonTuple(stride)}${spread})`;
      return make(bias ? `${text} + ${printed(bias).text}` : text, 'float32', shape, true);
    },
    conv2dTranspose(value, kernel, { stride, padding, output }, bias) {
      const [x, w] = [images(value), printed(kernel)];
      const [h = 1, k = 1, filters = 1] = w.shape;
      const full = [
        ((x.shape[0] ?? 1) - 1) * stride[0] + Math.max(h, stride[0]),
        ((x.shape[1] ?? 1) - 1) * stride[1] + Math.max(k, stride[1]),
      ];
      const painted = make(
        `ops.conv_transpose(${x.text}, ${w.text}, strides=${pythonTuple(stride)}, padding="valid")`,
        'float32',
        [...full, filters],
        true,
      );
      const missing = output.map((size, i) => Math.max(0, (padding[i]?.[0] ?? 0) + size - (full[i] ?? 0)));
      const whole = padded(
        painted,
        [
          [0, missing[0] ?? 0],
          [0, missing[1] ?? 0],
          [0, 0],
        ],
        0,
      );
      const cut = output.map((size, i) => `${padding[i]?.[0] ?? 0}:${(padding[i]?.[0] ?? 0) + size}`);
      const text = `${whole.text}[:, ${cut.join(', ')}]`;
      return make(bias ? `${text} + ${printed(bias).text}` : text, 'float32', [...output, filters], true);
    },
    maxPool2d(value, { window, stride, padding }) {
      const given = images(value);
      const x = padded(given, around(given, padding), Number.NEGATIVE_INFINITY);
      return pooled('max_pool', x, window, stride);
    },
    avgPool2d(value, { window, stride, padding, countPadding }) {
      const given = images(value);
      const x = padded(given, around(given, padding), 0);
      const mean = pooled('average_pool', x, window, stride);
      if (countPadding || x === given) return mean;
      const cells = padded(
        { ...printed(b.fill(1, [...given.shape.slice(0, 2), 1])), perExample: false },
        [...padding, [0, 0]],
        0,
      );
      const batch = make(`ops.expand_dims(${cells.text}, 0)`, 'float32', cells.shape, true);
      return printed(b.binary('divide', mean, pooled('average_pool', batch, window, stride)));
    },
    reshape,
    transpose(value, order) {
      const x = printed(value);
      const axes = x.perExample ? [0, ...order.map((axis) => axis + 1)] : order;
      const shape = order.map((axis) => x.shape[axis] ?? 1);
      return make(`ops.transpose(${x.text}, ${pythonTuple(axes)})`, x.dtype, shape, x.perExample);
    },
    concat(values, axis) {
      const perExample = values.some((value) => value.perExample);
      const all = values.map((value) => each(value, perExample));
      const [first] = all;
      if (!first) throw new Error('Nothing was given to be joined.');
      const length = all.reduce((sum, { shape }) => sum + (shape[axis] ?? 1), 0);
      const shape = first.shape.map((size, i) => (i === axis ? length : size));
      const list = all.map(({ text }) => text).join(', ');
      return make(`ops.concatenate([${list}], axis=${axisOf(first, axis)})`, first.dtype, shape, perExample);
    },
    slice(value, ranges) {
      const x = printed(value);
      const parts = ranges.map(([start, end, step], i) => {
        if (start === 0 && end === x.shape[i] && step === 1) return ':';
        return step === 1 ? `${start}:${end}` : `${start}:${end}:${step}`;
      });
      while (parts.at(-1) === ':') parts.pop();
      if (parts.length === 0) return x;
      const shape = ranges.map(([start, end, step]) => Math.ceil((end - start) / step));
      return make(`${x.text}[${[...(x.perExample ? [':'] : []), ...parts].join(', ')}]`, x.dtype, shape, x.perExample);
    },
    pad: (value, amounts, filling) => padded(printed(value), amounts, filling),
    broadcastTo(value, shape) {
      const x = printed(value);
      if (!x.perExample) return make(`ops.broadcast_to(${x.text}, ${pythonTuple(shape)})`, x.dtype, shape, false);
      const ones = printed(b.fill(x.dtype === 'bool' ? 1 : 0, shape, x.dtype));
      return printed(b.binary(x.dtype === 'bool' ? 'and' : 'add', x, ones));
    },
    reduce(op, value, axes, keep) {
      const x = printed(value);
      if (axes.length === 0) return x;
      const over = pythonTuple(axes.map((axis) => axisOf(x, axis)));
      const text = `ops.${op}(${x.text}, axis=${over}${keep ? ', keepdims=True' : ''})`;
      return make(text, x.dtype, reduced(x, axes, keep), x.perExample);
    },
    argmax(value, axis) {
      const x = printed(value);
      const text = `ops.cast(ops.argmax(${x.text}, axis=${axisOf(x, axis)}), "int32")`;
      return make(text, 'int32', reduced(x, [axis], false), x.perExample);
    },
    largest(value, count) {
      const x = printed(value);
      const shape = [...x.shape.slice(0, -1), count];
      return make(`ops.cast(ops.top_k(${x.text}, ${count})[1], "int32")`, 'int32', shape, x.perExample);
    },
    cumsum(value, axis) {
      const x = printed(value);
      return make(`ops.cumsum(${x.text}, axis=${axisOf(x, axis)})`, x.dtype, x.shape, x.perExample);
    },
    gather(table, index) {
      const [rows, at] = [printed(table), printed(index)];
      const shape = [...at.shape, ...rows.shape.slice(1)];
      if (!rows.perExample || !at.perExample) {
        const text = `ops.take(${rows.text}, ${at.text}, axis=${axisOf(rows, 0)})`;
        return make(text, rows.dtype, shape, rows.perExample || at.perExample);
      }
      // Each example has rows of its own: its places are laid along the axis of the rows.
      const places = reshape(at, [at.shape.reduce((a, size) => a * size, 1), ...rows.shape.slice(1).map(() => 1)]);
      const found = make(`ops.take_along_axis(${rows.text}, ${places.text}, axis=1)`, rows.dtype, shape, true);
      return reshape(found, shape);
    },
    pick(value, index) {
      const [x, at] = [printed(value), printed(index)];
      const place = make(`ops.expand_dims(${at.text}, -1)`, at.dtype, [...at.shape, 1], at.perExample);
      const text = `ops.squeeze(ops.take_along_axis(${x.text}, ${place.text}, axis=-1), axis=-1)`;
      return make(text, x.dtype, at.shape, x.perExample || at.perExample);
    },
    oneHot(index, depth) {
      const x = printed(index);
      return make(`ops.one_hot(${x.text}, ${depth})`, 'float32', [...x.shape, depth], x.perExample);
    },
    softmax(value, axis) {
      const x = printed(value);
      return make(`ops.softmax(${x.text}, axis=${axisOf(x, axis)})`, x.dtype, x.shape, x.perExample);
    },
    logSoftmax(value, axis) {
      const x = printed(value);
      return make(`ops.log_softmax(${x.text}, axis=${axisOf(x, axis)})`, x.dtype, x.shape, x.perExample);
    },
    logits: () => undefined,
    layerNorm(value, scale, shift, epsilon) {
      const x = printed(value);
      const mean = page.bind(`ops.mean(${x.text}, axis=-1, keepdims=True)`);
      const variance = page.bind(`ops.var(${x.text}, axis=-1, keepdims=True)`);
      const normal = `(${x.text} - ${mean}) / ops.sqrt(${variance} + ${pythonNumber(epsilon)})`;
      const scaled = scale ? `${normal} * ${printed(scale).text}` : normal;
      return make(shift ? `${scaled} + ${printed(shift).text}` : scaled, 'float32', x.shape, x.perExample);
    },
    batchNorm() {
      throw new Unprintable('statistics of the batch');
    },
    lstm() {
      throw new Unprintable('this LSTM');
    },
    gru() {
      throw new Unprintable('this GRU');
    },
    random: (kind, shape) =>
      make(
        `${page.helper('Drawn')}(${pythonText(kind)}, ${pythonTuple(shape)})(${page.anchor})`,
        'float32',
        shape,
        true,
      ),
    dropout(value, rate) {
      const x = printed(value);
      return rate === 0 ? x : make(`layers.Dropout(${rate})(${x.text})`, x.dtype, x.shape, x.perExample);
    },
    // In Python the batch is an axis like any other.
    batch(value) {
      const x = printed(value);
      return { ...x, shape: [-1, ...x.shape], perExample: false };
    },
  };
  return b;

  function pooled(op: string, x: Printed, window: readonly number[], stride: readonly number[]): Printed {
    const shape = [0, 1].map((i) => slid(x.shape[i] ?? 1, window[i] ?? 1, stride[i] ?? 1));
    const text = `ops.${op}(${x.text}, ${pythonTuple(window)}, strides=${pythonTuple(stride)}, padding="valid")`;
    return make(text, 'float32', [...shape, x.shape[2] ?? 1], true);
  }
}

function activated(
  b: Builder,
  page: Page,
  make: (expression: string, dtype: ValueType, shape: readonly number[], perExample: boolean) => Printed,
  x: Printed,
  call: Call | null,
): Printed {
  if (!call) return x;
  const known = activationName(call);
  if (known !== undefined) {
    return make(`keras.activations.${JSON.parse(known)}(${x.text})`, 'float32', x.shape, x.perExample);
  }
  const entry = page.operation(call.call);
  if (!entry) throw new Unprintable(`the activation ${call.call}`);
  const result = entry.lower(b, { x }, {}, call.settings);
  if (Array.isArray(result)) throw new Unprintable(`the activation ${call.call}`);
  return printed(result as Value);
}

function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    return m === 1 ? n : m;
  });
}
