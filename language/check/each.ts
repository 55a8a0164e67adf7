/**
 * `each { … }` and `TimeDistributed { … }`: the layer in braces for each place of the first axis, and the results beside each
 * other again. `each` has weights of its own for each place, `TimeDistributed` the same ones for all.
 */
import { carried } from '../catalog/rules/types.ts';
import { agree } from '../shapes/broadcast.ts';
import { constant, type Dim, known, multiply } from '../shapes/dim.ts';
import { noFacts, printShape, tensor } from '../shapes/type.ts';
import { applyLayer } from './apply.ts';
import { type Combination, once } from './combinators.ts';
import { addTally, type Naming, newNaming, newScope, newTally, place } from './frame.ts';
import type { SharedLayer, Site } from './layer.ts';
import { complain, report } from './report.ts';
import { runEntry, runOperator } from './run-entry.ts';
import { describe, type TensorValue, tensorValue, unknownValue, type Value } from './value.ts';

/** What one place gives: its part of the value, and its number. */
type Step = (part: Value, k: number) => Value;

export function applyEach(combination: Combination, flow: Value): Value {
  const { entry, path, site, frame } = combination;
  if (flow.kind === 'unknown') return unknownValue;
  if (flow.kind !== 'tensor') {
    complain(site.frame, site.callee, 'type/each', { callee: entry.name, value: describe(flow) });
    return unknownValue;
  }
  if (!flow.type.shape) return unknownValue;
  const [size] = flow.type.shape;
  if (!size) {
    complain(site.frame, site.callee, 'shape/rank.single', { callee: entry.name });
    return unknownValue;
  }
  if (entry.name === 'TimeDistributed') {
    const layer = sharedBody(combination);
    return alongFirst(combination, flow, size, placesOf(combination, size, true), (part, k) =>
      applyLayer(layer, part, { ...frame, naming: placeNaming(combination, k) }),
    );
  }
  const places = placesOf(combination, size, false);
  const tally = newTally();
  const value = alongFirst(combination, flow, size, places, (part, k) =>
    once(combination, part, `${path}[${k}]`, known(k), tally),
  );
  // One place may stand for all of them.
  const times = constant(size) === places ? known(1) : size;
  addTally(frame.tally, {
    parameters: multiply(times, tally.parameters),
    trainable: multiply(times, tally.trainable),
  });
  return value;
}

/** How many places are walked: one stands for all where all are alike, unless each is recorded. */
function placesOf(combination: Combination, size: Dim, alike: boolean): number {
  const { body, frame } = combination;
  const count = constant(size);
  if (count === undefined || (!frame.session.recorder && (alike || !body.param))) return 1;
  return Math.max(count, 1);
}

function alongFirst(combination: Combination, flow: TensorValue, size: Dim, places: number, step: Step): Value {
  const results: (readonly TensorValue[])[] = [];
  for (let k = 0; k < places; k++) {
    const found = parts(step(taken(combination, flow, k), k));
    const values = found.flatMap((value) => (value.kind === 'tensor' ? [value] : []));
    if (values.length < found.length || !alike(combination, results[0] ?? values, values, k)) return unknownValue;
    results.push(values);
  }
  const [first = []] = results;
  const stacked = first.map((_, i) => {
    const values = results.flatMap((one) => one.slice(i, i + 1));
    return stackedAgain(combination, flow, size, values);
  });
  const [only] = stacked;
  if (stacked.length === 1 && only) return only;
  return { kind: 'tuple', items: stacked.map((value) => ({ name: undefined, value })) };
}

/** Whether place `k` gives the shapes of the first place. */
function alike(
  { entry, site }: Combination,
  first: readonly TensorValue[],
  values: readonly TensorValue[],
  k: number,
): boolean {
  for (const [i, { type }] of values.entries()) {
    const wanted = first[i]?.type;
    if (agree(wanted?.shape, type.shape).ok) continue;
    const shapes = { first: printShape(wanted?.shape), other: printShape(type.shape) };
    const message = { key: 'shape/each', values: { callee: entry.name, place: k, ...shapes } };
    report(site.frame, site.callee, { message, blame: [...(wanted?.shape ?? []), ...(type.shape ?? [])] });
    return false;
  }
  return true;
}

/** Each place is a body of its own in pictures. */
function placeNaming({ path, frame }: Combination, k: number): Naming {
  return newNaming(`${path}[${k}]`, frame.naming);
}

/** `flow[k]`. */
function taken(combination: Combination, flow: TensorValue, k: number): Value {
  const { site } = combination;
  const frame = { ...combination.frame, naming: placeNaming(combination, k) };
  const entry = frame.session.program.catalog.find('model', 'index');
  if (entry?.kind !== 'operation') return unknownValue;
  return runOperator(entry, quiet(site), [{ value: flow, at: site.callee }], { items: [known(k)] }, frame);
}

/** The places beside each other along a new first axis, which is the axis that they came from. */
function stackedAgain(
  { frame: outer, site, path }: Combination,
  flow: TensorValue,
  size: Dim,
  values: readonly TensorValue[],
): Value {
  const frame = { ...outer, naming: newNaming(path, outer.naming) };
  const entry = frame.session.program.catalog.find('model', 'stack');
  if (entry?.kind !== 'operation') return unknownValue;
  const call = { bound: new Map(), given: new Map(), inputArgs: new Map(), unknownInput: false, ok: true };
  const inputs = new Map([[entry.inputs[0]?.name ?? 'x', values]]);
  const stacked = runEntry(entry, quiet(site), { ...call, inputs, settings: { axis: 0 } }, frame);
  if (stacked.kind !== 'tensor') return unknownValue;
  const { dtype, shape, perExample, facts } = stacked.type;
  const padded = flow.type.facts.padded ? { padded: true } : noFacts;
  const type = tensor(dtype, shape && [size, ...shape.slice(1)], {
    perExample,
    facts: { ...carried(facts), ...padded },
  });
  return tensorValue(type, stacked.ref);
}

/** The layer in braces as one with a name of its own, so that every use has the same weights. */
function sharedBody({ entry, site, body, path, frame }: Combination): SharedLayer {
  const inner = {
    ...site.frame,
    scope: newScope(site.frame.scope),
    naming: newNaming(path, frame.naming),
    tally: frame.tally,
  };
  return {
    kind: 'shared',
    name: entry.name,
    of: { kind: 'body', body, frame: inner },
    path,
    state: { parameters: undefined, indexedBy: undefined, place: place(site.frame, site.callee) },
  };
}

function parts(value: Value): readonly Value[] {
  return value.kind === 'tuple' ? value.items.map((item) => item.value) : [value];
}

function quiet(site: Site): Site {
  return { ...site, frame: { ...site.frame, facts: undefined } };
}
