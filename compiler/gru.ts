/** GRU layers in their usual form as one primitive. */
import type { Builder } from '../language/index.ts';
import type { BuilderContext } from './builder.ts';
import { built, perExample, wrap } from './built.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { castTo } from './program/ops/cast.ts';
import { scalar } from './program/ops/constant.ts';
import { gru } from './program/ops/gru.ts';

export function lowerGru(
  context: BuilderContext,
  x: Parameters<Builder['gru']>[0],
  weights: Parameters<Builder['gru']>[1],
  { units, mask, backwards, initial }: Parameters<Builder['gru']>[2],
): ReturnType<Builder['gru']> {
  const { g, batch } = context;
  const zeros = (shape: readonly number[]) => broadcastTo(g, scalar(g, 0), shape);
  const result = gru(
    g,
    {
      x: perExample(context, built(x)).tensor,
      kernel: built(weights.kernel).tensor,
      recurrent: built(weights.recurrent).tensor,
      bias: weights.bias ? built(weights.bias).tensor : zeros([2, 3 * units]),
      h: initial ? perExample(context, built(initial)).tensor : zeros([batch, units]),
      ...(mask ? { mask: castTo(g, perExample(context, built(mask)).tensor, 'float32') } : {}),
    },
    backwards,
  );
  return { sequence: wrap(result.sequence, true), h: wrap(result.h, true) };
}
