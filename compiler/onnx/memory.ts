/**
 * What ONNX Runtime keeps in memory while it runs a program: the graph is written as for a run, and its values are followed
 * from the operation that makes them to the last one that reads them. Nothing is run.
 */
import type { Program } from '../program/program.ts';
import { createEmitter } from './emitter.ts';
import type { OnnxOperation } from './model.ts';
import { readerOf, resultSizes, type Sized, sized } from './sizes.ts';
import { reached } from './write.ts';

export interface GraphMemory {
  /** Bytes of the values that are there at once, at the most. */
  readonly peak: number;
  /** Bytes of constants. */
  readonly constants: number;
}

/** Results that are their input under another shape. */
const views: ReadonlySet<string> = new Set(['Reshape', 'Identity']);
/** Results that may take the place of an input that nothing else reads. */
const inPlace: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Sum', 'Relu', 'Sigmoid', 'Tanh', 'Exp', 'Log', 'Sqrt', 'Neg', 'Abs', 'Not'],
  ...['Softmax', 'LogSoftmax', 'Reciprocal', 'Floor', 'Ceil', 'Erf', 'Sign', 'Softplus', 'HardSigmoid'],
]);

/** `block` as for `writeOnnx`. */
export function memoryOfOnnx(program: Program, block: number): GraphMemory {
  const emitter = createEmitter(block);
  const sizes = new Map<string, Sized>();
  const outside = new Set<string>();
  program.inputs.forEach(({ tensor }, i) => {
    emitter.define(tensor, `x${i}`);
    sizes.set(`x${i}`, sized(tensor.shape, tensor.dtype));
    outside.add(`x${i}`);
  });
  for (const node of program.nodes) emitter.emit(node);
  const given = program.outputs.map(({ tensor }) => emitter.exportTensor(tensor));
  const operations = reached(emitter.operations, given);
  const constants = new Map(emitter.initializers.map((value) => [value.name, value]));
  for (const value of emitter.initializers) {
    sizes.set(value.name, sized(value.shape, value.dtype));
    outside.add(value.name);
  }
  for (const operation of operations) {
    const results = resultSizes(operation, readerOf(operation, sizes, constants));
    operation.outputs.forEach((name, i) => {
      sizes.set(name, results[i] ?? sized([], 'float32'));
    });
  }
  const read = new Set(operations.flatMap(({ inputs }) => inputs));
  let held = 0;
  for (const name of constants.keys()) if (read.has(name)) held += sizes.get(name)?.bytes ?? 0;
  return { peak: peakOf(operations, sizes, new Set([...outside, ...given])), constants: held };
}

/** A place in memory, from the first operation that writes it to the last one that reads it. */
interface Buffer {
  readonly bytes: number;
  readonly from: number;
  to: number;
}

/**
 * ONNX Runtime gives a value the place of one that nobody reads any more, if both have the same shape, and keeps that place
 * from its first to its last use. `outside`: values that do not lie in the engine's own memory.
 */
function peakOf(
  operations: readonly OnnxOperation[],
  sizes: ReadonlyMap<string, Sized>,
  outside: ReadonlySet<string>,
): number {
  const uses = usesOf(operations);
  const buffers: Buffer[] = [];
  const places = new Map<string, { readonly buffer: Buffer; readonly key: string }>();
  /** By value that a view shows: how many reads are still to come. */
  const left = new Map<string, number>();
  const source = new Map<string, string>();
  const rootOf = (name: string): string => source.get(name) ?? name;
  const free = new Map<string, Buffer[]>();
  operations.forEach((operation, i) => {
    const [first = ''] = operation.inputs;
    const isView = views.has(operation.type);
    let replaced: string | undefined;
    for (const name of operation.outputs) {
      const size = sizes.get(name);
      if (!size || outside.has(name)) continue;
      if (isView) {
        source.set(name, rootOf(first));
        left.set(rootOf(first), (left.get(rootOf(first)) ?? 0) + (uses.get(name) ?? 0));
        continue;
      }
      const key = `${size.width} ${size.shape.join()}`;
      left.set(name, uses.get(name) ?? 0);
      const input: string | undefined =
        inPlace.has(operation.type) && replaced === undefined
          ? operation.inputs.map(rootOf).find((old) => left.get(old) === 1 && places.get(old)?.key === key)
          : undefined;
      replaced ??= input;
      const taken = input === undefined ? free.get(key)?.pop() : places.get(input)?.buffer;
      const buffer = taken ?? { bytes: size.bytes, from: i, to: i };
      if (!taken) buffers.push(buffer);
      buffer.to = i;
      places.set(name, { buffer, key });
    }
    for (const name of [...operation.inputs, ...operation.outputs.filter((output) => !uses.has(output))]) {
      const root = rootOf(name);
      const place = places.get(root);
      const rest = (left.get(root) ?? 0) - (operation.inputs.includes(name) ? 1 : 0);
      left.set(root, rest);
      if (!place) continue;
      place.buffer.to = i;
      if (rest > 0 || root === replaced) continue;
      const list = free.get(place.key);
      if (list) list.push(place.buffer);
      else free.set(place.key, [place.buffer]);
    }
  });
  return largestSum(buffers, operations.length);
}

function usesOf(operations: readonly OnnxOperation[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { inputs } of operations) for (const name of inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  return uses;
}

function largestSum(buffers: readonly Buffer[], steps: number): number {
  const change = new Array<number>(steps + 1).fill(0);
  for (const { bytes, from, to } of buffers) {
    change[from] = (change[from] ?? 0) + bytes;
    change[to + 1] = (change[to + 1] ?? 0) - bytes;
  }
  let [now, peak] = [0, 0];
  for (const step of change) {
    now += step;
    peak = Math.max(peak, now);
  }
  return peak;
}
