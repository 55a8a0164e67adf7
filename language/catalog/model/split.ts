/** A value cut in pieces along an axis. */
import { add, compare, constant, type Dim, divideExactly, known, modulo, printDim, unknown } from '../../shapes/dim.ts';
import { shapeOf } from '../checked.ts';
import { model } from '../define.ts';
import type { CheckedSettings, Refusal } from '../entry.ts';
import { input, num, nums } from '../planned.ts';
import { atSetting, isRefusal, refuse } from '../refuse.ts';
import { axisAt, axisIn } from '../rules/axis.ts';
import { refuseSizes } from '../rules/sizes.ts';
import { carried, made, typeOf } from '../rules/types.ts';
import { axis, shape } from '../settings.ts';

export const split = model('split', {
  doc: 'Cuts a value along an axis into equal parts (a number), or into parts of the sizes in a list. Gives a tuple.',
  source: 'NumPy `split`, PyTorch `torch.split`',
  examples: ['(a, c) = features -> split(2)', '(a, c) = sequence -> split([3, 5])'],
  inputs: [{ name: 'x', doc: 'Any value.', dtype: 'any' }],
  settings: {
    parts: shape('How many equal parts, or the sizes of the parts.', { single: true }),
    axis: axis('Along which axis.', { default: -1, named: true }),
  },
  result(inputs, settings) {
    const x = typeOf(inputs, 'x');
    const along = axisIn('split', x, settings);
    if (isRefusal(along)) return along;
    const { shape: whole } = x;
    const size = along === undefined ? unknown : (whole?.[along] ?? unknown);
    const refused = refuseSizes('split', settings, 'parts') ?? refuseMany(settings);
    if (refused) return refused;
    const sizes = partSizes(settings, size, along ?? 0);
    if (isRefusal(sizes)) return sizes;
    const part = (dim: Dim) => whole?.map((other, index) => (index === along ? dim : other));
    return sizes.map((dim) => made(x.dtype, part(dim), [x], carried(x.facts)));
  },
  lower(b, inputs, _weights, settings) {
    const x = input(inputs, 'x');
    const along = axisAt(num(settings, 'axis'), x.shape.length);
    const size = x.shape[along] ?? 0;
    let start = 0;
    return plannedSizes(nums(settings, 'parts'), size).map((length) => {
      const from = start;
      start += length;
      return b.slice(
        x,
        x.shape.map((whole, index) => (index === along ? [from, from + length, 1] : [0, whole, 1])),
      );
    });
  },
});

/** More parts than anyone can name are a slip of the pen. */
const most = 1000;

function refuseMany(settings: CheckedSettings): Refusal | undefined {
  const parts = shapeOf(settings, 'parts') ?? [];
  const count = parts.length === 1 && parts[0] ? (constant(parts[0]) ?? 0) : parts.length;
  if (count <= most) return undefined;
  return refuse('shape/split', { count, most }, { variant: 'many', at: atSetting('parts') });
}

/** A list of one number is a count: a value cut into one part of its own size would be no cut. */
function partSizes(settings: CheckedSettings, size: Dim, along: number): readonly Dim[] | Refusal {
  const parts = shapeOf(settings, 'parts') ?? [];
  const [only] = parts;
  if (parts.length === 1 && only) return equalParts(size, only, along);
  const sum = parts.reduce((a, c) => add(a, c), known(0));
  if (compare(sum, size) !== 'different') return parts;
  const values = { sum: printDim(sum), axis: along, size: printDim(size) };
  return refuse('shape/split', values, { variant: 'sum', at: atSetting('parts'), blame: [size] });
}

function equalParts(size: Dim, count: Dim, along: number): readonly Dim[] | Refusal {
  const length = constant(count) ?? 0;
  const part = divideExactly(size, count);
  const rest = constant(modulo(size, count));
  if (part !== 'inexact' && (rest === undefined || rest === 0)) return Array.from({ length }, () => part);
  const values = { size: printDim(size), axis: along, parts: printDim(count), rest: printDim(modulo(size, count)) };
  return refuse('shape/split', values, { at: atSetting('parts'), blame: [size] });
}

function plannedSizes(parts: readonly number[], size: number): readonly number[] {
  const [count = 1] = parts;
  return parts.length === 1 ? Array.from({ length: count }, () => size / count) : parts;
}
