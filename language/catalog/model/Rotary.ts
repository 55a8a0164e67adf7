/** Tells the places of a sequence apart by turning pairs of numbers. */
import { printShape } from '../../shapes/type.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { refuseOdd, turnedByPlace } from '../rules/rotary.ts';
import { carried, made, needFloat, typeOf } from '../rules/types.ts';

export const Rotary = model('Rotary', {
  doc: 'Turns pairs of numbers by an angle that grows with the place, each pair at its own pace. The product of two such values then depends on how far apart they stand; `Attention(…, rotary: true)` does it to its queries and keys.',
  source: 'Su et al. (2021), with the halves paired as in GPT-NeoX and Llama; KerasHub `RotaryEmbedding`',
  examples: ['sequence -> Rotary', 'sequence -> Dense(6) -> Rotary'],
  inputs: [{ name: 'x', doc: 'A sequence `[..., time, width]` of an even width.', dtype: 'float32' }],
  settings: {},
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const refused = needFloat('Rotary', x);
    if (refused || !x.shape) return refused ?? [x];
    const width = x.shape.at(-1);
    if (x.shape.length < 2 || !width) {
      const values = { callee: 'Rotary', shape: printShape(x.shape), axes: x.shape.length, least: 2 };
      return refuse('shape/rank', values, { variant: 'few', blame: x.shape });
    }
    return refuseOdd('Rotary', width) ?? [made('float32', x.shape, [x], carried(x.facts))];
  },
  lower: (b, inputs) => turnedByPlace(b, input(inputs, 'x')),
});
