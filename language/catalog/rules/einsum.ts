/**
 * Sums of products by the letters of axes: `"ij,jk->ik"`. Letters before a comma are the axes of one value, those behind `->`
 * the axes of the result; what is missing there is summed over.
 */
import { differ } from '../../shapes/assume.ts';
import { type Dim, printDim } from '../../shapes/dim.ts';
import { printShape, type TensorType } from '../../shapes/type.ts';
import type { Builder, Value } from '../builder.ts';
import type { Refusal } from '../entry.ts';
import { atCall, atSetting, refuse } from '../refuse.ts';

export interface Equation {
  /** The letters of each value. */
  readonly values: readonly string[];
  readonly result: string;
}

/** The letters of an equation, or what is wrong with it. */
export function readEquation(text: string): Equation | Refusal {
  const found = /^([A-Za-z]*(?:,[A-Za-z]*)*)->([A-Za-z]*)$/u.exec(text.replaceAll(' ', ''));
  const wrong = (variant: string, letter = '') =>
    refuse('argument/einsum', { equation: text, letter }, { variant, at: atSetting('equation') });
  if (!found) return wrong('form');
  const [values, result] = [(found[1] ?? '').split(','), found[2] ?? ''];
  for (const letters of [...values, result]) {
    const twice = [...letters].find((letter, i) => letters.indexOf(letter) !== i);
    if (twice !== undefined) return wrong('twice', twice);
  }
  const stray = [...result].find((letter) => !values.some((letters) => letters.includes(letter)));
  return stray === undefined ? { values, result } : wrong('stray', stray);
}

/** The shape of the result; undefined where a shape is not known. */
export function summedShape(
  { values, result }: Equation,
  types: readonly TensorType[],
): readonly Dim[] | Refusal | undefined {
  if (types.length !== values.length) {
    const said = { named: values.length, given: types.length };
    return refuse('shape/einsum', said, { variant: 'count', at: atCall });
  }
  const sizes = new Map<string, Dim>();
  for (const [i, { shape }] of types.entries()) {
    const letters = [...(values[i] ?? '')];
    if (!shape) continue;
    if (shape.length !== letters.length) {
      const said = { letters: letters.join(''), shape: printShape(shape), axes: shape.length };
      return refuse('shape/einsum', said, { variant: 'rank', at: atCall, blame: shape });
    }
    for (const [axis, letter] of letters.entries()) {
      const [size, before] = [shape[axis], sizes.get(letter)];
      if (size && before && differ(size, before)) {
        const said = { letter, left: printDim(before), right: printDim(size) };
        return refuse('shape/einsum', said, { at: atCall, blame: [before, size] });
      }
      if (size && !before) sizes.set(letter, size);
    }
  }
  const shape = [...result].flatMap((letter) => sizes.get(letter) ?? []);
  return shape.length === result.length ? shape : undefined;
}

/** A value and the letters of its axes. */
interface Lettered {
  readonly value: Value;
  readonly letters: string;
}

/** The values multiplied two at a time from the left; each letter is summed over as soon as nothing needs it any more. */
export function summed(b: Builder, { values, result }: Equation, given: readonly Value[]): Value {
  const parts = given.map((value, i) => ({ value, letters: values[i] ?? '' }));
  const [first, ...others] = parts;
  if (!first) throw new Error('`einsum` has no value.');
  let all: Lettered = first;
  for (const [i, next] of others.entries()) {
    const later = others.slice(i + 1).map((part) => part.letters);
    all = productOf(b, all, next, [result, ...later].join(''));
  }
  return ordered(b, reduced(b, all, result), result).value;
}

/** Two values multiplied, and summed over the letters that are not in `needed`. */
function productOf(b: Builder, left: Lettered, right: Lettered, needed: string): Lettered {
  const a = reduced(b, left, needed + right.letters);
  const c = reduced(b, right, needed + left.letters);
  const both = [...a.letters].filter((letter) => c.letters.includes(letter));
  const along = both.filter((letter) => needed.includes(letter)).join('');
  const over = both.filter((letter) => !needed.includes(letter)).join('');
  const rows = without(a.letters, along + over);
  const columns = without(c.letters, along + over);
  const size = (letters: string, of: Lettered) => sizesOf(of, letters).reduce((x, y) => x * y, 1);
  const shapeA = [size(along, a), size(rows, a), size(over, a)];
  const shapeC = [size(along, a), size(over, a), size(columns, c)];
  const product = b.matmul(
    b.reshape(ordered(b, a, along + rows + over).value, shapeA),
    b.reshape(ordered(b, c, along + over + columns).value, shapeC),
  );
  const letters = along + rows + columns;
  const shape = [...sizesOf(a, along + rows), ...sizesOf(c, columns)];
  return { value: b.reshape(product, shape), letters };
}

/** Summed over the letters that are not in `needed`. */
function reduced(b: Builder, { value, letters }: Lettered, needed: string): Lettered {
  const axes = [...letters].flatMap((letter, axis) => (needed.includes(letter) ? [] : [axis]));
  if (axes.length === 0) return { value, letters };
  const kept = [...letters].filter((letter) => needed.includes(letter)).join('');
  return { value: b.reduce('sum', value, axes, false), letters: kept };
}

/** The axes in the order of `wanted`, which has the same letters. */
function ordered(b: Builder, { value, letters }: Lettered, wanted: string): Lettered {
  if (letters === wanted) return { value, letters };
  const order = [...wanted].map((letter) => letters.indexOf(letter));
  return { value: b.transpose(value, order), letters: wanted };
}

function sizesOf({ value, letters }: Lettered, wanted: string): readonly number[] {
  return [...wanted].map((letter) => value.shape[letters.indexOf(letter)] ?? 1);
}

function without(letters: string, others: string): string {
  return [...letters].filter((letter) => !others.includes(letter)).join('');
}
