/**
 * Runs one entry of the catalogue on numbers: its rule gives the types, its weights are filled, and its lowering goes
 * through the compiler and its interpreter in float64. The compiler itself throws where rule and lowering disagree on a shape.
 */
import { compile, interpret } from '../../../compiler/index.ts';
import type {
  CheckedSettings,
  OperationEntry,
  Refusal,
  RuleContext,
  RuleInputs,
} from '../../../language/catalog/entry.ts';
import { catalog } from '../../../language/catalog/index.ts';
import type { Plan, PlanNode, PlanType, PlanWeight, Ref, Settings } from '../../../language/index.ts';
import { constant, known } from '../../../language/shapes/dim.ts';
import { type Facts, type TensorType, tensor } from '../../../language/shapes/type.ts';
import type { DTypeName } from '../../../language/syntax/tree.ts';

export interface Numbers {
  /** Of one example. */
  readonly shape: readonly number[];
  /** All examples after each other (or the one value, where `constant`). */
  readonly data: readonly number[];
  readonly dtype?: DTypeName;
  readonly facts?: Facts;
  /** The same for every example: it becomes a weight, so that its gradient can be had. */
  readonly constant?: true;
}

export type Given = Readonly<Record<string, Numbers | readonly Numbers[]>>;

const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };

export function ruleContext(remarks: unknown[] = [], inData = false): RuleContext {
  return {
    because: (dim, text, from) => ({ size: dim.size, why: { text, at: undefined, from } }),
    remark: (refusal) => remarks.push(refusal),
    inData,
  };
}

export function operation(key: string): OperationEntry {
  const entry = catalog.get(key);
  if (entry?.kind !== 'operation') throw new Error(`No operation ${key}.`);
  return entry;
}

/** Settings with the entry's defaults under them. */
export function withDefaults(key: string, settings: Settings = {}): Settings {
  const entry = catalog.get(key);
  const defaults = Object.entries(entry?.settings ?? {}).flatMap(([name, def]) =>
    def.default === undefined ? [] : [[name, def.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...settings };
}

export function typeOfNumbers(value: Numbers): TensorType {
  return tensor(
    value.dtype ?? 'float32',
    value.shape.map((size) => known(size)),
    {
      perExample: !value.constant,
      ...(value.facts ? { facts: value.facts } : {}),
    },
  );
}

function ruleInputs(given: Given): RuleInputs {
  const inputs: Record<string, TensorType> = {};
  let list: readonly TensorType[] | undefined;
  for (const [name, value] of Object.entries(given)) {
    if (isMany(value)) list = value.map(typeOfNumbers);
    else inputs[name] = typeOfNumbers(value);
  }
  return (list ? { ...inputs, list } : inputs) as RuleInputs;
}

/** What the rule says. */
export function rule(key: string, given: Given, settings: Settings = {}, remarks: unknown[] = []) {
  const found = operation(key).result(
    ruleInputs(given),
    withDefaults(key, settings) as CheckedSettings,
    ruleContext(remarks),
  );
  return found as readonly TensorType[] | Refusal;
}

export function refusalOf(key: string, given: Given, settings: Settings = {}): Refusal {
  const found = rule(key, given, settings);
  if (Array.isArray(found)) throw new Error(`${key} was accepted: ${JSON.stringify(found)}`);
  return found as Refusal;
}

export function shapesOf(key: string, given: Given, settings: Settings = {}): readonly (readonly number[])[] {
  return typesOf(key, given, settings).map((type) => type.shape);
}

function typesOf(key: string, given: Given, settings: Settings): readonly PlanType[] {
  const found = rule(key, given, settings);
  if (!Array.isArray(found)) throw new Error(`${key} refused: ${JSON.stringify((found as Refusal).message)}`);
  return (found as readonly TensorType[]).map((type) => ({
    dtype: type.dtype ?? 'float32',
    shape: type.shape!.map((dim) => constant(dim)!),
    perExample: type.perExample,
  }));
}

/** Shapes of the entry's weights by name. */
export function weightShapes(
  key: string,
  given: Given,
  settings: Settings = {},
): Readonly<Record<string, readonly number[]>> {
  const defs = operation(key).weights?.(ruleInputs(given), withDefaults(key, settings) as CheckedSettings) ?? {};
  return Object.fromEntries(Object.entries(defs).map(([name, def]) => [name, def.shape.map((dim) => constant(dim)!)]));
}

export interface Run {
  readonly settings?: Settings;
  /** By name; left out: small seeded numbers. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly batch?: number;
  readonly training?: boolean;
  readonly seed?: number;
  /** Applied to named inputs first: `{ x: 'model/softmax' }`. */
  readonly through?: Readonly<Record<string, string>>;
  /** Drawn numbers, where the entry draws. */
  readonly random?: (size: number) => readonly number[];
}

export interface Ran {
  readonly outputs: readonly (readonly number[])[];
  /** Of the mean over the batch of the first output's sum with `slope`, by weight and constant input. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly moved: Readonly<Record<string, readonly number[]>>;
}

/** The numbers that come out. */
export function apply(key: string, given: Given, run: Run = {}): Ran {
  const settings = withDefaults(key, run.settings);
  const batch = run.batch ?? 2;
  const made = planOf(key, given, settings, run);
  const compiled = compile(made.plan);
  const fed = (program: ReturnType<typeof compiled.lower>) => {
    const inputs: Record<string, ArrayLike<number>> = {};
    for (const input of program.inputs) {
      const size = input.tensor.shape.reduce((a, c) => a * c, 1);
      if (input.kind === 'field') inputs[`field ${input.name}`] = made.fields[input.name]!;
      else if (input.kind === 'weight') inputs[`weight ${input.name}`] = made.weights[input.name]!;
      else if (input.kind === 'random') {
        inputs[`random ${input.name}`] = run.random?.(size) ?? numbers(size, 99).map((x) => Math.abs(x) % 1);
      }
    }
    return interpret(program, inputs).map((array) => Array.from(array.data));
  };
  const program = compiled.lower(run.training ? 'train' : 'predict', batch, { update: 'outside' });
  const outputs = run.training ? [] : fed(program);
  const trained = compiled.lower('train', batch, { update: 'outside' });
  const gradients: Record<string, readonly number[]> = {};
  const moved: Record<string, readonly number[]> = {};
  let loss: readonly number[] = [];
  fed(trained).forEach((data, i) => {
    const output = trained.outputs[i]!;
    if (output.kind === 'gradient') gradients[output.name.replace('Test/', '')] = data;
    else if (output.kind === 'weight') moved[output.name.replace('Test/', '')] = data;
    else if (output.kind === 'loss') loss = data;
  });
  return { outputs: run.training ? [loss] : outputs, gradients, weights: made.weights, moved };
}

/** A loss or metric-like entry: its value over the batch. */
export function lossOf(key: string, given: Given, run: Run = {}): number {
  const settings = withDefaults(key, run.settings);
  const made = planOf(key, given, settings, run);
  const program = compile(made.plan).lower('evaluate', run.batch ?? 2);
  const inputs: Record<string, ArrayLike<number>> = {};
  for (const input of program.inputs) {
    inputs[`${input.kind} ${input.name}`] = (input.kind === 'field' ? made.fields : made.weights)[input.name]!;
  }
  return interpret(program, inputs)[0]!.data[0]!;
}

/** The sums that a metric keeps of one batch. */
export function metricSums(
  key: string,
  given: Given,
  run: Run = {},
  mode: 'train' | 'evaluate' = 'evaluate',
): readonly number[] {
  const made = planOf(key, given, withDefaults(key, run.settings), run);
  const program = compile(made.plan).lower(mode, run.batch ?? 2);
  const inputs: Record<string, ArrayLike<number>> = {};
  for (const input of program.inputs) inputs[`${input.kind} ${input.name}`] = made.fields[input.name]!;
  const results = interpret(program, inputs).map((array) => Array.from(array.data));
  return results.filter((_, i) => program.outputs[i]!.kind === 'metric').flat();
}

interface Made {
  readonly plan: Plan;
  readonly fields: Readonly<Record<string, readonly number[]>>;
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

function planOf(key: string, given: Given, settings: Settings, run: Run): Made {
  const nodes: PlanNode[] = [];
  const weights: PlanWeight[] = [];
  const fields: Record<string, readonly number[]> = {};
  const data: Record<string, readonly number[]> = {};
  const push = (node: Partial<PlanNode> & Pick<PlanNode, 'op' | 'outputs'>): Ref => {
    nodes.push({ id: nodes.length, inputs: {}, settings: {}, weights: {}, path: 'Test/x.0', place, ...node });
    return { node: nodes.length - 1, output: 0 };
  };
  const weight = (name: string, shape: readonly number[], values: readonly number[], trainable = true): number => {
    weights.push({ path: `Test/${name}`, shape, init: { call: 'initialiser/zeros', settings: {} }, trainable });
    data[`Test/${name}`] = values;
    return weights.length - 1;
  };
  const feed = (name: string, value: Numbers): Ref => {
    const outputs = [{ dtype: value.dtype ?? 'float32', shape: value.shape, perExample: !value.constant }] as const;
    if (!value.constant) {
      fields[name] = value.data;
      return push({ op: 'input', settings: { name }, outputs });
    }
    const index = weight(`in/${name}`, value.shape, value.data);
    return push({
      op: 'model/Weight',
      settings: withDefaults('model/Weight', { shape: value.shape }),
      weights: { weight: index },
      outputs,
    });
  };
  const through = (name: string, ref: Ref): Ref => {
    const op = run.through?.[name];
    if (op === undefined) return ref;
    const outputs = nodes[ref.node]!.outputs;
    return push({ op, inputs: { x: ref }, settings: withDefaults(op), outputs });
  };
  const inputs: Record<string, Ref | readonly Ref[]> = {};
  for (const [name, value] of Object.entries(given)) {
    inputs[isMany(value) ? 'list' : name] = isMany(value)
      ? value.map((one, i) => feed(`${name}${i}`, one))
      : through(name, feed(name, value));
  }
  if (key.startsWith('metric/')) {
    const refs = inputs as Readonly<Record<string, Ref>>;
    const metric = { name: 'metric', op: key, inputs: refs, settings, direction: 'max', place } as const;
    return { fields, weights: data, plan: aroundGraph(nodes, weights, [], undefined, [metric], run) };
  }
  const shapes = weightShapes(key, given, settings);
  const defs = operation(key).weights?.(ruleInputs(given), settings as CheckedSettings) ?? {};
  const own: Record<string, number> = {};
  for (const [i, [name, shape]] of Object.entries(shapes).entries()) {
    const size = shape.reduce((a, c) => a * c, 1);
    const positive = name === 'variance';
    const values =
      run.weights?.[name] ??
      numbers(size, (run.seed ?? 1) * 31 + i).map((x) => (positive ? 0.5 + Math.abs(x) : x * 0.5));
    own[name] = weight(name, shape, values, defs[name]!.trainable);
  }
  const outputs = typesOf(key, given, settings);
  const node = push({ op: key, inputs, settings, weights: own, outputs });
  const results = outputs.map((_, output) => ({ node: node.node, output }));
  const isLoss = key.startsWith('loss/');
  const loss = isLoss ? node : sumOf(node, outputs[0]!, push);
  const outs = results.map((ref, i) => ({ name: `out${i}`, ref, trainingOnly: false }));
  return { fields, weights: data, plan: aroundGraph(nodes, weights, outs, loss, [], run) };
}

function aroundGraph(
  nodes: readonly PlanNode[],
  weights: readonly PlanWeight[],
  outputs: Plan['graph']['outputs'],
  loss: Ref | undefined,
  metrics: Plan['metrics'],
  run: Run,
): Plan {
  const inputs = nodes.flatMap((n) => (n.op === 'input' ? [{ name: String(n.settings.name), node: n.id }] : []));
  return {
    version: 1,
    action: 'train',
    file: 'test.model',
    declaration: 'Test',
    title: 'Test',
    model: { name: 'Test', args: {} },
    sources: [],
    graph: { nodes, weights, inputs, outputs },
    data: {
      name: 'None',
      title: 'None',
      args: {},
      source: { call: 'source/idx', settings: {}, place },
      nodes: [],
      fields: [],
      validation: 0,
      test: 0,
      shuffle: false,
      seed: 0,
      place,
    },
    loss,
    metrics,
    train: {
      optimizer: { call: 'optimizer/SGD', settings: withDefaults('optimizer/SGD') },
      epochs: 1,
      steps: undefined,
      batch: run.batch ?? 2,
      clip: undefined,
      stop: undefined,
      save: [],
      validateEvery: undefined,
      seed: 0,
      places: {},
    },
    expect: [],
    run: undefined,
    place,
  };
}

/** Σ of the result weighed by 1, 2, 3, …: a loss whose gradient tells every place apart. */
function sumOf(
  ref: Ref,
  type: PlanType,
  push: (node: Partial<PlanNode> & Pick<PlanNode, 'op' | 'outputs'>) => Ref,
): Ref {
  const size = type.shape.reduce((a, c) => a * c, 1);
  const slopes = push({
    op: 'constant',
    settings: { value: nested(type.shape, slope(size)) },
    outputs: [{ dtype: 'float32', shape: type.shape, perExample: false }],
  });
  const float = { dtype: 'float32', shape: type.shape, perExample: type.perExample } as const;
  const decimal = type.dtype === 'float32' ? ref : undefined;
  if (!decimal) {
    return push({
      op: 'constant',
      settings: { value: 0 },
      outputs: [{ dtype: 'float32', shape: [], perExample: false }],
    });
  }
  const product = push({ op: 'operator/*', inputs: { a: decimal, b: slopes }, outputs: [float] });
  return push({
    op: 'model/sum',
    inputs: { x: product },
    settings: withDefaults('model/sum'),
    outputs: [{ dtype: 'float32', shape: [], perExample: type.perExample }],
  });
}

export function slope(size: number): number[] {
  return Array.from({ length: size }, (_, i) => 1 + (i % 7) * 0.25);
}

function nested(shape: readonly number[], flat: readonly number[]): never {
  // Plans hold constants as nested lists; a scalar is a number.
  if (shape.length === 0) return flat[0] as never;
  const [first = 1, ...rest] = shape;
  const size = flat.length / first;
  return Array.from({ length: first }, (_, i) => nested(rest, flat.slice(i * size, (i + 1) * size))) as never;
}

/** Seeded numbers, roughly normal. */
export function numbers(size: number, seed = 1): number[] {
  let state = (seed * 2654435761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
  return Array.from({ length: size }, () => Math.round((next() + next() + next() + next() - 2) * 1.7 * 1e4) / 1e4);
}

function isMany(value: Numbers | readonly Numbers[]): value is readonly Numbers[] {
  return Array.isArray(value);
}
