/** Positions told by waves. */
import { printShape } from '../../shapes/type.ts';
import { model } from '../define.ts';
import { input } from '../planned.ts';
import { refuse } from '../refuse.ts';
import { made, needFloat, typeOf } from '../rules/types.ts';

export const PositionSignal = model('PositionSignal', {
  doc: 'Adds to each step of a sequence a pattern of sines and cosines that is its own, from fast waves in the first features to slow ones in the last, so that layers without an order can tell the steps apart.',
  source: 'Vaswani et al. (2017); KerasHub `SinePositionEncoding`, added to its input',
  examples: ['sequence -> PositionSignal', 'tokens -> Embedding(50, 8) -> PositionSignal'],
  inputs: [{ name: 'x', doc: 'Steps `[..., time, features]`.', dtype: 'float32' }],
  settings: {},
  result(inputs) {
    const x = typeOf(inputs, 'x');
    const refused = needFloat('PositionSignal', x);
    if (refused) return refused;
    if (x.shape && x.shape.length < 2) {
      const values = { callee: 'PositionSignal', shape: printShape(x.shape), axes: x.shape.length, least: 2 };
      return refuse('shape/rank', values, { variant: 'few', blame: x.shape });
    }
    return [made('float32', x.shape, [x], x.facts.padded ? { padded: true } : {})];
  },
  lower(b, inputs) {
    const x = b.cast(input(inputs, 'x'), 'float32');
    const [time = 0, width = 0] = x.shape.slice(-2);
    return b.binary('add', x, b.constant(signal(time, width), [time, width]));
  },
});

/** Sines in the even features, cosines in the odd ones, each pair of one wave length. */
function signal(time: number, width: number): readonly number[] {
  return Array.from({ length: time * width }, (_, i) => {
    const [step, feature] = [Math.floor(i / width), i % width];
    const angle = step / 10000 ** ((2 * Math.floor(feature / 2)) / width);
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}
