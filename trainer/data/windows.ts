/** `windows`: rows that are stretches of a sequence. The sequence is split before it is cut, so that no window looks over a border. */
import type { DataNode, PlanData } from '../../language/index.ts';
import { Failure } from '../failure.ts';
import { nameOf } from './context.ts';
import { gatherRows } from './idx.ts';
import { nodeOf } from './nodes.ts';
import type { Parts } from './split.ts';
import { grouped, isTexts, sizeOf, type Values } from './values.ts';

export interface Windows {
  readonly length: number;
  readonly stride: number;
  readonly node: DataNode;
}

/** The windows that the needed nodes cut; undefined: none. */
export function windowOf(data: PlanData, needed: readonly number[]): Windows | undefined {
  const nodes = needed.map((id) => nodeOf(data, id)).filter((node) => nameOf(node.op) === 'windows');
  const [first] = nodes;
  if (first === undefined) return undefined;
  const length = Math.max(...nodes.map(windowLength));
  return { length, stride: Number(first.settings.stride ?? 1), node: first };
}

export function windowLength(node: DataNode): number {
  return Number(node.settings.n ?? node.settings.length ?? node.settings.size ?? 1);
}

/** Windows that lie within a part. */
export function windowParts(positions: Parts, windows: Windows, data: PlanData): Parts {
  const starts = (part: Uint32Array): Uint32Array => {
    const first = part[0] ?? 0;
    const count = Math.max(0, Math.floor((part.length - windows.length) / windows.stride) + 1);
    return Uint32Array.from({ length: part.length === 0 ? 0 : count }, (_, i) => first + i * windows.stride);
  };
  const parts = {
    train: starts(positions.train),
    validation: starts(positions.validation),
    test: starts(positions.test),
  };
  for (const part of ['train', 'validation', 'test'] as const) {
    if (positions[part].length > 0 && parts[part].length === 0) {
      throw new Failure(
        'data/window-too-long',
        `A window of ${grouped(windows.length)} does not fit into the ${part} part, which has ${grouped(positions[part].length)} characters (${grouped(positions.train.length + positions.validation.length + positions.test.length)} in all). ` +
          'Cut shorter windows, or give that part more of the text.',
        part === 'train' ? windows.node.place : data.place,
      );
    }
  }
  return parts;
}

export function cutWindows(sequence: Values, starts: Uint32Array, length: number): Values {
  const size = sizeOf(sequence.shape);
  const shape = [length, ...sequence.shape];
  if (isTexts(sequence.data)) {
    const texts: string[] = [];
    for (const start of starts)
      for (let i = 0; i < length * size; i++) texts.push(sequence.data[start * size + i] ?? '');
    return { dtype: sequence.dtype, shape, count: starts.length, data: texts };
  }
  const from = sequence.data;
  const data = gatherRows(from, new Uint32Array(starts.length), length * size);
  for (let i = 0; i < starts.length; i++) {
    const at = (starts[i] ?? 0) * size;
    data.set(from.subarray(at, at + length * size), i * length * size);
  }
  return { dtype: sequence.dtype, shape, count: starts.length, data };
}
