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
import type { TensorType } from '../shapes/type.ts';
import { tellNotYet } from './checked-only.ts';
import { countWeights, type Frame, join, place } from './frame.ts';
import type { Site } from './layer.ts';
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
  const values = new Map<number, TensorValue>([[NETWORK_INPUT, x]]);
  for (const index of neededFor(graph, end)) {
    const step = graph.steps[index];
    const value = step && stepValue(step, values, use);
    if (value === undefined) return unknownValue;
    values.set(index, value);
  }
  return values.get(end) ?? unknownValue;
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
function stepValue(
  step: NetworkStep,
  values: ReadonlyMap<number, TensorValue>,
  use: NetworkUse,
): TensorValue | undefined {
  const entry = catalog.get(step.op);
  const inputs = step.inputs.flatMap((index) => values.get(index) ?? []);
  if (entry?.kind !== 'operation' || inputs.length < step.inputs.length) return refuseLayer(step, use);
  const settings = filled(entry.settings, step.settings);
  const types = ruleInputs(entry, inputs);
  const result = entry.result(types, settings, quiet);
  if (isRefusal(result)) return refuseLayer(step, use);
  const [type] = result;
  if (type === undefined) return undefined;
  const weights = ownWeights(entry, types, settings, step, use);
  countWeights(use.frame.tally, Object.values(weights));
  return tensorValue(type, record(entry, step, inputs, { settings, weights, type }, use));
}

function refuseLayer({ layer, unread, op }: NetworkStep, { site, settings }: NetworkUse): undefined {
  const values = { file: String(settings.file), layer, kind: unread ?? op.replace('model/', '') };
  reportAt(site.frame, place(site.frame, site.callee), { message: { key: 'argument/network-layer', values } });
}

/** Inside a network there is nobody to tell hints to. */
const quiet: RuleContext = { because: (dim) => dim, remark: () => undefined };

function ruleInputs(entry: OperationEntry, inputs: readonly TensorValue[]): RuleInputs {
  const types = inputs.map(({ type }) => type);
  const named: Record<string, TensorType> = {};
  if (entry.inputs.some(({ many }) => many !== undefined)) {
    const list: readonly TensorType[] = types;
    return { ...named, list } as RuleInputs;
  }
  for (const [i, type] of types.entries()) named[entry.inputs[i]?.name ?? 'x'] = type;
  return named;
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
      return [name, { ...def, ...(init ? { init } : {}), trainable: def.trainable && trainable !== false }];
    }),
  );
}

function record(
  entry: OperationEntry,
  step: NetworkStep,
  inputs: readonly TensorValue[],
  made: {
    readonly settings: CheckedSettings;
    readonly weights: Readonly<Record<string, WeightDef>>;
    readonly type: TensorType;
  },
  { site, path, frame, settings: own }: NetworkUse,
): Ref | undefined {
  const { recorder } = frame.session;
  const refs = inputs.flatMap(({ ref }) => ref ?? []);
  if (!recorder || refs.length < inputs.length) return undefined;
  const at = place(site.frame, site.node);
  const layer = join(path, step.layer);
  const weights = Object.entries(made.weights).map(([name, def]): [string, number] => [
    name,
    recorder.weight(join(layer, name), def, at),
  ]);
  const isMany = entry.inputs.some(({ many }) => many !== undefined);
  const named = refs.map((ref, i): [string, Ref] => [entry.inputs[i]?.name ?? 'x', ref]);
  const [ref] = recorder.node({
    op: step.op,
    inputs: isMany ? { list: refs } : Object.fromEntries(named),
    settings: made.settings,
    weights: Object.fromEntries(weights),
    outputs: [made.type],
    path: layer,
    place: at,
    ...(own.trainable === false ? { frozen: true as const } : {}),
  });
  return ref;
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
