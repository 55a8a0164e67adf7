/**
 * Writes a saved network out: `Pretrained` becomes the layers that its file holds, with their own shapes, weights and paths
 * below its own, so that everything else (counting, freezing, lowering) takes them as layers of the program.
 */
import { isCall } from '../catalog/checked.ts';
import type {
  CheckedSettings,
  CheckedValue,
  OperationEntry,
  RuleContext,
  RuleInputs,
  SettingDef,
  WeightDef,
} from '../catalog/entry.ts';
import { catalog } from '../catalog/index.ts';
import { isRefusal } from '../catalog/refuse.ts';
import type { NetworkHeader } from '../data/network.ts';
import { FROM_FILE, NETWORK_INPUT, type NetworkGraph, type NetworkStep } from '../data/network-graph.ts';
import type { Ref } from '../plan/plan.ts';
import { known } from '../shapes/dim.ts';
import { type TensorType, tensor } from '../shapes/type.ts';
import { tellNotYet } from './checked-only.ts';
import { countWeights, type Frame, join, parentOf, place, surroundings } from './frame.ts';
import type { Site } from './layer.ts';
import { modelBeside } from './network-model.ts';
import { reportAt } from './report.ts';
import { type TensorValue, tensorValue, unknownValue, type Value } from './value.ts';

/** Where the network is used. */
export interface NetworkUse {
  readonly settings: CheckedSettings;
  readonly x: TensorValue | undefined;
  readonly site: Site;
  readonly path: string;
  readonly frame: Frame;
}

/** What comes out; undefined where the file is not known (yet), so that the layer stays one of unknown weights. */
export function networkValue(use: NetworkUse): Value | undefined {
  const { settings, x, site, frame } = use;
  const { file } = settings;
  if (typeof file !== 'string' || !x) return undefined;
  const found = frame.session.program.header(site.frame.chunk.file, file, { kind: 'network' });
  if (!found?.ok || found.value.kind !== 'network') return undefined;
  const { graph } = found.value;
  const end = graph && endOf(found.value, graph, settings);
  if (graph === undefined && /\.safetensors$/iu.test(file)) {
    const beside = modelBeside(use, file);
    if (beside !== undefined) return beside;
  }
  if (graph === undefined || end === undefined) {
    tellNotYet(`Pretrained(${JSON.stringify(file)})`, place(site.frame, site.callee), site.frame);
    return undefined;
  }
  return writtenOut(graph, end, x, use);
}

function endOf(network: NetworkHeader, graph: NetworkGraph, { output }: CheckedSettings): number | undefined {
  const name = typeof output !== 'string' || output === 'last' ? network.last : output;
  return name === undefined ? undefined : graph.ends[name];
}

function writtenOut(graph: NetworkGraph, end: number, x: TensorValue, use: NetworkUse): Value {
  const values = new Map<number, readonly TensorValue[]>([[NETWORK_INPUT, [x]]]);
  for (const index of neededFor(graph, end)) {
    const step = graph.steps[index];
    const made = step?.op === 'input' ? [x] : step && stepValues(step, values, use);
    if (made === undefined) return unknownValue;
    values.set(index, made);
  }
  return values.get(end)?.[0] ?? unknownValue;
}

/** The steps that a step depends on, in their order. */
function neededFor({ steps }: NetworkGraph, end: number): readonly number[] {
  const wanted = new Set<number>();
  const stack = [end];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === NETWORK_INPUT || wanted.has(at)) continue;
    wanted.add(at);
    stack.push(...(steps[at]?.inputs ?? []));
  }
  return [...wanted].sort((a, b) => a - b);
}

/** Undefined: refused, and reported. */
function stepValues(
  step: NetworkStep,
  values: ReadonlyMap<number, readonly TensorValue[]>,
  use: NetworkUse,
): readonly TensorValue[] | undefined {
  if (step.op === 'constant') return [constantValue(step, use)];
  const entry = catalog.get(step.op);
  const given = step.inputs.flatMap((index, i): Given[] => {
    const value = values.get(index)?.[step.results?.[i] ?? 0];
    return value ? [{ name: step.names?.[i], value }] : [];
  });
  const settable = Object.keys(entry?.kind === 'operation' ? entry.settings : {});
  const isWhole =
    given.length === step.inputs.length && Object.keys(step.settings).every((name) => settable.includes(name));
  if (entry?.kind !== 'operation' || !isWhole) return refuseLayer(step, use);
  const inputs = ordered(entry, given);
  const settings = filled(entry.settings, step.settings);
  const types = ruleInputs(inputs);
  const result = entry.result(types, settings, quiet);
  if (isRefusal(result)) return refuseLayer(step, use);
  const weights = ownWeights(entry, types, settings, step, use);
  // What its file has beside the entry's own weights makes another layer of it (`WeightNorm { … }`).
  if (Object.keys(step.weights).some((name) => !Object.hasOwn(weights, name))) return refuseLayer(step, use);
  countWeights(use.frame.tally, Object.values(weights));
  const refs = record(step, inputs, { settings, weights, types: result }, use);
  return result.map((type, i) => tensorValue(type, refs[i]));
}

interface Given {
  readonly name: string | undefined;
  readonly value: TensorValue;
}

/** By the entry's input names; a list for the one that takes any number. */
type Inputs = ReadonlyMap<string, TensorValue | readonly TensorValue[]>;

function ordered(entry: OperationEntry, given: readonly Given[]): Inputs {
  const inputs = new Map<string, TensorValue | readonly TensorValue[]>();
  const many = entry.inputs.find((input) => input.many !== undefined)?.name;
  const list = given.filter(({ name }, i) => (name ?? many ?? entry.inputs[i]?.name) === many);
  if (many !== undefined) {
    inputs.set(
      many,
      list.map(({ value }) => value),
    );
  }
  for (const [i, one] of given.entries()) {
    if (!list.includes(one)) inputs.set(one.name ?? entry.inputs[i]?.name ?? 'x', one.value);
  }
  return inputs;
}

function constantValue({ type, settings }: NetworkStep, { site, frame }: NetworkUse): TensorValue {
  const dtype = type?.dtype === 'int32' || type?.dtype === 'bool' ? type.dtype : 'float32';
  const made = tensor(
    dtype,
    (type?.shape ?? []).map((size) => known(size)),
    { perExample: false, facts: { literal: true } },
  );
  const at = place(site.frame, site.node);
  const base = { op: 'constant', inputs: {}, settings, weights: {}, outputs: [made], path: '', place: at };
  return tensorValue(made, frame.session.recorder?.node(base)[0]);
}

function refuseLayer({ layer, unread, op }: NetworkStep, { site, settings }: NetworkUse): undefined {
  const values = { file: String(settings.file), layer, kind: unread ?? op.replace('model/', '') };
  reportAt(site.frame, place(site.frame, site.callee), { message: { key: 'argument/network-layer', values } });
}

/** Inside a network there is nobody to tell hints to. */
const quiet: RuleContext = { because: (dim) => dim, remark: () => undefined };

function ruleInputs(inputs: Inputs): RuleInputs {
  const named: Record<string, TensorType> = {};
  let list: readonly TensorType[] | undefined;
  for (const [name, value] of inputs) {
    if (isList(value)) list = value.map(({ type }) => type);
    else named[name] = value.type;
  }
  return list ? ({ ...named, list } as RuleInputs) : named;
}

function isList(value: TensorValue | readonly TensorValue[]): value is readonly TensorValue[] {
  return Array.isArray(value);
}

function ownWeights(
  entry: OperationEntry,
  types: RuleInputs,
  settings: CheckedSettings,
  step: NetworkStep,
  use: NetworkUse,
): Readonly<Record<string, WeightDef>> {
  const { file, trainable } = use.settings;
  const defs = Object.entries(entry.weights?.(types, settings) ?? {});
  return Object.fromEntries(
    defs.map(([name, def]): [string, WeightDef] => {
      const from = step.weights[name];
      const init = from && { call: FROM_FILE, settings: { file: file ?? null, ...from } };
      return [
        name,
        { ...def, ...(init ? { init } : {}), trainable: def.trainable && trainable !== false && step.frozen !== true },
      ];
    }),
  );
}

function record(
  step: NetworkStep,
  inputs: Inputs,
  made: {
    readonly settings: CheckedSettings;
    readonly weights: Readonly<Record<string, WeightDef>>;
    readonly types: readonly TensorType[];
  },
  { site, path, frame, settings: own }: NetworkUse,
): readonly Ref[] {
  const { recorder } = frame.session;
  const refs: Record<string, Ref | readonly Ref[]> = {};
  for (const [name, value] of inputs) {
    const list = isList(value) ? value : [value];
    const found = list.flatMap(({ ref }) => ref ?? []);
    if (found.length < list.length) return [];
    const [first] = found;
    if (isList(value)) refs[name] = found;
    else if (first) refs[name] = first;
  }
  if (!recorder) return [];
  const at = place(site.frame, site.node);
  const layer = step.layer === '' ? '' : join(path, step.layer);
  const box = join(surroundings(frame.naming), path.slice(path.lastIndexOf('/') + 1));
  const weights = Object.entries(made.weights).map(([name, def]): [string, number] => [
    name,
    recorder.weight(join(layer, name), def, at),
  ]);
  return recorder.node({
    op: step.op,
    inputs: refs,
    settings: made.settings,
    weights: Object.fromEntries(weights),
    outputs: made.types,
    path: layer,
    within: step.layer === '' ? box : parentOf(join(box, step.layer)),
    place: at,
    ...(own.trainable === false || step.frozen ? { frozen: true as const } : {}),
  });
}

/** Settings with the defaults of those that were not given. */
function filled(defs: Readonly<Record<string, SettingDef>>, given: CheckedSettings): CheckedSettings {
  return Object.fromEntries(
    Object.entries(defs).map(([name, def]): [string, CheckedValue] => {
      const value = given[name] ?? (def.default as CheckedValue | undefined) ?? null;
      if (!isCall(value)) return [name, value];
      const entry = catalog.get(value.call);
      return [name, entry ? { call: value.call, settings: filled(entry.settings, value.settings) } : value];
    }),
  );
}
