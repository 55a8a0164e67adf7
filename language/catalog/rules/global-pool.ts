/** One number a channel of a whole sequence, image or volume: `GlobalAvgPool2D` and its kin. */
import { known, unknown } from '../../shapes/dim.ts';
import { flagOf } from '../checked.ts';
import { model } from '../define.ts';
import type { OperationEntry } from '../entry.ts';
import { flagged, input } from '../planned.ts';
import { remark } from '../refuse.ts';
import { flag } from '../settings.ts';
import { type Axes, formOf, inputDoc } from './convolution.ts';
import { made, needForm, needNumber, typeOf } from './types.ts';

interface GlobalPool {
  readonly doc: string;
  readonly source: string;
  readonly examples: readonly string[];
  readonly axes: Axes;
  readonly keeps: 'mean' | 'max';
}

export function globalPool(name: string, { axes, keeps, ...texts }: GlobalPool): OperationEntry {
  const places = Array.from({ length: axes }, (_, axis) => axis);
  return model(name, {
    ...texts,
    inputs: [{ name: 'x', doc: inputDoc(axes), dtype: 'number' }],
    settings: {
      keep: flag(
        axes === 1
          ? 'Keeps the time as an axis of size 1.'
          : `Keeps the axes of the ${formOf(axes)} as axes of size 1.`,
        false,
      ),
    },
    result(inputs, settings, context) {
      const x = typeOf(inputs, 'x');
      const refused = needNumber(name, x) ?? needForm(name, x, formOf(axes));
      if (refused) return refused;
      if (x.facts.padded && axes === 1) {
        const values = { callee: name, function: keeps };
        context.remark(remark('warning', 'data/padding-without-mask', values, { variant: 'pooled' }));
      }
      const kept = flagOf(settings, 'keep') ? places.map(() => known(1)) : [];
      return [made(keeps === 'max' ? x.dtype : 'float32', [...kept, x.shape?.at(-1) ?? unknown], [x])];
    },
    lower(b, inputs, _weights, settings) {
      const x = input(inputs, 'x');
      return b.reduce(keeps, keeps === 'max' ? x : b.cast(x, 'float32'), places, flagged(settings, 'keep'));
    },
  });
}
