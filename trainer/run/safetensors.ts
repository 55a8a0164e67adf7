/**
 * Tensors by name in one file, as the safetensors format has them: an 8-byte little-endian length, a JSON head, the bytes.
 * Sorted by name, so that equal tensors make equal files.
 */

import { isRecord, parseJson } from '../../protocol/index.ts';
import type { HostTensor } from '../engine.ts';

type Dtype = HostTensor['dtype'];
const codes: Readonly<Record<Dtype, string>> = { float32: 'F32', int32: 'I32', uint8: 'U8', bool: 'BOOL' };
const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ['F32', 'float32'],
  ['I32', 'int32'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
]);

/** The file's parts in order; their bytes together are the file. */
export function writeTensors(tensors: ReadonlyMap<string, HostTensor>): Uint8Array[] {
  const names = [...tensors.keys()].sort();
  const head: Record<string, unknown> = { __metadata__: { format: 'modelwright' } };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const name of names) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    const bytes = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
    head[name] = { dtype: codes[tensor.dtype], shape: tensor.shape, data_offsets: [offset, offset + bytes.length] };
    parts.push(bytes);
    offset += bytes.length;
  }
  let json = JSON.stringify(head);
  // The numbers begin at a multiple of 8, as readers that map the file into memory like it.
  json = json.padEnd(json.length + ((8 - (Buffer.byteLength(json) % 8)) % 8));
  const text = Buffer.from(json);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return [length, text, ...parts];
}

export type ReadTensors =
  | { readonly ok: true; readonly tensors: Map<string, HostTensor> }
  | { readonly ok: false; readonly why: string };

/** The tensors of a file; never throws. */
export function readTensors(bytes: Buffer): ReadTensors {
  if (bytes.length < 8) return refuse(`it has ${bytes.length} bytes, less than its own length field`);
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > bytes.length - 8) return refuse(`its head should have ${length} bytes, but ${bytes.length - 8} follow`);
  const head = parseJson(bytes.toString('utf8', 8, 8 + length));
  if (!isRecord(head)) return refuse('its head is no JSON object');
  const tensors = new Map<string, HostTensor>();
  for (const [name, entry] of Object.entries(head)) {
    if (name === '__metadata__') continue;
    const tensor = readOne(bytes, 8 + length, entry);
    if (typeof tensor === 'string') return refuse(`the tensor ${name} ${tensor}`);
    tensors.set(name, tensor);
  }
  return { ok: true, tensors };
}

function readOne(bytes: Buffer, base: number, entry: unknown): HostTensor | string {
  if (!isRecord(entry) || !isSizes(entry.shape) || !isSizes(entry.data_offsets)) return 'has a damaged head';
  const dtype = dtypes.get(String(entry.dtype));
  if (dtype === undefined)
    return `has the type ${String(entry.dtype)}, which is none of ${[...dtypes.keys()].join(', ')}`;
  const [from = 0, to = 0] = entry.data_offsets;
  const count = entry.shape.reduce((product, size) => product * size, 1);
  const width = dtype === 'float32' || dtype === 'int32' ? 4 : 1;
  if (to - from !== count * width) return `says ${to - from} bytes for ${count} numbers of ${width}`;
  if (base + to > bytes.length) return `ends beyond the file (at ${base + to} of ${bytes.length} bytes)`;
  // A copy of its own: the file's buffer need not be aligned.
  const own = new Uint8Array(bytes.subarray(base + from, base + to));
  return { dtype, shape: entry.shape, data: typed(dtype, own) };
}

function typed(dtype: Dtype, bytes: Uint8Array): HostTensor['data'] {
  if (dtype === 'float32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (dtype === 'int32') return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return bytes;
}

function isSizes(value: unknown): value is number[] {
  return (
    Array.isArray(value) && value.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)
  );
}

function refuse(why: string): ReadTensors {
  return { ok: false, why };
}
