/** The shape that `reshape` gives; models and data share it. */
import { compare, printDim, product } from '../../shapes/dim.ts';
import { printShape, type Shape, type TensorType } from '../../shapes/type.ts';
import { shapeOf } from '../checked.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { refuse } from '../refuse.ts';
import { refuseSizes } from './sizes.ts';

export function reshapedShape(x: TensorType, settings: CheckedSettings): Refusal | { readonly shape: Shape } {
  const refused = refuseSizes('reshape', settings, 'shape');
  if (refused) return refused;
  const wanted = shapeOf(settings, 'shape');
  if (!x.shape || !wanted) return { shape: wanted };
  const [have, want] = [product(x.shape), product(wanted)];
  if (compare(have, want) !== 'different') return { shape: wanted };
  const values = {
    shape: printShape(x.shape),
    have: printDim(have),
    wanted: printShape(wanted),
    want: printDim(want),
  };
  return refuse('shape/reshape', values, { blame: x.shape });
}
