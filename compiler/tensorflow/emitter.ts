/**
 * What a primitive writes its TensorFlow form with. Tensors are channels last in programs and in TensorFlow, so there is one
 * layout and every tensor has one name.
 */
import { type Attributes, at, type Node, type Tensor } from '../program/tensor.ts';
import type { TensorflowAttributes, TensorflowConstant, TensorflowOperation, TensorflowType } from './graph-def.ts';

export interface TensorflowNode<A extends Attributes = Attributes> {
  readonly node: Node<A>;
  /** Name of an input of the node. */
  input(index: number): string;
  /** Gives an output of the node its name. */
  set(name: string, output?: number): void;
  /** One operation; the name of its first result. */
  op(type: string, inputs: readonly string[], attributes?: TensorflowAttributes): string;
  /** One operation with several results. */
  ops(type: string, inputs: readonly string[], outputs: number, attributes?: TensorflowAttributes): readonly string[];
  /** An operation on values of one type, which TensorFlow wants named. */
  typed(type: string, inputs: readonly string[], dtype: TensorflowType, attributes?: TensorflowAttributes): string;
  cast(name: string, from: TensorflowType, to: TensorflowType): string;
  float(value: number): string;
  int(value: number): string;
  ints(values: readonly number[]): string;
  constant(value: TensorflowConstant): string;
  /** The node that computed a tensor; undefined for what comes from outside. */
  producer(tensor: Tensor): Node | undefined;
  nameOf(tensor: Tensor): string;
  /** What a node wants to find again later: a forward step for its gradient. */
  readonly notes: Map<string, unknown>;
  /** Operations that run at once: what is one long chain may be written as so many. */
  readonly lanes: number;
}

export interface Emitter {
  readonly operations: TensorflowOperation[];
  /** Writes an operation and gives back its name. */
  add(type: string, inputs: readonly string[], attributes?: TensorflowAttributes): string;
  constant(value: TensorflowConstant): string;
  emit(node: Node): void;
  /** Names a tensor that comes from outside. */
  define(tensor: Tensor, name: string): void;
  nameOf(tensor: Tensor): string;
}

/** The form of a primitive; `forms/index.ts` has the table. */
export interface Form<A extends Attributes = Attributes> {
  write(t: TensorflowNode<A>): void;
}

export function form<A extends Attributes>(write: (t: TensorflowNode<A>) => void): Form<A> {
  return { write };
}

/** `prefix` keeps the names of several programs in one graph apart. */
export function createEmitter(prefix: string, formOf: (primitive: string) => Form, lanes = 1): Emitter {
  const operations: TensorflowOperation[] = [];
  const names = new Map<number, string>();
  const shared = new Map<string, string>();
  const notes = new Map<string, unknown>();
  const producers = new Map<number, Node>();

  const add: Emitter['add'] = (type, inputs, attributes = {}) => {
    const name = `${prefix}${operations.length}`;
    operations.push({ name, type, inputs, attributes });
    return name;
  };
  const newConstant = (value: TensorflowConstant): string =>
    add('Const', [], { dtype: { type: value.dtype }, value: { tensor: value } });
  const constant = (value: TensorflowConstant): string => {
    if (value.data.length > 64) return newConstant(value);
    const numbers = Array.from(value.data, (part) => (Object.is(part, -0) ? '-0' : part)).join();
    const key = `${value.dtype} ${value.shape.join()} ${numbers}`;
    const name = shared.get(key) ?? newConstant(value);
    shared.set(key, name);
    return name;
  };
  const nameOf = (tensor: Tensor): string => {
    const name = names.get(tensor.id);
    if (name === undefined) throw new Error(`Tensor ${tensor.id} is used before it is computed.`);
    return name;
  };
  const typed: TensorflowNode['typed'] = (type, inputs, dtype, attributes) =>
    add(type, inputs, { T: { type: dtype }, ...attributes });

  const scope = (node: Node): TensorflowNode => ({
    node,
    notes,
    lanes,
    op: add,
    ops(type, inputs, outputs, attributes) {
      const name = add(type, inputs, attributes);
      return Array.from({ length: outputs }, (_, i) => (i === 0 ? name : `${name}:${i}`));
    },
    typed,
    nameOf,
    producer: (tensor) => producers.get(tensor.id),
    input: (index) => nameOf(at(node.inputs, index)),
    set: (name, output = 0) => {
      names.set(at(node.outputs, output).id, name);
    },
    cast: (name, from, to) => (from === to ? name : add('Cast', [name], { SrcT: { type: from }, DstT: { type: to } })),
    float: (value) => constant({ dtype: 'float32', shape: [], data: [value] }),
    int: (value) => constant({ dtype: 'int32', shape: [], data: [value] }),
    ints: (values) => constant({ dtype: 'int32', shape: [values.length], data: values }),
    constant,
  });

  return {
    operations,
    add,
    constant,
    nameOf,
    emit(node) {
      formOf(node.primitive.name).write(scope(node));
      for (const output of node.outputs) producers.set(output.id, node);
    },
    define: (tensor, name) => {
      names.set(tensor.id, name);
    },
  };
}
