/**
 * What a saved network tells of itself: the shape behind each of its layers. Read from the topology that TensorFlow.js writes
 * (`model.json`) and from the configuration inside a `.keras` file; a file of weights alone (`.safetensors`) tells no shapes.
 */
import type { FileStart } from './header.ts';
import { groupOf, kerasGraph } from './keras-graph.ts';
import type { NetworkGraph } from './network-graph.ts';
import { isRecord, type Json, type Layer, type LayerShape, shapesBehind } from './network-shapes.ts';
import { ofRun } from './run-graph.ts';

export interface NetworkHeader {
  readonly kind: 'network';
  /** What comes in, of one example; undefined: the file does not say. */
  readonly input: LayerShape | undefined;
  /** In their order; a shape is undefined where it does not follow from the file. */
  readonly layers: readonly { readonly name: string; readonly shape: LayerShape | undefined }[];
  /** The name of the last layer. */
  readonly last: string | undefined;
  /** The layers as steps of the catalogue, where the file has them. */
  readonly graph?: NetworkGraph;
}

/** No network that was ever saved has lists within lists beyond this. */
const DEEPEST = 20;

const nothing: NetworkHeader = { kind: 'network', input: undefined, layers: [], last: undefined };

/** Undefined: no network. A network that cannot be read whole has no layers. */
export function parseNetwork(path: string, start: FileStart): NetworkHeader | undefined {
  if (/\.safetensors$/iu.test(path)) return isTensors(start.bytes) ? nothing : undefined;
  if (/\.keras$/iu.test(path)) {
    if (!isZip(start.bytes)) return undefined;
    const config = storedFile(start, 'config.json');
    return config === undefined ? nothing : ofModel(parse(config));
  }
  if (!start.whole) return nothing;
  if (/(?:^|[\\/])plan\.json$/u.test(path)) return ofRun(parse(start.decode(start.bytes)));
  const file = parse(start.decode(start.bytes));
  if (!isRecord(file) || !('modelTopology' in file)) return undefined;
  const { modelTopology: topology, signature } = file;
  if (isRecord(topology) && 'node' in topology) return ofSignature(signature);
  return ofModel(isRecord(topology) && 'model_config' in topology ? topology.model_config : topology);
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** A Keras model: layers in a row, or a graph of them. */
function ofModel(model: Json): NetworkHeader {
  const layers: Layer[] = [];
  const last = layersOf(model, { prefix: '', within: '', inputs: [], depth: 0 }, layers);
  if (last === undefined) return nothing;
  const shapes = shapesBehind(layers);
  return {
    kind: 'network',
    input: shapes.input,
    layers: layers.map(({ name }) => ({ name, shape: shapes.of.get(name) })),
    last,
    graph: kerasGraph(layers, shapes.of),
  };
}

/** Where a model stands within another. */
interface Scope {
  /** In front of the names of its layers, and of the groups of their weights. */
  readonly prefix: string;
  readonly within: string;
  /** The layers whose results flow in. */
  readonly inputs: readonly string[];
  readonly depth: number;
}

/** Adds the layers of a model, those of models within it in their places; answers the last one, or undefined for no model. */
function layersOf(model: Json, scope: Scope, into: Layer[]): string | undefined {
  const config = isRecord(model) ? model.config : undefined;
  const isSequential = isRecord(model) && model.class_name === 'Sequential';
  const list = isRecord(config) ? config.layers : config;
  if (!Array.isArray(list) || scope.depth > DEEPEST) return undefined;
  const counts = new Map<string, number>();
  /** By its own name here: the layer whose result it gives. */
  const names = new Map<string, string>();
  const given = [...scope.inputs];
  let before = isSequential ? given[0] : undefined;
  for (const one of list) {
    if (!isRecord(one) || typeof one.class_name !== 'string' || !isRecord(one.config)) return undefined;
    const own = typeof one.name === 'string' ? one.name : one.config.name;
    if (typeof own !== 'string') return undefined;
    const name = `${scope.prefix}${own}`;
    const group = groupOf(one.class_name, counts);
    const read = isSequential ? [] : sourcesOf(one.inbound_nodes).map((source) => names.get(source) ?? source);
    const inputs = isSequential && before !== undefined ? [before] : read;
    const isShared = !isSequential && Array.isArray(one.inbound_nodes) && one.inbound_nodes.length > 1;
    let gives: string | undefined = name;
    if (scope.depth > 0 && one.class_name === 'InputLayer') gives = isSequential ? before : given.shift();
    else if (Array.isArray(one.config.layers) && !isShared) {
      const within = `${scope.within}${group}/layers/`;
      gives = layersOf(one, { prefix: `${name}/`, within, inputs, depth: scope.depth + 1 }, into);
    } else {
      const operand = isSequential ? undefined : operandOf(one.inbound_nodes);
      into.push({
        name,
        kind: one.class_name,
        config: one.config,
        inputs,
        group: `${scope.within}${group}`,
        ...(operand === undefined ? {} : { operand }),
        ...(isShared ? { shared: true } : {}),
      });
    }
    if (gives === undefined) return undefined;
    names.set(own, gives);
    before = gives;
  }
  const [output] = isSequential || !isRecord(config) ? [] : namesIn(config.output_layers);
  return (output === undefined ? undefined : names.get(output)) ?? before;
}

/** The layers that a layer reads at its first use: `[[["name", 0, 0, {}]]]`, or tensors with a history inside arguments. */
function sourcesOf(nodes: Json | undefined): readonly string[] {
  const [first] = Array.isArray(nodes) ? nodes : [];
  if (!isRecord(first)) return namesIn(first);
  const found: string[] = [];
  const walk = (value: Json | undefined, depth: number): void => {
    if (depth > DEEPEST) return;
    if (Array.isArray(value)) for (const item of value) walk(item, depth + 1);
    else if (isRecord(value)) {
      const history = isRecord(value.config) ? value.config.keras_history : undefined;
      const [name] = Array.isArray(history) ? history : [];
      if (typeof name === 'string') found.push(name);
      else for (const item of Object.values(value)) walk(item, depth + 1);
    }
  };
  walk(first.args, 0);
  return found;
}

/** The number that an operation is given beside a tensor. */
function operandOf(nodes: Json | undefined): number | undefined {
  const [first] = Array.isArray(nodes) ? nodes : [];
  const args = isRecord(first) && Array.isArray(first.args) ? first.args : [];
  return args.length === 2 && typeof args[1] === 'number' ? args[1] : undefined;
}

/** Names at the head of lists: `["a", 0, 0]` or `[["a", 0, 0], ["b", 0, 0]]`. */
function namesIn(value: Json | undefined, depth = 0): readonly string[] {
  if (!Array.isArray(value) || depth > DEEPEST) return [];
  const [first] = value;
  if (typeof first === 'string') return [first];
  return value.flatMap((item) => namesIn(item, depth + 1));
}

/** A graph of TensorFlow tells the shapes of what comes in and out. */
function ofSignature(signature: Json | undefined): NetworkHeader {
  const part = (name: 'inputs' | 'outputs') => {
    const values = isRecord(signature) ? signature[name] : undefined;
    return isRecord(values) ? Object.entries(values) : [];
  };
  const layers = part('outputs').map(([name, value]) => ({ name, shape: tensorShape(value) }));
  const [input] = part('inputs');
  return { kind: 'network', input: input && tensorShape(input[1]), layers, last: layers.at(-1)?.name };
}

function tensorShape(value: Json): LayerShape | undefined {
  const shape = isRecord(value) ? value.tensorShape : undefined;
  const dims = isRecord(shape) ? shape.dim : undefined;
  if (!Array.isArray(dims)) return undefined;
  return dims.slice(1).map((dim) => {
    const size = isRecord(dim) ? Number(dim.size) : Number.NaN;
    return Number.isInteger(size) && size > 0 ? size : undefined;
  });
}

// ---- files

const SIGNATURE = 0x04034b50;
const STORED = 0;

function isZip(bytes: Uint8Array): boolean {
  return bytes.length > 30 && numberAt(bytes, 0, 4) === SIGNATURE;
}

/** A file near the start of an archive, if it is stored there as it is (as Keras does). */
function storedFile(start: FileStart, name: string): string | undefined {
  const { bytes, decode } = start;
  for (let at = 0; at + 30 < bytes.length && numberAt(bytes, at, 4) === SIGNATURE; ) {
    const [method, size] = [numberAt(bytes, at + 8, 2), numberAt(bytes, at + 18, 4)];
    const from = at + 30 + numberAt(bytes, at + 26, 2);
    const body = from + numberAt(bytes, at + 28, 2);
    if (decode(bytes.subarray(at + 30, from)) === name) {
      return method === STORED && body + size <= bytes.length ? decode(bytes.subarray(body, body + size)) : undefined;
    }
    at = body + size;
  }
  return undefined;
}

/** The length of a head of JSON, then its brace. */
function isTensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b && numberAt(bytes, 4, 4) === 0;
}

/** A whole number, lowest byte first. */
function numberAt(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
