/**
 * A unit as a Keras program in Python, to read and to compare with: one line for each layer, under the layer's own name.
 * Blocks are written out and `repeat` is unrolled; comments tell which part of the program a line comes from.
 */
import type { Value } from '../catalog/builder.ts';
import { catalog } from '../catalog/index.ts';
import type { Analyser } from '../check/analyse.ts';
import type { PlanGraph, PlanNode, Ref } from '../plan/plan.ts';
import { type Summary, type SummaryRequest, summarise } from '../plan/summarise.ts';
import { createPrinter, type Page, type Printed, printed, Unprintable } from './builder.ts';
import { type InputTexts, type LayerText, layerText, weightAttribute } from './layers.ts';
import { boundNames, placeKey } from './names.ts';
import { type Helper, helpers, identifier, pythonText, pythonTuple, snake } from './python.ts';
import { initialiserText } from './values.ts';

/** Sizes that stand for those that are only names in the program, tried in turn. */
const stand = ['16', '32', '64', '224', '8'];

/** The Keras program of a unit (the first model unless said). Always a text: where there is nothing to print, a comment. */
export function printKeras(analyser: Analyser, request: SummaryRequest): string {
  const first = summarise(analyser, request);
  if (!first) return `# There is no model or block ${request.unit ?? ''} to print here.\n`;
  const open = openSizes(first);
  const bound = boundNames(analyser.analyse(request.file, request.text).syntax);
  for (const size of open.length === 0 ? [] : stand) {
    const sets = { ...Object.fromEntries(open.map((name) => [name, size])), ...request.sets };
    const summary = summarise(analyser, { ...request, sets });
    if (summary?.graph) return program(summary, summary.graph, bound, { size, names: open });
  }
  if (first.graph) return program(first, first.graph, bound, undefined);
  return `# ${first.unit} has sizes that are not known, so that no Keras program can be written of it yet.\n`;
}

/** Names in formulas of sizes: `T`, and `H` of `(H - 1) // 2`. */
function openSizes({ graph, inputs, layers }: Summary): readonly string[] {
  if (graph) return [];
  const formulas = [...inputs.map(({ shape }) => shape), ...layers.map(({ output }) => output)].flatMap(
    (shape) => shape ?? [],
  );
  const counts = layers.map(({ parameters }) => parameters);
  return [...new Set([...formulas, ...counts].flatMap((text) => String(text).match(/\p{L}[\p{L}\p{N}_]*/gu) ?? []))];
}

function program(
  summary: Summary,
  graph: PlanGraph,
  bound: ReadonlyMap<string, string>,
  open: { readonly size: string; readonly names: readonly string[] } | undefined,
): string {
  const writer = createWriter(graph, bound);
  const needed = neededNodes(graph);
  for (const node of graph.nodes) if (needed.has(node.id)) writer.write(node);
  const outputs = graph.outputs.map(({ name, ref, trainingOnly }) => ({ name, text: writer.text(ref), trainingOnly }));
  const used = [...writer.helpers].map((name) => `\n\n${helpers[name]}`);
  const note = open ? [`# ${open.names.join(', ')}: any size in the program; ${open.size} stands for it here.`] : [];
  const results = outputs.map(
    ({ name, text, trainingOnly }) => `    ${pythonText(name)}: ${text},${trainingOnly ? '  # while training' : ''}`,
  );
  return [
    `"""${summary.unit} as a Keras functional model."""`,
    '',
    'import keras',
    'from keras import layers, ops',
    ...used,
    ...(used.length > 0 ? ['', ''] : ['']),
    ...note,
    ...writer.lines,
    '',
    'model = keras.Model(',
    `    inputs=[${writer.inputs.join(', ')}],`,
    '    outputs={',
    ...results.map((line) => `    ${line}`),
    '    },',
    `    name=${pythonText(summary.unit)},`,
    ')',
    '',
  ].join('\n');
}

/** The nodes that the outputs need, and the inputs: a loss that is recorded beside them is no part of the model. */
function neededNodes({ nodes, outputs }: PlanGraph): ReadonlySet<number> {
  const needed = new Set(outputs.map(({ ref }) => ref.node));
  for (const node of [...nodes].reverse()) {
    if (node.op === 'input') needed.add(node.id);
    if (!needed.has(node.id)) continue;
    for (const ref of Object.values(node.inputs)) {
      for (const one of 'node' in ref ? [ref] : ref) needed.add(one.node);
    }
  }
  return needed;
}

interface Writer {
  readonly lines: readonly string[];
  readonly inputs: readonly string[];
  readonly helpers: ReadonlySet<Helper>;
  write(node: PlanNode): void;
  text(ref: Ref): string;
}

function createWriter(graph: PlanGraph, bound: ReadonlyMap<string, string>): Writer {
  const lines: string[] = [];
  const inputs: string[] = [];
  const used = new Set<Helper>();
  const names = new Map<string, number>();
  const values = new Map<number, readonly Printed[]>();
  /** The variable that holds the layer of a path, where the layer is used more than once or its weights are read. */
  const layerNames = new Map<string, string>();
  const shared = sharedPaths(graph);
  let group = '';
  let wish: string | undefined;

  const fresh = (base: string): string => {
    const wanted = identifier(base);
    const count = names.get(wanted) ?? 0;
    names.set(wanted, count + 1);
    return count === 0 ? wanted : fresh(`${wanted}_${count}`);
  };
  const page: Page = {
    // A unit that nothing flows into is a model in Keras only with an input that nobody reads.
    get anchor() {
      const [first] = inputs;
      if (first !== undefined) return first;
      const name = fresh('nothing');
      lines.push(`${name} = keras.Input((), name="nothing")`);
      inputs.push(name);
      return name;
    },
    bind(expression) {
      const name = fresh(wish ?? 'x');
      wish = undefined;
      lines.push(`${name} = ${expression}`);
      return name;
    },
    helper(name) {
      used.add(name);
      return name;
    },
    operation(key) {
      const entry = catalog.get(key);
      return entry?.kind === 'operation' ? entry : undefined;
    },
  };
  const printer = createPrinter(page);
  const valueAt = (ref: Ref): Printed => {
    const found = values.get(ref.node)?.[ref.output];
    if (!found) throw new Error('A value is read before it is printed.');
    return found;
  };
  const outputNames = new Map(graph.outputs.map(({ name, ref }) => [ref.node, name]));
  const nameOf = ({ id, place }: PlanNode): string | undefined =>
    outputNames.get(id) ?? (place.source === 0 ? bound.get(placeKey(place)) : undefined);

  /** A comment where another part of the program begins. */
  const enter = (path: string): void => {
    const inside = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (path === '' || inside === group) return;
    group = inside;
    lines.push('', `# ${inside}`);
  };

  const write = (node: PlanNode): void => {
    enter(node.path);
    const texts = (ref: Ref | readonly Ref[] | undefined): string | undefined =>
      ref === undefined || !('node' in ref) ? undefined : valueAt(ref).text;
    const read: InputTexts = Object.fromEntries(Object.entries(node.inputs).map(([name, ref]) => [name, texts(ref)]));
    wish = nameOf(node);
    values.set(node.id, valuesOf(node, read));
    wish = undefined;
  };

  const valuesOf = (node: PlanNode, read: InputTexts): readonly Printed[] => {
    if (node.op === 'input' || node.op === 'field') return [inputValue(node)];
    if (node.op === 'constant') return [constantValue(node)];
    if (node.op === 'model/Weight') return [weightValue(node)];
    // Keras' layers take at least one axis behind the batch.
    const layer = layerText(node, read);
    if (layer) return layerValues(node, layer, read);
    try {
      return primitiveValues(node);
    } catch (error) {
      if (!(error instanceof Unprintable)) throw error;
      return missingValues(node, error.message);
    }
  };

  const inputValue = (node: PlanNode): Printed => {
    const [type] = node.outputs;
    const name = fresh(String(node.settings.name));
    const dtype = type && type.dtype !== 'float32' ? `, dtype=${pythonText(type.dtype)}` : '';
    lines.push(
      `${name} = keras.Input(${pythonTuple(type?.shape ?? []).replace(',)', ',)')}${dtype}, name=${pythonText(String(node.settings.name))})`,
    );
    inputs.push(name);
    return typed(node, 0, name);
  };

  const constantValue = (node: PlanNode): Printed => {
    const [type] = node.outputs;
    const numbers = [node.settings.value].flat(9).map(Number);
    const dtype = type?.dtype === 'string' ? undefined : type?.dtype;
    return printed(printer.constant(numbers, type?.shape ?? [], dtype ?? 'float32'));
  };

  /** A weight on its own, or one of a layer that reads it, too. */
  const weightValue = (node: PlanNode): Printed => {
    const index = node.weights.weight ?? -1;
    const owner = graph.nodes.find(
      (other) => other.op !== 'model/Weight' && Object.values(other.weights).includes(index),
    );
    const own = owner && Object.entries(owner.weights).find(([, at]) => at === index)?.[0];
    const attribute = owner && own !== undefined ? weightAttribute(owner.op, own) : undefined;
    const shape = graph.weights[index]?.shape ?? [];
    if (owner && attribute !== undefined) {
      const layer = layerNames.get(owner.path) ?? constructed(owner);
      const call = `${page.helper('WeightOf')}(${layer}, ${pythonText(attribute)}, ${pythonTuple(shape)})(${page.anchor})`;
      return typed(node, 0, page.bind(call, 'weight'));
    }
    return typed(node, 0, weightText(index, node.path));
  };

  const weightText = (index: number, path: string): string => {
    const weight = graph.weights[index];
    const key = `weight ${index}`;
    const before = layerNames.get(key);
    const parts = [
      pythonTuple(weight?.shape ?? []),
      weight ? initialiserText(weight.init) : '',
      ...(weight?.trainable === false ? ['learned=False'] : []),
      `name=${pythonText(layerName(weight?.path ?? path))}`,
    ];
    const text = before ?? page.bind(`${page.helper('Weight')}(${parts.join(', ')})(${page.anchor})`, 'weight');
    layerNames.set(key, text);
    return text;
  };

  /** The layer of a node under a name of its own, since it is used again. */
  const constructed = (node: PlanNode, layer = layerText(node, {})): string => {
    const name = fresh(`${identifier(lastName(node.path))}_layer`);
    lines.push(`${name} = ${closed(layer?.layer ?? 'layers.Identity(', node.path)}`);
    layerNames.set(node.path, name);
    return name;
  };

  const layerValues = (node: PlanNode, layer: LayerText, read: InputTexts): readonly Printed[] => {
    if (layer.helper) page.helper(layer.helper);
    const isShared = shared.has(node.path);
    const callee = isShared ? (layerNames.get(node.path) ?? constructed(node, layer)) : closed(layer.layer, node.path);
    let x = read.x ?? page.anchor;
    for (const before of layer.before) x = page.bind(`${before}(${x})`);
    const more = layer.more === undefined ? '' : `, ${layer.more}`;
    const results = node.outputs.map((_, i) =>
      fresh(
        node.outputs.length === 1 && layer.after.length === 0 && !layer.activation
          ? (nameOf(node) ?? variable(node))
          : `${variable(node)}${i === 0 ? '' : '_state'}`,
      ),
    );
    lines.push(`${results.join(', ')} = ${callee}(${x}${more})`);
    let [first = ''] = results;
    for (const after of layer.after) first = page.bind(`${after}(${first})`);
    const all = node.outputs.map((_, i) => typed(node, i, i === 0 ? first : (results[i] ?? first)));
    const [value] = all;
    if (!layer.activation || !value) return all;
    wish = nameOf(node);
    return [printed(printer.activate(value, layer.activation)), ...all.slice(1)];
  };

  const primitiveValues = (node: PlanNode): readonly Printed[] => {
    const entry = page.operation(node.op);
    if (!entry) throw new Unprintable(node.op);
    const given: Record<string, Value> = {};
    let list: readonly Value[] | undefined;
    for (const [name, ref] of Object.entries(node.inputs)) {
      if ('node' in ref) given[name] = valueAt(ref);
      else list = ref.map(valueAt);
    }
    const weights = Object.fromEntries(
      Object.entries(node.weights).map(([name, index]): [string, Value] => {
        const shape = graph.weights[index]?.shape ?? [];
        const text = weightText(index, node.path);
        return [name, { text, dtype: 'float32', shape, perExample: false } as Printed];
      }),
    );
    for (const name of Object.keys(weights)) normaliseLength(name, weights);
    const result = entry.lower(printer, (list ? { ...given, list } : given) as typeof given, weights, node.settings);
    const all: readonly Value[] = Array.isArray(result) ? result : [result];
    return all.map(printed);
  };

  /** `WeightNorm`: the kernel is brought to the lengths that are learned beside it. */
  const normaliseLength = (name: string, weights: Record<string, Value>): void => {
    const [kernel, length] = [weights[name], weights[`${name}/length`]];
    if (!kernel || !length) return;
    const axes = kernel.shape.slice(0, -1).map((_, axis) => axis);
    const size = printer.unary('sqrt', printer.reduce('sum', printer.unary('square', kernel), axes, false));
    weights[name] = printer.binary('multiply', kernel, printer.binary('divide', length, size));
  };

  const missingValues = (node: PlanNode, why: string): readonly Printed[] => {
    lines.push(`# Keras has nothing for this: ${why}.`);
    const sizes = Object.values(node.weights).map((index) => pythonTuple(graph.weights[index]?.shape ?? []));
    return node.outputs.map((type, i) => {
      const weights = i === 0 && sizes.length > 0 ? `, [${sizes.join(', ')}]` : '';
      return typed(
        node,
        i,
        page.bind(`${page.helper('Missing')}(${pythonTuple(type.shape)}${weights})(${page.anchor})`),
      );
    });
  };

  return { lines, inputs, helpers: used, write, text: (ref) => asTensor(valueAt(ref), page) };
}

/** An output must be a value of the graph, also where it is a plain number. */
function asTensor(value: Printed, page: Page): string {
  return value.number === undefined ? value.text : `${page.helper('Fixed')}(ops.array(${value.text}))(${page.anchor})`;
}

/** Paths of layers that are called several times, or whose weights another node reads. */
function sharedPaths({ nodes }: PlanGraph): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  const owners = new Map<number, string>();
  for (const node of nodes) {
    if (node.path === '') continue;
    if (node.op !== 'model/Weight' && seen.has(node.path)) shared.add(node.path);
    seen.add(node.path);
    for (const index of Object.values(node.weights)) {
      const owner = owners.get(index);
      if (owner !== undefined) shared.add(owner);
      else owners.set(index, node.path);
    }
  }
  return shared;
}

function typed(node: PlanNode, index: number, text: string): Printed {
  const type = node.outputs[index];
  const dtype = type?.dtype === undefined || type.dtype === 'string' ? 'float32' : type.dtype;
  return { text, dtype, shape: type?.shape ?? [], perExample: type?.perExample ?? true };
}

/** The constructor with the layer's name. */
function closed(layer: string, path: string): string {
  if (path === '') return `${layer})`;
  return `${layer}${layer.endsWith('(') ? '' : ', '}name=${pythonText(layerName(path))})`;
}

/** `Digits/Conv2D.0` → `Digits-Conv2D_0`, `repeat.0[3]` → `repeat_0_3`: what every backend takes as a name. */
function layerName(path: string): string {
  return path.replace(/\]/gu, '').replace(/[.[]/gu, '_').replace(/\//gu, '-');
}

/** `Digits/Conv2D.0` → `conv2d`; a layer with a name of its own keeps it. */
function variable({ op, path }: PlanNode): string {
  const last = lastName(path);
  return last === '' ? snake(op.slice(op.lastIndexOf('/') + 1)) : snake(last);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\d+(?:\[\d+\])?$/u, '');
}
