/**
 * The arithmetic of a data pipeline, under the names of the catalogue. Each transform maps the values of some rows to the
 * values of the same rows; fitted ones read what was learned on the training part. `windows` is not here: it makes the
 * rows themselves (`pipeline.ts`).
 */
import { type DataNode, plannedRanges, type Settings, type SettingValue } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { bucketize, writtenEdges } from './buckets.ts';
import { calculate, isCalculation } from './calculations.ts';
import { clip, drop, fill, learnsFill, standardize } from './cells.ts';
import { emptyCell, nameOf, numeric, quoted, type TransformContext } from './context.ts';
import { parseDates } from './dates.ts';
import type { Fitted } from './fit.ts';
import { hide } from './hide.ts';
import { choose, combine, isOperator, negate } from './operators.ts';
import { centerCrop, resize } from './pictures.ts';
import { characters, mapTexts, split, words } from './texts.ts';
import { bytePairs } from './tokens/index.ts';
import { alike, capital, isTexts, shapeText, sizeOf, type Values } from './values.ts';

/** The values after a node. */
export function transform(inputs: readonly Values[], context: TransformContext): Values {
  const { node } = context;
  const name = nameOf(node.op);
  const [first] = inputs;
  if (first === undefined) throw unknown(node);
  if (isOperator(name)) {
    const second = inputs[1];
    return second === undefined ? negate(first, name, context) : combine(name, first, second, context);
  }
  if (isCalculation(name)) return calculate(first, context);
  switch (name) {
    case 'where':
      return choose(inputs, context);
    case 'reshape':
      return { ...first, shape: sizesOf(node.settings.shape) };
    case 'expand':
      return expand(first, node.settings);
    case 'scale':
      return scale(first, node.settings, context);
    case 'Normalize':
      return normalize(first, context);
    case 'Index':
      return index(first, context);
    case 'OneHot':
      return oneHot(first, context);
    case 'stack':
      return stack(inputs, node.settings, context);
    case 'concat':
      return concat(inputs, context);
    case 'index':
      return slice(first, node.settings);
    case 'lower':
      return mapTexts(first, (text) => text.toLowerCase(), context);
    case 'trim':
      return mapTexts(first, (text) => text.trim(), context);
    case 'characters':
      return characters(first, context);
    case 'split':
      return split(first, context);
    case 'Words':
      return words(first, valuesOf(context).places, context);
    case 'BytePairs':
      return bytePairs(first, context.fitted?.kind === 'BytePairs' ? context.fitted : notLearned(context), context);
    case 'hide':
      return hide(first, context);
    case 'fill':
      return fill(first, filling(context));
    case 'drop':
      return drop(first);
    case 'clip':
      return clip(first, context);
    case 'standardize':
      return standardize(first, context);
    case 'parseDate':
      return parseDates(first, context);
    case 'resize':
      return resize(first, context);
    case 'centerCrop':
      return centerCrop(first, node.settings, context);
    case 'Bucketize':
      return bucketize(first, edgesOf(context), context);
    case 'fit':
      return fitTo(first, Number(node.settings.samples));
    default:
      throw unknown(node);
  }
}

function sizesOf(shape: SettingValue | undefined): readonly number[] {
  return Array.isArray(shape) ? shape.map(Number) : [Number(shape)];
}

function unknown(node: DataNode): Failure {
  return new Failure(
    'data/unknown-transform',
    `The trainer has no transform \`${nameOf(node.op)}\`. The plan comes from another version of Modelwright.`,
    node.place,
  );
}

function expand(x: Values, settings: Settings): Values {
  const axis = Number(settings.axis ?? -1);
  const at = axis < 0 ? x.shape.length + 1 + axis : axis;
  return { ...x, shape: [...x.shape.slice(0, at), 1, ...x.shape.slice(at)] };
}

function scale(x: Values, settings: Settings, context: TransformContext): Values {
  const [a, b] = rangeOf(settings.from, context);
  const [c, d] = rangeOf(settings.to, context);
  const from = numeric(x, context);
  const factor = (d - c) / (b - a);
  if (from instanceof Uint8Array) {
    // There are only so many bytes: each is calculated once.
    const scaled = Float32Array.from({ length: 256 }, (_, byte) => (byte - a) * factor + c);
    const data = new Float32Array(from.length);
    for (let i = 0; i < from.length; i++) data[i] = scaled[from[i] ?? 0] ?? 0;
    return { ...x, dtype: 'float32', data };
  }
  const data = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) data[i] = ((from[i] ?? 0) - a) * factor + c;
  return { ...x, dtype: 'float32', data };
}

function rangeOf(value: SettingValue | undefined, context: TransformContext): readonly [number, number] {
  if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number') return [value[0], value[1]];
  throw new Failure(
    'data/plan',
    `\`scale\` needs a range such as 0..255, but the plan has ${JSON.stringify(value)}.`,
    context.node.place,
  );
}

function normalize(x: Values, context: TransformContext): Values {
  const fitted = context.fitted?.kind === 'Normalize' ? context.fitted : notLearned(context);
  const from = numeric(x, context);
  const width = fitted.mean.length;
  const data = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const place = i % width;
    data[i] = ((from[i] ?? 0) - (fitted.mean[place] ?? 0)) / (fitted.deviation[place] ?? 1);
  }
  return { ...x, dtype: 'float32', data };
}

function index(x: Values, context: TransformContext): Values {
  const numbers = numbersOf(x, context, 'Index');
  return { dtype: 'int32', shape: x.shape, count: x.count, data: numbers };
}

function oneHot(x: Values, context: TransformContext): Values {
  const fitted = valuesOf(context);
  const numbers = numbersOf(x, context, 'OneHot');
  const width = fitted.values.length;
  const stated = context.node.shape?.[context.node.shape.length - 1];
  if (stated !== undefined && stated !== width) {
    throw new Failure(
      'data/one-hot-width',
      `\`OneHot\` found ${width} different values in the training part (${listed(fitted.values)}), but the field says ${stated}. Write ${width} there.`,
      context.node.place,
    );
  }
  const data = new Float32Array(numbers.length * width);
  for (let i = 0; i < numbers.length; i++) data[i * width + (numbers[i] ?? 0)] = 1;
  return { dtype: 'float32', shape: [...x.shape, width], count: x.count, data };
}

/** The number of each value among those that the training part had. */
function numbersOf(x: Values, context: TransformContext, kind: 'Index' | 'OneHot'): Int32Array {
  const fitted = valuesOf(context);
  const unseen = context.node.settings.unseen === 'own' ? fitted.values.length : undefined;
  const size = sizeOf(x.shape);
  const data = new Int32Array(x.data.length);
  for (let i = 0; i < x.data.length; i++) {
    const value = x.data[i];
    if (value === undefined || Number.isNaN(value)) throw emptyCell(context, Math.floor(i / size));
    const found = fitted.places.get(value) ?? unseen;
    if (found === undefined) {
      throw new Failure(
        'data/unseen-value',
        `${capital(context.where(Math.floor(i / size)))} has the value ${quoted(value)}, which no row of the training part has; \`${kind}\` knows ${fitted.values.length} values: ${listed(fitted.values)}. ` +
          'Write `unseen: own` to give such values a place of their own, or mend the row.',
        context.node.place,
      );
    }
    data[i] = found;
  }
  return data;
}

function valuesOf(context: TransformContext): Extract<Fitted, { values: unknown }> {
  const { fitted } = context;
  return fitted !== undefined && 'values' in fitted ? fitted : notLearned(context);
}

/** What `fill` puts in: as written, or as learned. */
function filling(context: TransformContext): string | number {
  const { fitted, node } = context;
  if (fitted?.kind === 'fill') return fitted.value;
  const { value } = node.settings;
  return (typeof value === 'string' || typeof value === 'number') && !learnsFill(node) ? value : notLearned(context);
}

/** The edges of `Bucketize`: as written, or as learned. */
function edgesOf(context: TransformContext): readonly number[] {
  const { fitted, node } = context;
  return fitted?.kind === 'Bucketize' ? fitted.edges : (writtenEdges(node) ?? notLearned(context));
}

function notLearned(context: TransformContext): never {
  throw new Failure(
    'data/not-fitted',
    `What \`${nameOf(context.node.op)}\` learned on the training part is missing from the run's fitted.json. Train again, or restore the file.`,
    context.node.place,
  );
}

/** Values beside each other along a new axis; all of them numbers, or all of them texts. */
function stack(inputs: readonly Values[], settings: Settings, context: TransformContext): Values {
  const [first] = inputs;
  const shape = first?.shape ?? [];
  const size = sizeOf(shape);
  const count = Math.max(...inputs.map((input) => input.count));
  const axis = Number(settings.axis ?? 0);
  const at = axis < 0 ? shape.length + 1 + axis : axis;
  const odd = inputs.find((input) => sizeOf(input.shape) !== size);
  if (odd !== undefined) {
    throw new Failure(
      'data/stack-shape',
      `\`stack\` needs equal shapes, but got ${inputs.map((each) => shapeText(each.shape)).join(' and ')}.`,
      context.node.place,
    );
  }
  const made = { shape: [...shape.slice(0, at), inputs.length, ...shape.slice(at)], count };
  const block = sizeOf(shape.slice(at));
  const length = count * inputs.length * size;
  const lists = inputs.map(({ data }) => data);
  if (lists.every(isTexts)) {
    const data = new Array<string>(length).fill('');
    interleave(lists, size, block, count, (to, which, from) => {
      data[to] = lists[which]?.[from] ?? '';
    });
    return { dtype: 'string', ...made, data };
  }
  const parts = inputs.map((input, which) => numeric(input, context, which));
  const data = new Float64Array(length);
  interleave(parts, size, block, count, (to, which, from) => {
    data[to] = parts[which]?.[from] ?? 0;
  });
  const whole = inputs.every((input) => input.dtype === 'int32' || input.dtype === 'uint8');
  return { dtype: whole ? 'int32' : 'float32', ...made, data };
}

/** Goes through blocks of `block` values, taken from each part in turn. */
function interleave(
  parts: readonly { readonly length: number }[],
  size: number,
  block: number,
  count: number,
  put: (to: number, which: number, from: number) => void,
): void {
  let to = 0;
  for (let row = 0; row < count; row++) {
    for (let start = 0; start < size; start += block) {
      for (const [which, { length }] of parts.entries()) {
        // A constant has one row, which stands for all.
        const from = (length === size ? 0 : row * size) + start;
        for (let k = 0; k < block; k++) put(to++, which, from + k);
      }
    }
  }
}

/** Joins along the last axis. */
function concat(inputs: readonly Values[], context: TransformContext): Values {
  const count = Math.max(...inputs.map((input) => input.count));
  const widths = inputs.map((input) => input.shape[input.shape.length - 1] ?? 1);
  const lead = inputs[0]?.shape.slice(0, -1) ?? [];
  const width = widths.reduce((sum, each) => sum + each, 0);
  const blocks = count * sizeOf(lead);
  const data = new Float64Array(blocks * width);
  let offset = 0;
  inputs.forEach((input, which) => {
    const from = numeric(input, context, which);
    const own = widths[which] ?? 1;
    for (let block = 0; block < blocks; block++) {
      for (let k = 0; k < own; k++) data[block * width + offset + k] = from[block * own + k] ?? 0;
    }
    offset += own;
  });
  const whole = inputs.every((input) => input.dtype === 'int32' || input.dtype === 'uint8');
  return { dtype: whole ? 'int32' : 'float32', shape: [...lead, width], count, data };
}

/** The first axis cut or filled up with 0. */
function fitTo(x: Values, length: number): Values {
  const [own = 1, ...rest] = x.shape;
  const size = sizeOf(rest);
  if (isTexts(x.data)) return x;
  const data = alike(x.data, x.count * length * size);
  for (let row = 0; row < x.count; row++) {
    const from = row * own * size;
    data.set(x.data.subarray(from, from + Math.min(own, length) * size), row * length * size);
  }
  return { dtype: x.dtype, shape: [length, ...rest], count: x.count, data };
}

function slice(x: Values, settings: Settings): Values {
  const { ranges, dropped } = plannedRanges(settings.items, x.shape);
  const picks = ranges.map(([from, to, by]) => stretch(from, to, by));
  const shape = picks.flatMap((places, axis) => (dropped.includes(axis) ? [] : [places.length]));
  const offsets = offsetsOf(picks, x.shape);
  const size = sizeOf(x.shape);
  if (isTexts(x.data)) {
    const texts: string[] = [];
    for (let row = 0; row < x.count; row++) for (const offset of offsets) texts.push(x.data[row * size + offset] ?? '');
    return { dtype: x.dtype, shape, count: x.count, data: texts };
  }
  const from = x.data;
  const data = alike(from, x.count * offsets.length);
  for (let row = 0; row < x.count; row++) {
    for (let k = 0; k < offsets.length; k++) data[row * offsets.length + k] = from[row * size + (offsets[k] ?? 0)] ?? 0;
  }
  return { dtype: x.dtype, shape, count: x.count, data };
}

function stretch(from: number, to: number, by: number): number[] {
  const places: number[] = [];
  for (let place = from; place < to; place += by) places.push(place);
  return places;
}

/** Offsets in a row of all combinations of the picked places, the last axis fastest. */
function offsetsOf(picks: readonly (readonly number[])[], shape: readonly number[]): Int32Array {
  let offsets = [0];
  picks.forEach((places, axis) => {
    const size = shape[axis] ?? 1;
    offsets = offsets.flatMap((offset) => places.map((place) => offset * size + place));
  });
  return Int32Array.from(offsets);
}

function listed(values: readonly (string | number)[]): string {
  const shown = values.slice(0, 12).map(quoted).join(', ');
  return values.length > 12 ? `${shown} … (${values.length})` : shown;
}
