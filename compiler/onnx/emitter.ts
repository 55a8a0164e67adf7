/**
 * What a primitive writes its ONNX form with.
 *
 * ONNX convolutions want the channels second, programs keep them last. Each tensor may therefore exist in two layouts: `rows`
 * (as in the program) and `channels` (last axis moved to second place). Operations that do not care follow their inputs,
 * and a transposition is written only where a layout is asked for that is not there yet.
 */
import { type Attributes, at, type DType, type Node, sizeOf, type Tensor } from '../program/tensor.ts';
import type { OnnxAttribute, OnnxInitializer, OnnxOperation, OnnxType } from './model.ts';

export type Layout = 'rows' | 'channels';

export interface OnnxNode<A extends Attributes = Attributes> {
  readonly node: Node<A>;
  /** Channels in a block of the engine's blocked convolution; 0 where it has none. */
  readonly block: number;
  /** For a GPU: few large operations instead of many that stay in a core's cache. */
  readonly gpu: boolean;
  /** Name of an input of the node in a layout. */
  input(index: number, layout?: Layout): string;
  /** The layout in which an input is there already. */
  layout(index: number): Layout;
  /** Where an axis of an input with the node's first input's rank stands in a layout. */
  axis(axis: number, layout: Layout): number;
  /** Gives an output of the node its name. */
  set(name: string, layout?: Layout, output?: number): void;
  /** One operation with one result. */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: string,
  ): string;
  /** One operation with several results. */
  ops(
    type: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: string,
  ): readonly string[];
  /** Writes an operation for which layouts do not matter: all inputs come in one that suits them. */
  elementwise(write: (inputs: readonly string[]) => string): void;
  cast(name: string, to: DType | 'int64'): string;
  float(value: number): string;
  ints(values: readonly number[]): string;
  initializer(dtype: OnnxType, shape: readonly number[], data: ArrayLike<number>): string;
  /** An initializer that no other node shares. */
  ownInitializer(dtype: OnnxType, shape: readonly number[], data: ArrayLike<number>): string;
  /** The node that made a tensor. */
  producer(tensor: Tensor): Node | undefined;
  nameOf(tensor: Tensor): string;
  /** What a node wants to find again later: a forward step for its gradient. */
  readonly notes: Map<string, unknown>;
}

export interface Emitter {
  readonly operations: OnnxOperation[];
  readonly initializers: OnnxInitializer[];
  emit(node: Node): void;
  /** Names a tensor that comes from outside. */
  define(tensor: Tensor, name: string): void;
  nameOf(tensor: Tensor): string;
  /** A tensor under a name that nothing else has, fit for an output of the graph. */
  exportTensor(tensor: Tensor): string;
}

const castCodes: Readonly<Record<OnnxType, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 };

/** `block` is the number of channels in a block of the engine's blocked convolution, 0 for none. */
export function createEmitter(block: number, gpu = false): Emitter {
  const operations: OnnxOperation[] = [];
  const initializers: OnnxInitializer[] = [];
  const names = new Map<number, Partial<Record<Layout, string>>>();
  const shared = new Map<string, string>();
  const notes = new Map<string, unknown>();
  const producers = new Map<number, Node>();
  const exported = new Set<string>();
  const outside = new Set<string>();
  let counter = 0;
  const fresh = (): string => `t${counter++}`;

  const ops: OnnxNode['ops'] = (type, inputs, outputs, attributes = {}, domain = '') => {
    const results = Array.from({ length: outputs }, fresh);
    operations.push({ type, domain, inputs, outputs: results, attributes });
    return results;
  };
  const op: OnnxNode['op'] = (type, inputs, attributes, domain) => at(ops(type, inputs, 1, attributes, domain), 0);

  const ownInitializer: OnnxNode['ownInitializer'] = (dtype, shape, data) => {
    const name = `c${counter++}`;
    initializers.push({ name, dtype, shape, data });
    outside.add(name);
    return name;
  };
  const initializer: OnnxNode['initializer'] = (dtype, shape, data) => {
    if (data.length > 64) return ownInitializer(dtype, shape, data);
    const key = `${dtype} ${shape.join()} ${Array.from(data, (value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    const name = shared.get(key) ?? ownInitializer(dtype, shape, data);
    shared.set(key, name);
    return name;
  };

  const named = (tensor: Tensor): Partial<Record<Layout, string>> => {
    const found = names.get(tensor.id);
    if (!found) throw new Error(`Tensor ${tensor.id} is used before it is computed.`);
    return found;
  };
  const get = (tensor: Tensor, layout: Layout): string => {
    const forms = named(tensor);
    const ready = forms[layout];
    if (ready !== undefined) return ready;
    const rank = tensor.shape.length;
    const source = forms.rows ?? forms.channels ?? '';
    const name = op('Transpose', [source], { perm: permutation(rank, layout) });
    forms[layout] = name;
    return name;
  };

  const scope = (node: Node): OnnxNode => ({
    node,
    block,
    gpu,
    notes,
    producer: (tensor) => producers.get(tensor.id),
    nameOf: (tensor) => get(tensor, 'rows'),
    op,
    ops,
    ownInitializer,
    initializer,
    input: (index, layout = 'rows') => get(at(node.inputs, index), layout),
    layout: (index) => layoutOf(named(at(node.inputs, index))),
    axis: (axis, layout) => axisIn(axis, at(node.inputs, 0).shape.length, layout),
    set(name, layout = 'rows', output = 0) {
      names.set(at(node.outputs, output).id, { [layout]: name });
    },
    elementwise(write) {
      const rank = at(node.outputs, 0).shape.length;
      const channels = node.inputs.some((t) => t.shape.length === rank && layoutOf(named(t)) === 'channels');
      const layout: Layout = channels ? 'channels' : 'rows';
      const inputs = node.inputs.map((t) => (layout === 'rows' ? get(t, 'rows') : channelForm(t, rank)));
      names.set(at(node.outputs, 0).id, { [layout]: write(inputs) });
    },
    cast: (name, to) => op('Cast', [name], { to: castCodes[to] }),
    float: (value) => initializer('float32', [], [value]),
    ints: (values) => initializer('int64', [values.length], values),
  });

  /** An operand of an elementwise operation in the layout `channels`, its missing axes filled in. */
  const channelForm = (tensor: Tensor, rank: number): string => {
    if (tensor.shape.length === rank) return get(tensor, 'channels');
    const rows = get(tensor, 'rows');
    if (sizeOf(tensor.shape) === 1) return rows;
    const full = [...new Array<number>(rank - tensor.shape.length).fill(1), ...tensor.shape];
    const order = permutation(rank, 'channels');
    const shape = order.map((axis) => at(full, axis));
    // Only where two axes really change places is it more than another shape.
    const moves = full.slice(1, -1).some((size) => size > 1) && at(full, -1) > 1;
    const key = `channels ${rows} ${rank}`;
    const before = shared.get(key);
    if (before !== undefined) return before;
    const expanded = moves
      ? op('Transpose', [op('Reshape', [rows, initializer('int64', [rank], full)])], { perm: order })
      : op('Reshape', [rows, initializer('int64', [rank], shape)]);
    shared.set(key, expanded);
    return expanded;
  };

  return {
    operations,
    initializers,
    emit(node) {
      for (const output of node.outputs) producers.set(output.id, node);
      node.primitive.onnx(scope(node));
    },
    define(tensor, name) {
      names.set(tensor.id, { rows: name });
      outside.add(name);
    },
    nameOf: (tensor) => get(tensor, 'rows'),
    exportTensor(tensor) {
      const name = get(tensor, 'rows');
      const unique = exported.has(name) || outside.has(name) ? op('Identity', [name]) : name;
      exported.add(unique);
      return unique;
    },
  };
}

function layoutOf(forms: Partial<Record<Layout, string>>): Layout {
  return forms.rows === undefined ? 'channels' : 'rows';
}

/** The order of axes that leads to a layout from the other one. */
export function permutation(rank: number, to: Layout): readonly number[] {
  const middle = Array.from({ length: rank - 2 }, (_, i) => i + 1);
  return to === 'channels' ? [0, rank - 1, ...middle] : [0, ...middle.map((i) => i + 1), 1];
}

function axisIn(axis: number, rank: number, layout: Layout): number {
  if (layout === 'rows' || axis === 0) return axis;
  return axis === rank - 1 ? 1 : axis + 1;
}
