/** `Bidirectional { LSTM(64) }`: the same layer twice, with weights of its own each way, and the results joined. */
import type { OperationEntry } from '../catalog/entry.ts';
import type { Arg, BoolExpr } from '../syntax/tree.ts';
import { applyLayer } from './apply.ts';
import type { Combination } from './combinators.ts';
import { asInput, evaluate } from './expression.ts';
import { type Frame, newNaming, newScope } from './frame.ts';
import type { GivenArg, Layer, Site } from './layer.ts';
import { complain } from './report.ts';
import { runEntry, runOperator } from './run-entry.ts';
import { describe, type TensorValue, unknownValue, type Value } from './value.ts';

export function applyBidirectional(combination: Combination, flow: Value): Value {
  const { site, body, bound } = combination;
  const layer = recurrent(combination);
  if (!layer) return unknownValue;
  const merge = typeof bound.settings.merge === 'string' ? bound.settings.merge : 'concat';
  const forward = run(combination, layer, flow, false);
  const backward = run(combination, layer, flow, true);
  const pairs = [forward, backward].map(parts);
  const [there, back] = pairs;
  if (!there || !back || there.length !== back.length) return unknownValue;
  const joined = there.map((value, index) => join(combination, merge, value, back[index] ?? unknownValue));
  site.frame.facts?.values.set(body.value, { kind: 'layer', title: layer.entry.name });
  const [only] = joined;
  if (joined.length === 1 && only) return only;
  return { kind: 'tuple', items: joined.map((value) => ({ name: undefined, value })) };
}

function parts(value: Value): readonly Value[] {
  return value.kind === 'tuple' ? value.items.map((item) => item.value) : [value];
}

/** The one recurrent layer in the braces. */
function recurrent(
  combination: Combination,
): (Extract<Layer, { kind: 'entry' }> & { entry: OperationEntry }) | undefined {
  const { site, body } = combination;
  const value = evaluate(body.value, { ...site.frame, scope: newScope(site.frame.scope) });
  if (value.kind === 'unknown') return undefined;
  const layer = value.kind === 'layer' ? value.layer : undefined;
  if (layer?.kind === 'entry' && layer.entry.kind === 'operation' && Object.hasOwn(layer.entry.settings, 'backwards')) {
    return { ...layer, entry: layer.entry };
  }
  const wrapped = wrappedLayer(layer);
  if (wrapped) complain(site.frame, body.value, 'type/bidirectional.wrapped', wrapped);
  else complain(site.frame, body.value, 'type/bidirectional', { value: describe(value) });
  return undefined;
}

/** `WeightNorm { LSTM(4) }`: the names of what wraps and of what could have been run backwards. */
function wrappedLayer(layer: Layer | undefined): Readonly<Record<'wrapper' | 'name', string>> | undefined {
  if (layer?.kind !== 'entry' || layer.entry.kind !== 'combinator' || layer.entry.name === 'Bidirectional')
    return undefined;
  const inner = layer.site.body?.value;
  const callee = inner?.kind === 'call' ? inner.callee : inner;
  if (callee?.kind !== 'name') return undefined;
  const entry = layer.site.frame.session.program.catalog.find('model', callee.text);
  const reversible = entry?.kind === 'operation' && Object.hasOwn(entry.settings, 'backwards');
  return reversible ? { wrapper: layer.entry.name, name: callee.text } : undefined;
}

/** One direction. The backward one is the written layer with `backwards: true`, under a path of its own. */
function run(
  combination: Combination,
  layer: Extract<Layer, { kind: 'entry' }>,
  flow: Value,
  backwards: boolean,
): Value {
  const path = `${combination.path}/${backwards ? 'backward' : 'forward'}`;
  const { frame } = combination;
  const inner: Frame = { ...frame, naming: newNaming(path, frame.naming) };
  if (!backwards) return applyLayer(layer, flow, inner);
  const others = layer.site.args.filter(({ arg }) => arg.name?.text !== 'backwards');
  const quiet = { ...layer.site.frame, facts: undefined };
  const args: readonly GivenArg[] = [...others, { arg: backwardsArg(layer.site), frame: quiet }];
  const site: Site = { ...layer.site, args, frame: quiet };
  return applyLayer({ ...layer, site }, flow, inner);
}

function backwardsArg(site: Site): Arg {
  const { start, end } = site.callee;
  const value: BoolExpr = { kind: 'bool', value: true, start, end };
  return { name: { text: 'backwards', start, end }, value, start, end };
}

function join(combination: Combination, merge: string, there: Value, back: Value): Value {
  const { site, frame } = combination;
  if (there.kind !== 'tensor' || back.kind !== 'tensor') return unknownValue;
  const { catalog } = frame.session.program;
  const values: readonly TensorValue[] = [there, back];
  const quiet: Site = { ...site, frame: { ...site.frame, facts: undefined } };
  const call = { bound: new Map(), given: new Map(), inputArgs: new Map(), unknownInput: false, ok: true };
  if (merge === 'concat') {
    const entry = catalog.find('model', 'concat');
    if (entry?.kind !== 'operation') return unknownValue;
    const [input] = entry.inputs;
    const inputs = new Map([[input?.name ?? 'list', values]]);
    return runEntry(entry, quiet, { ...call, inputs, settings: { axis: -1 } }, frame);
  }
  const entry = catalog.find('operator', merge === 'multiply' ? '*' : '+');
  if (entry?.kind !== 'operation') return unknownValue;
  const inputs = new Map(values.map((value, index) => [entry.inputs[index]?.name ?? 'a', value]));
  const sum = runEntry(entry, quiet, { ...call, inputs, settings: {} }, frame);
  if (merge !== 'average' || sum.kind !== 'tensor') return sum;
  return scaled(combination, sum, { kind: 'number', value: 0.5 });
}

/** A value times a plain number. */
function scaled(combination: Combination, value: TensorValue, by: Value): Value {
  const { frame, site } = combination;
  const entry = frame.session.program.catalog.find('operator', '*');
  const factor = asInput(by, site.node, site.frame);
  if (entry?.kind !== 'operation' || !factor) return value;
  const quiet: Site = { ...site, frame: { ...site.frame, facts: undefined } };
  return runOperator(
    entry,
    quiet,
    [value, factor].map((operand) => ({ value: operand, at: site.callee })),
    {},
    frame,
  );
}
