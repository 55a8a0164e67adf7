/**
 * An ONNX graph as ONNX Runtime's WebGPU provider can run it whole. What has no kernel there would be taken to the processor
 * and back in the middle of a step, and a few forms fail: each such operation is written in others. The pass goes over
 * finished operations, so that primitives write one form for all engines.
 */
import type { OnnxAttribute, OnnxInitializer, OnnxOperation, OnnxType } from '../model.ts';
import { readerOf, resultSizes, type Sized, sized } from '../sizes.ts';
import { inHalf, isProduct } from './half.ts';
import { rules } from './rules.ts';

/** What a rule writes the other form with. */
export interface GpuWriter {
  readonly operation: OnnxOperation;
  /** Shape of an input of the operation. */
  shape(index: number): readonly number[];
  /** Numbers of an input that never changes. */
  numbers(index: number): readonly number[] | undefined;
  /** One operation with one result; under a name that is given, or a fresh one. */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    output?: string,
  ): string;
  /** One operation with several results under given names. */
  ops(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    outputs: readonly string[],
  ): void;
  float(value: number): string;
  floats(shape: readonly number[], values: readonly number[]): string;
  ints(values: readonly number[]): string;
  fresh(): string;
}

/** True where it wrote the operation in another form. */
export type GpuRule = (w: GpuWriter) => boolean;

export interface GpuGraph {
  readonly operations: readonly OnnxOperation[];
  readonly initializers: readonly OnnxInitializer[];
}

export function forGpu(
  graph: GpuGraph & {
    /** Products in 16 bits. */
    readonly half?: boolean;
    readonly inputs: readonly { readonly name: string; readonly dtype: OnnxType; readonly shape: readonly number[] }[];
  },
): { readonly operations: OnnxOperation[]; readonly initializers: OnnxInitializer[] } {
  const operations: OnnxOperation[] = [];
  const initializers = [...graph.initializers];
  const constants = new Map(initializers.map((value) => [value.name, value]));
  const sizes = new Map<string, Sized>();
  for (const { name, shape, dtype } of [...graph.inputs, ...initializers]) sizes.set(name, sized(shape, dtype));
  const shared = new Map<string, string>();
  let counter = 0;
  const fresh = (): string => `g${counter++}`;

  const add = (operation: OnnxOperation): void => {
    const results = resultSizes(operation, readerOf(operation, sizes, constants));
    operation.outputs.forEach((name, i) => {
      sizes.set(name, results[i] ?? sized([], 'float32'));
    });
    operations.push(operation);
  };
  const constant = (dtype: OnnxType, shape: readonly number[], data: readonly number[]): string => {
    const key = `${dtype} ${shape.join()} ${data.join()}`;
    const before = shared.get(key);
    if (before !== undefined) return before;
    const value = { name: fresh(), dtype, shape, data };
    initializers.push(value);
    constants.set(value.name, value);
    sizes.set(value.name, sized(shape, dtype));
    shared.set(key, value.name);
    return value.name;
  };
  const write = (operation: OnnxOperation): void => {
    const rule = rules[operation.type];
    const reading = readerOf(operation, sizes, constants);
    const writer: GpuWriter = {
      operation,
      shape: (index) => reading.size(index).shape,
      numbers: (index) => reading.numbers(index),
      op(type, inputs, attributes = {}, output = fresh()) {
        write({ type, domain: '', inputs, outputs: [output], attributes });
        return output;
      },
      ops(type, inputs, attributes, outputs) {
        write({ type, domain: '', inputs, outputs, attributes });
      },
      float: (value) => constant('float32', [], [value]),
      floats: (shape, values) => constant('float32', shape, values),
      ints: (values) => constant('int64', [values.length], values),
      fresh,
    };
    if (rule?.(writer)) return;
    if (graph.half && isProduct(operation)) inHalf(writer, add);
    else add(operation);
  };
  for (const operation of graph.operations) write(operation);
  return { operations, initializers };
}
