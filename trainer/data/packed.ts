/**
 * Fields of pictures that are only scaled: each number is one of 256, so that bytes and a table hold them in a quarter of the
 * memory. They are cached and augmented so, and become numbers where the batch is written.
 */
import type { DataNode, PlanData, PlanField } from '../../language/index.ts';
import type { HostTensor } from '../engine.ts';
import { nameOf } from './context.ts';
import type { Picture } from './image/decode.ts';
import type { Pool } from './pool.ts';
import { transform } from './transforms.ts';
import { isNumbers, sizeOf, type Values } from './values.ts';

export interface PackedField {
  readonly dtype: 'packed';
  /** The rows as its first axis. */
  readonly shape: readonly number[];
  /** One for each row; they may be views of a cache and are not to be written to. */
  readonly rows: readonly Uint8Array[];
  /** What each byte stands for. */
  readonly table: Float32Array;
}

export type FieldRows = HostTensor | PackedField;

/** Where the bytes of a field come from, and what they stand for. */
export interface Packing {
  readonly node: number;
  readonly table: Float32Array;
}

const PICTURES: ReadonlySet<string> = new Set(['decodeImage', 'resize', 'centerCrop']);

/** Undefined: the numbers of the field are not those of a picture, scaled. */
export function packingOf(data: PlanData, field: PlanField): Packing | undefined {
  if (field.dtype !== 'float32') return undefined;
  const scales: DataNode[] = [];
  let node: DataNode | undefined = data.nodes[field.node];
  for (; node !== undefined && nameOf(node.op) === 'scale'; node = inputOf(data, node)) scales.unshift(node);
  if (node === undefined || !isPicture(data, node)) return undefined;
  const table = tableOf(scales);
  return table.every(Number.isFinite) ? { node: node.id, table } : undefined;
}

function inputOf(data: PlanData, node: DataNode): DataNode | undefined {
  return data.nodes[node.inputs[0] ?? -1];
}

/** A decoded picture, brought to a size or not: bytes. */
function isPicture(data: PlanData, node: DataNode): boolean {
  const name = nameOf(node.op);
  if (name === 'decodeImage') return true;
  const input = inputOf(data, node);
  return PICTURES.has(name) && input !== undefined && isPicture(data, input);
}

/** By the transforms themselves, so that a number is the same whichever way it came. */
function tableOf(scales: readonly DataNode[]): Float32Array {
  let values: Values = { dtype: 'uint8', shape: [], count: 256, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
  const draw = { part: undefined, epoch: 0, seed: 0, rows: new Uint32Array(256) };
  for (const node of scales)
    values = transform([values], { node, fitted: undefined, draw, where: (byte) => `the byte ${byte}` });
  return Float32Array.from(isNumbers(values.data) ? values.data : []);
}

/** The values of the packing's node as a field; undefined where they are others than were planned. */
export function packed({ data, shape, count }: Values, field: PlanField, { table }: Packing): PackedField | undefined {
  const size = sizeOf(shape);
  if (!fits(shape, field) || !(data instanceof Uint8Array)) return undefined;
  const rows = Array.from({ length: count }, (_, i) => data.subarray(i * size, (i + 1) * size));
  return { dtype: 'packed', shape: [count, ...shape], rows, table };
}

/** The same of pictures of one size. */
export function packedPictures(
  pictures: readonly Picture[],
  field: PlanField,
  { table }: Packing,
): PackedField | undefined {
  const [first] = pictures;
  const shape = first === undefined ? field.shape : [first.height, first.width, first.channels];
  if (!fits(shape, field)) return undefined;
  return { dtype: 'packed', shape: [pictures.length, ...shape], rows: pictures.map((one) => one.data), table };
}

function fits(shape: readonly number[], field: PlanField): boolean {
  return shape.length === field.shape.length && shape.every((length, axis) => length === field.shape[axis]);
}

/** As everybody else has it. */
export function unpacked(field: FieldRows, pool: Pool): HostTensor {
  if (field.dtype !== 'packed') return field;
  const { rows, shape, table } = field;
  const data = pool.floats(sizeOf(shape));
  let at = 0;
  for (const row of rows) {
    unpack(row, 0, row.length, table, data, at);
    at += row.length;
  }
  return { dtype: 'float32', shape, data };
}

export function allUnpacked(
  fields: Readonly<Record<string, FieldRows>>,
  pool: Pool,
): Readonly<Record<string, HostTensor>> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, unpacked(field, pool)]));
}

/** Writes the numbers of some bytes from `at` on. */
export function unpack(
  from: Uint8Array,
  start: number,
  end: number,
  table: Float32Array,
  to: Float32Array,
  at: number,
): void {
  let [i, j] = [start, at];
  // Four at a time take two thirds of the time.
  for (const most = end - 3; i < most; i += 4, j += 4) {
    to[j] = table[from[i] ?? 0] ?? 0;
    to[j + 1] = table[from[i + 1] ?? 0] ?? 0;
    to[j + 2] = table[from[i + 2] ?? 0] ?? 0;
    to[j + 3] = table[from[i + 3] ?? 0] ?? 0;
  }
  for (; i < end; i++, j++) to[j] = table[from[i] ?? 0] ?? 0;
}
