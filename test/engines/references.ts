/** The reference Python with PyTorch, where it is installed (`npm run references`), and the file format that passes tensors to it. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const places = [process.env.MODELWRIGHT_PYTHON, '.references/bin/python', '.references/Scripts/python.exe'];

/** Path of a Python that has PyTorch, or why there is none. */
export function findPython(): { readonly path: string } | { readonly missing: string } {
  const path = places.find((place) => place !== undefined && existsSync(place));
  if (path === undefined) return { missing: 'no reference Python here (npm run references)' };
  try {
    execFileSync(path, ['-c', 'import torch'], { stdio: 'pipe' });
    return { path };
  } catch {
    return { missing: 'the reference Python has no PyTorch' };
  }
}

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export function writeTensors(path: string, tensors: readonly NamedTensor[]): void {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    header[name] = {
      dtype: data instanceof Float32Array ? 'F32' : 'I32',
      shape,
      data_offsets: [offset, offset + data.byteLength],
    };
    offset += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  const parts = tensors.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  writeFileSync(path, Buffer.concat([size, text, ...parts]));
}

/** Losses of SGD steps of a bench model in PyTorch. */
export function torchCurve(
  python: string,
  model: string,
  file: string,
  steps: number,
  rate: number,
  optimizer: 'SGD' | 'Adam',
): readonly number[] {
  const script = join('bench', 'engines', 'torch_models.py');
  const args = [script, 'curve', model, file, String(steps), String(rate), optimizer];
  const text = execFileSync(python, args, { encoding: 'utf8' });
  return JSON.parse(text) as number[];
}
