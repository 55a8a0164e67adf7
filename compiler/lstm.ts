/** LSTM layers: one primitive in their usual form, else unrolled over time. */
import type { Builder, Call, Value } from '../language/index.ts';
import type { BuilderContext } from './builder.ts';
import { built, perExample, wrap } from './built.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { castTo } from './program/ops/cast.ts';
import { scalar } from './program/ops/constant.ts';
import { lstm } from './program/ops/lstm.ts';

type LstmWeights = Parameters<Builder['lstm']>[1];
type LstmOptions = Parameters<Builder['lstm']>[2];
type LstmResult = ReturnType<Builder['lstm']>;

export function lowerLstm(
  b: Builder,
  context: BuilderContext,
  x: Value,
  weights: LstmWeights,
  options: LstmOptions,
): LstmResult {
  const plain = !weights.projection && !options.kept;
  const usual = plain && isCalled(options.activation, 'model/tanh') && isCalled(options.gate, 'model/sigmoid');
  return usual ? whole(context, x, weights, options) : unrolled(b, x, weights, options);
}

function isCalled(activation: Call | null, name: string): boolean {
  return activation?.call === name;
}

function whole(context: BuilderContext, x: Value, weights: LstmWeights, options: LstmOptions): LstmResult {
  const { g, batch } = context;
  const { units, mask, backwards, initial } = options;
  const nothing = broadcastTo(g, scalar(g, 0), [batch, units]);
  const bias = weights.bias ? built(weights.bias).tensor : broadcastTo(g, scalar(g, 0), [4 * units]);
  const result = lstm(
    g,
    {
      x: perExample(context, built(x)).tensor,
      kernel: built(weights.kernel).tensor,
      recurrent: built(weights.recurrent).tensor,
      bias,
      h: initial ? perExample(context, built(initial.h)).tensor : nothing,
      c: initial ? perExample(context, built(initial.c)).tensor : nothing,
      ...(mask ? { mask: castTo(g, perExample(context, built(mask)).tensor, 'float32') } : {}),
    },
    backwards,
  );
  return { sequence: wrap(result.sequence, true), h: wrap(result.h, true), c: wrap(result.c, true) };
}

function unrolled(b: Builder, x: Value, weights: LstmWeights, options: LstmOptions): LstmResult {
  const { units, mask, backwards, kept } = options;
  const { projection, recurrent } = weights;
  const [time = 0] = x.shape;
  const shown = recurrent.shape[0] ?? units;
  // All steps' inputs go through the kernel in one product.
  const projected = b.dense(x, weights.kernel, weights.bias);
  let h = options.initial?.h ?? b.fill(0, [shown]);
  let c = options.initial?.c ?? b.fill(0, [units]);
  const outputs = new Array<Value>(time);
  for (let i = 0; i < time; i++) {
    const t = backwards ? time - 1 - i : i;
    const fromInput = b.reshape(row(b, projected, t), [4 * units]);
    const first = i === 0 && !options.initial;
    const seen = kept ? b.binary('multiply', h, kept) : h;
    const z = first ? fromInput : b.binary('add', fromInput, b.dense(seen, recurrent));
    const gate = (k: number): Value => b.slice(z, [[k * units, (k + 1) * units, 1]]);
    const input = b.activate(gate(0), options.gate);
    const forget = b.activate(gate(1), options.gate);
    const candidate = b.activate(gate(2), options.activation);
    const output = b.activate(gate(3), options.gate);
    const fresh = b.binary('multiply', input, candidate);
    const nextC = first ? fresh : b.binary('add', b.binary('multiply', forget, c), fresh);
    const open = b.binary('multiply', output, b.activate(nextC, options.activation));
    const nextH = projection ? b.dense(open, projection) : open;
    if (mask) {
      const real = b.reshape(row(b, mask, t), [1]);
      c = b.where(real, nextC, c);
      h = b.where(real, nextH, h);
    } else {
      c = nextC;
      h = nextH;
    }
    outputs[t] = b.reshape(h, [1, shown]);
  }
  return { sequence: b.concat(outputs, 0), h, c };
}

/** One step of a value [time, …]. */
function row(b: Builder, x: Value, t: number): Value {
  return b.slice(
    x,
    x.shape.map((n, axis) => (axis === 0 ? [t, t + 1, 1] : [0, n, 1])),
  );
}
