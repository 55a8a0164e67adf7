/**
 * Runs the rule of an entry on what was bound: its refusals and remarks become problems, its weights are counted and
 * recorded, and the result's types become values. A rule that throws gives an unknown value, and tests hear of it.
 */
import type { CheckedSettings, Refusal, RuleContext, RuleInputs, RuleResult, WeightDef } from '../catalog/entry.ts';
import { isRefusal } from '../catalog/refuse.ts';
import type { Ref } from '../plan/plan.ts';
import type { Fix, Place } from '../problem.ts';
import { unknown } from '../shapes/dim.ts';
import type { Shape, TensorType } from '../shapes/type.ts';
import type { Span } from '../syntax/tree.ts';
import { adviseCall } from './advice/call.ts';
import { noting } from './assumed.ts';
import type { BoundCall } from './bind-inputs.ts';
import { startsLower } from './call.ts';
import type { CallFact } from './checked.ts';
import { tellCheckedOnly } from './checked-only.ts';
import { checkComparedText } from './compared-text.ts';
import { batchAxisFix } from './fixes/batch-axis.ts';
import { maskFixes } from './fixes/mask.ts';
import { sequencesFix } from './fixes/sequences.ts';
import { reshapeFix, sizeFixes } from './fixes/size.ts';
import { addTally, countWeights, type Frame, join, nextPath, once, place, surroundings } from './frame.ts';
import type { AppliedEntry, Site } from './layer.ts';
import { reportLayerInLoss } from './layer-in-loss.ts';
import { checkCell, checkCells } from './missing-cells.ts';
import { networkValue } from './network.ts';
import { reportRefusal } from './report.ts';
import { seenSettings } from './seen-settings.ts';
import { reportSwapped } from './swapped.ts';
import { type TensorValue, tensorValue, unknownValue, type Value } from './value.ts';

type Runnable = Exclude<AppliedEntry, { kind: 'combinator' }>;

/** What a rule is asked with, besides the entry. `spans` says where a part of the call stands. */
export function runEntry(entry: Runnable, site: Site, call: BoundCall, frame: Frame): Value {
  const inputs = ruleInputs(call.inputs);
  const fact = site.frame.facts && factOf(entry, call.bound, call.settings, inputs);
  if (fact) site.frame.facts?.calls.set(site.node, fact);
  // The path is taken even where the call has errors, so that its neighbours keep theirs.
  const path = entryPath(entry, frame);
  if (!call.ok || call.unknownInput) {
    if (entry.kind === 'operation' && entry.weights) addTally(frame.tally, { parameters: unknown, trainable: unknown });
    return unknownValue;
  }
  if (reportSwapped(entry, site, inputs) || reportLayerInLoss(entry, site, frame)) return unknownValue;
  const ask: Ask = { site, spans: (part) => spanOf(site, call, part), inData: frame.places[0] === 'data' };
  if (ask.inData && !checkCells(entry, site, call, frame)) return unknownValue;
  const result = askRule(entry, inputs, call.settings, ask, frame);
  if (!result) return unknownValue;
  tellCheckedOnly(entry, place(site.frame, site.callee), site.frame);
  if (entry.name === 'Pretrained' && entry.place === 'model') {
    const x = call.inputs.get('x');
    const network = networkValue({ settings: call.settings, x: isTensor(x) ? x : undefined, site, path, frame });
    if (network !== undefined) {
      if (fact && network.kind === 'tensor') fact.results = [network.type];
      return network;
    }
  }
  const weights = entry.kind === 'operation' ? weightsOf(entry, inputs, call.settings, frame) : {};
  countWeights(frame.tally, Object.values(weights));
  if (frame.naming.self) frame.session.sharedWeights.set(path, weights);
  if (fact) {
    fact.results = result;
    fact.weights = Object.entries(weights).map(([name, { shape, trainable }]) => ({ name, shape, trainable }));
  }
  noteOverMap(entry, site, inputs, frame);
  adviseCall({ entry, site, inputs, settings: call.settings, results: result, spanOf: ask.spans }, frame);
  if (Object.hasOwn(call.settings, 'padding'))
    frame.session.windows.push({ name: entry.name, site, spanOf: ask.spans });
  const refs = record(entry, call, result, weights, path, site, frame);
  const values = result.map((type, index) => tensorValue(type, refs[index]));
  const names = entry.kind === 'metric' ? undefined : entry.results;
  if (values.length === 1) return values[0] ?? unknownValue;
  return { kind: 'tuple', items: values.map((value, index) => ({ name: names?.[index], value })) };
}

/** A fact that is completed while its call is checked. */
type GrowingFact = { -readonly [Key in keyof CallFact]: CallFact[Key] };

/** Only readers of settings need them in their own form: most calls of a long program are never asked. */
function factOf(entry: Runnable, bound: CallFact['bound'], settings: CheckedSettings, inputs: RuleInputs): GrowingFact {
  let seen: CallFact['settings'] | undefined;
  return {
    callee: { kind: 'entry', entry },
    bound,
    get settings() {
      seen ??= seenSettings(settings);
      return seen;
    },
    inputs,
    results: [],
    weights: [],
  };
}

interface Ask {
  readonly site: Site;
  readonly spans: (part: Refusal['at']) => Place;
  readonly inData: boolean;
}

/** The types that an entry's rule gives; undefined where it refused (reported) or failed. */
function askRule(
  entry: Runnable,
  inputs: RuleInputs,
  settings: CheckedSettings,
  ask: Ask,
  frame: Frame,
): readonly TensorType[] | undefined {
  const { site } = ask;
  const context: RuleContext = {
    because: (dim, text, from) => ({ size: dim.size, why: { text, at: place(site.frame, site.node), from } }),
    remark: (refusal) => {
      const more = frame.session.moreFixes?.(refusal, site) ?? maskFixes(refusal, site);
      reportRefusal(site, refusal, ask.spans, more);
    },
    inData: ask.inData,
    header: (path, wish = {}) => frame.session.program.header(site.frame.chunk.file, path, wish),
  };
  let result: RuleResult;
  try {
    result = noting(site, () => entry.result(inputs, settings, context));
  } catch (error) {
    frame.session.crashes.push(`${entry.place}/${entry.name}: ${String(error)}`);
    return undefined;
  }
  if (!isRefusal(result)) return result as readonly TensorType[];
  if (!frame.session.intercept?.(result, site) && isFirstOfPair(entry, result, site)) {
    const fix = sequencesFix(result, frame) ?? withoutBatch(entry, inputs, settings, result, context, frame);
    const fixes = fix ? [fix] : [...sizeFixes(result, site, inputs, frame), ...reshapeFix(result, site)];
    reportRefusal(site, result, ask.spans, fixes.length > 0 ? fixes : frame.session.moreFixes?.(result, site));
  }
  return undefined;
}

/** Refusals of a prediction and a truth that lie in the two, whoever compares them. */
const OF_THE_PAIR: ReadonlySet<string> = new Set(['loss/shapes', 'loss/class-probabilities', 'loss/class-numbers']);

/** A loss and its metrics compare the same two: what does not fit is told once. */
function isFirstOfPair(entry: Runnable, { message }: Refusal, site: Site): boolean {
  if ((entry.place !== 'loss' && entry.place !== 'metric') || !OF_THE_PAIR.has(message.key)) return true;
  const [first, second] = site.args.filter(({ arg }) => !arg.name).map(({ arg }) => arg.value);
  if (!first || !second) return true;
  const { text } = site.frame.chunk;
  return once(site.frame, `pair ${text.slice(first.start, first.end)}, ${text.slice(second.start, second.end)}`);
}

/** The fix for a batch axis that the model's input should not have. */
function withoutBatch(
  entry: Runnable,
  inputs: RuleInputs,
  settings: CheckedSettings,
  refusal: Refusal,
  context: RuleContext,
  frame: Frame,
): Fix | undefined {
  const { x } = inputs;
  if (refusal.refused !== 'shape/rank' || !x) return undefined;
  const accepts = (shape: Shape) => {
    const fewer: RuleInputs = Object.assign({ ...inputs }, { x: { ...x, shape } });
    return !isRefusal(entry.result(fewer, settings, { ...context, remark() {} }));
  };
  return batchAxisFix(x.shape, accepts, refusal.fixes.length === 0, frame);
}

function ruleInputs(inputs: BoundCall['inputs']): RuleInputs {
  const named: Record<string, TensorType> = {};
  let list: readonly TensorType[] | undefined;
  for (const [name, value] of inputs) {
    if (isList(value)) list = value.map((item) => item.type);
    else named[name] = value.type;
  }
  return list ? ({ ...named, list } as RuleInputs) : named;
}

function isTensor(value: TensorValue | readonly TensorValue[] | undefined): value is TensorValue {
  return value !== undefined && !isList(value);
}

function isList(value: TensorValue | readonly TensorValue[]): value is readonly TensorValue[] {
  return Array.isArray(value);
}

function weightsOf(
  entry: Extract<Runnable, { kind: 'operation' }>,
  inputs: RuleInputs,
  settings: CheckedSettings,
  frame: Frame,
): Readonly<Record<string, WeightDef>> {
  try {
    return entry.weights?.(inputs, settings) ?? {};
  } catch (error) {
    frame.session.crashes.push(`${entry.place}/${entry.name} weights: ${String(error)}`);
    return {};
  }
}

/** Layers and what draws by chance have a path; a plain function has none. */
function entryPath(entry: Runnable, frame: Frame): string {
  if (entry.kind !== 'operation' || entry.place !== 'model') return '';
  if (startsLower(entry.name) && !entry.random) return '';
  return frame.naming.self ? frame.naming.path : nextPath(frame.naming, entry.name);
}

function record(
  entry: Runnable,
  call: BoundCall,
  outputs: readonly TensorType[],
  weights: Readonly<Record<string, WeightDef>>,
  path: string,
  site: Site,
  frame: Frame,
): readonly Ref[] {
  const { recorder } = frame.session;
  if (!recorder) return [];
  const refs: Record<string, Ref | readonly Ref[]> = {};
  for (const [name, value] of call.inputs) {
    const list = isList(value) ? value : [value];
    const found = list.flatMap((item) => (item.ref ? [item.ref] : []));
    if (found.length < list.length) return [];
    const [first] = found;
    if (isList(value)) refs[name] = found;
    else if (first) refs[name] = first;
  }
  const at = place(site.frame, site.node);
  const indices: Record<string, number> = {};
  for (const [name, def] of Object.entries(weights)) indices[name] = recorder.weight(join(path, name), def, at);
  return recorder.node({
    op: `${entry.place}/${entry.name}`,
    inputs: refs,
    settings: call.settings,
    weights: indices,
    outputs,
    path,
    within: surroundings(frame.naming),
    place: at,
  });
}

/** Remembers a `Dense` over the positions of a map, which a loss may later find wanting (`shape/missing-flatten`). */
function noteOverMap(entry: Runnable, site: Site, inputs: RuleInputs, frame: Frame): void {
  const { x } = inputs;
  if (entry.name !== 'Dense' || entry.place !== 'model' || !x?.shape || x.shape.length < 2) return;
  frame.session.overMaps.push({ site, input: x });
}

/** Where a part of a call stands: the argument, or the callee where it flowed in or was left out. */
function spanOf(site: Site, call: BoundCall, part: Refusal['at']): Place {
  const callee = place(site.frame, site.callee);
  const argument = (name: string) => {
    const one = call.inputArgs.get(name) ?? call.given.get(name);
    return one && place(one.frame, one.arg.value);
  };
  switch (part.part) {
    case 'callee':
      return callee;
    case 'call':
      return place(site.frame, site.node);
    case 'setting':
    case 'input':
      return argument(part.name) ?? callee;
  }
}

/** Runs an operator: its operands are its inputs in order. */
export function runOperator(
  entry: Runnable,
  site: Site,
  operands: readonly { readonly value: TensorValue; readonly at: Span }[],
  settings: CheckedSettings,
  frame: Frame,
): Value {
  if (entry.place === 'model' && frame.places[0] !== 'data') frame.session.moving.add(entry.name);
  const names = entry.inputs.map((input) => input.name);
  const inputs = new Map(operands.map(({ value }, index) => [names[index] ?? 'x', value]));
  const call: BoundCall = {
    settings,
    bound: new Map(),
    given: new Map(),
    inputs,
    inputArgs: new Map(),
    unknownInput: false,
    ok: true,
  };
  const ruled = ruleInputs(inputs);
  const spans = (part: Refusal['at']): Place => {
    const index = part.part === 'input' ? names.indexOf(part.name) : -1;
    return place(site.frame, operands[index]?.at ?? site.callee);
  };
  const ask: Ask = { site, spans, inData: frame.places[0] === 'data' };
  if (ask.inData) checkComparedText(entry.name, operands, frame);
  for (const { value, at } of ask.inData ? operands : []) {
    if (!checkCell(entry, value.type, place(site.frame, at), 'operand', frame)) return unknownValue;
  }
  const result = askRule(entry, ruled, settings, ask, frame);
  site.frame.facts?.calls.set(site.node, {
    callee: { kind: 'entry', entry },
    bound: call.bound,
    settings: {},
    inputs: ruled,
    results: result ?? [],
    weights: [],
  });
  if (!result) return unknownValue;
  const [ref] = record(entry, call, result, {}, '', site, frame);
  const [type] = result;
  return type ? tensorValue(type, ref) : unknownValue;
}
