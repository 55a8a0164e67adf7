/** `model.json` of TensorFlow.js: a list of the weights, whose bytes follow each other in the files that it names. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { NetworkFile, Wanted } from './network-file.ts';

interface Listed {
  readonly name: string;
  readonly dtype: string;
  readonly size: number;
  readonly quantization: { readonly scale: number; readonly min: number; readonly dtype: string } | undefined;
}

/** Of one group: its weights in order, and the files of its bytes. */
interface Group {
  readonly weights: readonly Listed[];
  readonly paths: readonly string[];
}

export function openTfjs(path: string): NetworkFile {
  const found = new Map<string, Float32Array>();
  for (const { weights, paths } of groupsOf(JSON.parse(readFileSync(path, 'utf8')))) {
    // Names of the files beside it; none may lead elsewhere.
    const bytes = Buffer.concat(paths.map((name) => readFileSync(join(dirname(path), basename(name)))));
    let at = 0;
    for (const weight of weights) {
      const width = widthOf(weight);
      const end = at + weight.size * width;
      if (end > bytes.length) throw new Error(`its files end before the weight ${weight.name}`);
      found.set(weight.name, numbersIn(bytes.subarray(at, end), weight));
      at = end;
    }
  }
  return { read: (wanted) => pick(found, wanted), close: () => undefined };
}

/** `conv1/kernel`, below whatever the model is called; of a model within another, the layer's own name. */
function pick(found: ReadonlyMap<string, Float32Array>, { layer: path, variable }: Wanted): Float32Array | undefined {
  const layer = path.split('/').at(-1) ?? path;
  const exact = found.get(`${layer}/${variable}`);
  if (exact) return exact;
  for (const [name, numbers] of found) {
    const parts = name.split('/');
    if (parts.includes(layer) && parts.at(-1) === variable) return numbers;
  }
  return undefined;
}

function numbersIn(bytes: Uint8Array, { name, size, dtype, quantization }: Listed): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = quantization?.dtype ?? dtype;
  const numbers = new Float32Array(size);
  for (let i = 0; i < size; i++) numbers[i] = numberAt(view, i, stored, name);
  if (quantization === undefined || stored === 'float16') return numbers;
  return numbers.map((value) => value * quantization.scale + quantization.min);
}

function numberAt(view: DataView, i: number, stored: string, name: string): number {
  switch (stored) {
    case 'float32':
      return view.getFloat32(4 * i, true);
    case 'int32':
      return view.getInt32(4 * i, true);
    case 'uint16':
      return view.getUint16(2 * i, true);
    case 'uint8':
    case 'bool':
      return view.getUint8(i);
    case 'float16':
      return halfAt(view, 2 * i);
    default:
      throw new Error(`its weight ${name} is stored as ${stored}, which is not read`);
  }
}

function halfAt(view: DataView, at: number): number {
  const bits = view.getUint16(at, true);
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function widthOf({ dtype, quantization }: Listed): number {
  const stored = quantization?.dtype ?? dtype;
  if (stored === 'uint8' || stored === 'bool') return 1;
  return stored === 'uint16' || stored === 'float16' ? 2 : 4;
}

// ---- the list, read with care: it comes from elsewhere

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

function groupsOf(file: Json): readonly Group[] {
  const manifest = isRecord(file) ? file.weightsManifest : undefined;
  if (!Array.isArray(manifest)) throw new Error('it has no list of weights (`weightsManifest`)');
  return manifest.map((group: Json) => {
    const { weights, paths } = isRecord(group) ? group : { weights: [], paths: [] };
    const names = Array.isArray(paths) ? paths.filter((one) => typeof one === 'string') : [];
    return { weights: (Array.isArray(weights) ? weights : []).map(listed), paths: names };
  });
}

function listed(weight: Json): Listed {
  const { name, dtype, shape, quantization } = isRecord(weight) ? weight : {};
  const sizes = Array.isArray(shape) ? shape.map(Number) : [];
  const q = isRecord(quantization) ? quantization : undefined;
  return {
    name: String(name),
    dtype: String(dtype),
    size: sizes.reduce((product, n) => product * n, 1),
    quantization: q && { scale: Number(q.scale ?? 1), min: Number(q.min ?? 0), dtype: String(q.dtype ?? 'uint8') },
  };
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
