/** The type stated for a field is the conversion. One that would lose something is an error that names the first value. */
import type { PlanField } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { Failure } from '../failure.ts';
import { oddText, quoted } from './context.ts';
import { capital, isTexts, type Numbers, shapeText, sizeOf, type Values } from './values.ts';

/** A field of some rows, the rows as its first axis. */
export function toField(x: Values, field: PlanField, where: (index: number) => string): HostTensor {
  if (x.shape.length !== field.shape.length || x.shape.some((size, axis) => size !== field.shape[axis])) {
    throw new Failure(
      'data/shape',
      `The field \`${field.name}\` is stated as ${field.dtype}${field.shape.length === 0 ? '' : shapeText(field.shape)}, but ${where(0)} gives ${shapeText(x.shape)}. ` +
        `Write the shape that the data has, or change the pipeline.`,
      field.place,
    );
  }
  const shape = [x.count, ...field.shape];
  const numbers = numbersOf(x, field, where);
  switch (field.dtype) {
    case 'float32':
      return { dtype: 'float32', shape, data: toFloat(numbers, x, field, where) };
    case 'int32':
      return {
        dtype: 'int32',
        shape,
        data: toWhole(numbers, new Int32Array(numbers.length), -(2 ** 31), 2 ** 31 - 1, x, field, where),
      };
    case 'uint8':
      return { dtype: 'uint8', shape, data: toWhole(numbers, new Uint8Array(numbers.length), 0, 255, x, field, where) };
    case 'bool':
      return { dtype: 'bool', shape, data: toWhole(numbers, new Uint8Array(numbers.length), 0, 1, x, field, where) };
    case 'string':
      throw new Failure(
        'data/text-field',
        `The field \`${field.name}\` holds texts, which a model cannot read. Turn them into numbers by \`Index\` or \`OneHot\`.`,
        field.place,
      );
  }
}

function numbersOf(x: Values, field: PlanField, where: (index: number) => string): Numbers {
  if (!isTexts(x.data)) return x.data;
  const { at: odd, cure } = oddText(x.data);
  throw new Failure(
    'data/lossy',
    `The field \`${field.name}\` is stated as ${field.dtype}, but ${where(Math.floor(odd / sizeOf(x.shape)))} holds the text ${quoted(x.data[odd] ?? '')}. ${cure}`,
    field.place,
  );
}

function toFloat(from: Numbers, x: Values, field: PlanField, where: (index: number) => string): Float32Array {
  if (from instanceof Float32Array) return from;
  const data = new Float32Array(from.length);
  const check = from instanceof Float64Array || from instanceof Int32Array;
  for (let i = 0; i < from.length; i++) {
    const value = from[i] ?? 0;
    data[i] = value;
    if (!check) continue;
    if (Number.isNaN(value)) throw emptyCell(field, where(Math.floor(i / sizeOf(x.shape))));
    if (!Number.isFinite(data[i])) throw infinite(field, where(Math.floor(i / sizeOf(x.shape))), value);
    if (x.dtype === 'int32' && data[i] !== value) {
      throw lossy(
        field,
        where(Math.floor(i / sizeOf(x.shape))),
        value,
        'float32 holds whole numbers up to 16,777,216 exactly',
      );
    }
  }
  return data;
}

function toWhole<T extends Int32Array | Uint8Array>(
  from: Numbers,
  to: T,
  low: number,
  high: number,
  x: Values,
  field: PlanField,
  where: (index: number) => string,
): T {
  for (let i = 0; i < from.length; i++) {
    const value = from[i] ?? 0;
    if (Number.isNaN(value)) throw emptyCell(field, where(Math.floor(i / sizeOf(x.shape))));
    if (!Number.isInteger(value) || value < low || value > high) {
      const wants =
        field.dtype === 'bool' ? 'bool needs 0 or 1' : `${field.dtype} needs whole numbers from ${low} to ${high}`;
      throw lossy(field, where(Math.floor(i / sizeOf(x.shape))), value, wants);
    }
    to[i] = value;
  }
  return to;
}

function lossy(field: PlanField, where: string, value: number, wants: string): Failure {
  return new Failure(
    'data/lossy',
    `The field \`${field.name}\` is stated as ${field.dtype}, but ${where} gives ${value}: ${wants}. State another type, or round it in the pipeline.`,
    field.place,
  );
}

/** Also what is too large for float32: one such number makes every weight that it meets none. */
function infinite(field: PlanField, where: string, value: number): Failure {
  return new Failure(
    'data/infinite',
    `${capital(where)} gives ${value}, which float32 cannot hold, but the field \`${field.name}\` needs finite numbers. Hold it with \`clip\`, fill it (\`fill\`), or leave the row out (\`drop\`).`,
    field.place,
  );
}

function emptyCell(field: PlanField, where: string): Failure {
  return new Failure(
    'data/empty-cell',
    `${capital(where)} is empty, but the field \`${field.name}\` needs a number. Fill the cell or take the row out of the file.`,
    field.place,
  );
}
