/** Multi-head attention: each place looks at the others and takes what it needs. */

import type { Settings } from '../../plan/plan.ts';
import { unknown } from '../../shapes/dim.ts';
import type { Builder, Value } from '../builder.ts';
import { dimOf, isNone } from '../checked.ts';
import { model } from '../define.ts';
import type { LoweredInputs } from '../entry.ts';
import { flagged, input, maybeNum, num, optional, weight, wordsAt } from '../planned.ts';
import { attentionType, attentionWeights, maskParts } from '../rules/attention.ts';
import { turnedByPlace } from '../rules/rotary.ts';
import { typeOf } from '../rules/types.ts';
import { flag, initialiser, integer, number } from '../settings.ts';

export const Attention = model('Attention', {
  doc: 'Each place of a sequence asks (`query`), all places answer (`key`), and what they hold (`value`) is mixed by how well they fit; done by several heads at once. With `memory`, it looks there instead of at itself.',
  source: 'Vaswani et al. (2017); Keras 3 `keras.layers.MultiHeadAttention`, PyTorch `MultiheadAttention`',
  examples: [
    'sequence -> Attention(2)',
    'sequence -> Attention(2, mask: causal)',
    'sequence -> Attention(2, mask: (causal, real), dropout: 0.1)',
    'sequence -> Attention(4, keyWidth: 3, width: 6, memory: sequence, bias: false)',
    'sequence -> Attention(4, keyHeads: 2, rotary: true, mask: causal)',
    'sequence -> Attention(2, scoreBias: Weight([2, 10, 10], zeros))',
  ],
  inputs: [
    {
      name: 'x',
      doc: 'A sequence `[..., time, width]`; axes before these are treated on their own.',
      dtype: 'float32',
    },
    {
      name: 'mask',
      doc: 'Where a place may look (true): `causal` (itself and what came before), `bool[S]` (which places are real), `bool[T, S]`, `bool[..., T, S]`, or a tuple of these, all of which must hold.',
      dtype: 'bool',
      optional: true,
      words: ['causal'],
      parts: maskParts,
    },
    {
      name: 'memory',
      doc: 'What is looked at instead of the sequence itself: `[..., S, width]`.',
      dtype: 'float32',
      optional: true,
    },
    {
      name: 'scoreBias',
      doc: 'Numbers added to the scores before the softmax: `[heads, T, S]`, or `[T, S]` for all heads alike (how far apart two places are, for example).',
      dtype: 'float32',
      optional: true,
    },
  ],
  settings: {
    heads: integer('How many heads look at once.', { min: 1 }),
    width: integer('The width of the result; that of the input unless said.', { min: 1, default: null, named: true }),
    keyWidth: integer('The width of each head; the width of the input shared among the heads unless said.', {
      min: 1,
      default: null,
      named: true,
    }),
    keyHeads: integer(
      'How many heads keys and values have, each shared by as many looking heads; as many as `heads` unless said.',
      { min: 1, default: null, named: true },
    ),
    rotary: flag('Turns queries and keys by their place, so that a look knows how far it reaches (`Rotary`).', false),
    dropout: number('The chance of each look to be dropped while training.', {
      min: 0,
      max: 1,
      open: 'max',
      default: 0,
      named: true,
    }),
    bias: flag('Adds learned numbers to all four projections.', true),
    init: initialiser('How the projections start.', 'glorotUniform'),
    biasInit: initialiser('How the added numbers start.', 'zeros'),
  },
  random: true,
  result: attentionType,
  weights(inputs, settings) {
    const x = typeOf(inputs, 'x').shape?.at(-1) ?? unknown;
    const memory = inputs.memory === undefined ? x : (typeOf(inputs, 'memory').shape?.at(-1) ?? unknown);
    const width = isNone(settings, 'width') ? x : dimOf(settings, 'width');
    return attentionWeights(settings, { x, memory, width });
  },
  lower(b, inputs, weights, settings) {
    const x = input(inputs, 'x');
    const memory = optional(inputs, 'memory') ?? x;
    const heads = num(settings, 'heads');
    const keyHeads = maybeNum(settings, 'keyHeads') ?? heads;
    const project = (value: Value, name: string, count: number) =>
      byHead(b, b.dense(value, weight(weights, `${name}/kernel`), weights[`${name}/bias`]), count);
    const turned = (value: Value) => (flagged(settings, 'rotary') ? turnedByPlace(b, value) : value);
    const query = turned(project(x, 'query', heads));
    const scaled = b.binary('multiply', query, b.scalar(1 / Math.sqrt(query.shape.at(-1) ?? 1)));
    const plain = grouped(b, scaled, turned(project(memory, 'key', keyHeads)), { transposeB: true });
    const bias = optional(inputs, 'scoreBias');
    const scores = bias ? b.binary('add', plain, bias) : plain;
    const looks = b.softmax(masked(b, scores, inputs, settings), scores.shape.length - 1);
    const dropped = b.dropout(looks, num(settings, 'dropout'));
    const mixed = together(b, grouped(b, dropped, project(memory, 'value', keyHeads), {}));
    return b.dense(mixed, weight(weights, 'output/kernel'), weights['output/bias']);
  },
});

/**
 * `[..., heads, n, k] × [..., keyHeads, k, m] -> [..., heads, n, m]`: heads that share one on the right stand next to each
 * other, so that they are one taller matrix.
 */
function grouped(b: Builder, x: Value, y: Value, options: { readonly transposeB?: boolean }): Value {
  const [heads = 1, rows = 1, inner = 1] = x.shape.slice(-3);
  const keyHeads = y.shape.at(-3) ?? heads;
  if (heads === keyHeads) return b.matmul(x, y, options);
  const leading = x.shape.slice(0, -3);
  const product = b.matmul(b.reshape(x, [...leading, keyHeads, (heads / keyHeads) * rows, inner]), y, options);
  return b.reshape(product, [...leading, heads, rows, product.shape.at(-1) ?? 1]);
}

/** `[..., T, heads · n] -> [..., heads, T, n]`. */
function byHead(b: Builder, x: Value, heads: number): Value {
  const leading = x.shape.slice(0, -1);
  const apart = b.reshape(x, [...leading, heads, (x.shape.at(-1) ?? 1) / heads]);
  return b.transpose(apart, swapped(apart.shape.length));
}

/** `[..., heads, T, n] -> [..., T, heads · n]`. */
function together(b: Builder, x: Value): Value {
  const turned = b.transpose(x, swapped(x.shape.length));
  const [heads = 1, size = 1] = turned.shape.slice(-2);
  return b.reshape(turned, [...turned.shape.slice(0, -2), heads * size]);
}

/** The order of axes with the two before the last one swapped. */
function swapped(rank: number): readonly number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  [order[rank - 3], order[rank - 2]] = [rank - 2, rank - 3];
  return order;
}

/**
 * Scores with a very low number where a mask forbids the look. A mask that is the same for every example is a constant
 * summand, since the way back through a sum is free; one of the example's own takes the score's place, so that a place that
 * may look nowhere looks everywhere alike, on every engine.
 */
function masked(b: Builder, scores: Value, inputs: LoweredInputs, settings: Settings): Value {
  const [time = 1, places = 1] = scores.shape.slice(-2);
  const masks = maskParts.flatMap((name) => {
    const mask = optional(inputs, name);
    return mask ? [overHeads(b, mask)] : [];
  });
  if (wordsAt(settings, 'mask').includes('causal')) masks.push(lookingBack(b, time, places));
  const [first, ...others] = masks;
  if (!first) return scores;
  const all = others.reduce((a, c) => b.binary('and', a, c), first);
  if (all.perExample) return b.where(all, scores, b.scalar(-1e9));
  return b.binary('add', scores, b.where(all, b.scalar(0), b.scalar(-1e9)));
}

/** A mask with an axis for the heads where it has leading axes of its own. */
function overHeads(b: Builder, mask: Value): Value {
  if (mask.shape.length < 3)
    return mask.shape.length === 1 ? b.reshape(mask, [1, 1, ...mask.shape]) : b.reshape(mask, [1, ...mask.shape]);
  return b.reshape(mask, [...mask.shape.slice(0, -2), 1, ...mask.shape.slice(-2)]);
}

/** True where the place looked at is not later than the one that looks. */
function lookingBack(b: Builder, time: number, places: number): Value {
  const rows = b.reshape(b.iota(time), [1, time, 1]);
  const columns = b.reshape(b.iota(places), [1, 1, places]);
  return b.binary('greaterEqual', rows, columns);
}
