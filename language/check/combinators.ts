/** Writes out the layers that take layers in braces: `repeat`, `residual`, `Bidirectional`, `each`, `TimeDistributed`, `WeightNorm`, `SpectralNorm`. */

import { asDim } from '../catalog/checked.ts';
import type { CombinatorEntry } from '../catalog/entry.ts';
import { agree } from '../shapes/broadcast.ts';
import { constant, type Dim, known, multiply, symbol } from '../shapes/dim.ts';
import { printShape, type TensorType, unknownType } from '../shapes/type.ts';
import type { Body } from '../syntax/tree.ts';
import { applyLayer } from './apply.ts';
import { noting } from './assumed.ts';
import { applyBidirectional } from './bidirectional.ts';
import { type BoundSettings, bindSettings } from './bind-settings.ts';
import { define } from './define.ts';
import { applyEach } from './each.ts';
import { paddingFix } from './fixes/padding.ts';
import { residualProjection } from './fixes/projection.ts';
import { settingFix } from './fixes/size.ts';
import { addTally, boxOf, type Frame, newNaming, newScope, newTally, nextPath, place } from './frame.ts';
import type { Layer, Site } from './layer.ts';
import { applyNormalised } from './normalised.ts';
import { complain, report } from './report.ts';
import { runOperator } from './run-entry.ts';
import { seenSettings } from './seen-settings.ts';
import { describe, type TensorValue, unknownValue, type Value } from './value.ts';

/** More rounds than this are refused: each is written out. */
const ROUND_LIMIT = 10_000;

export interface Combination {
  readonly entry: CombinatorEntry;
  readonly site: Site;
  readonly body: Body;
  readonly bound: BoundSettings;
  readonly path: string;
  readonly frame: Frame;
}

export function applyCombinator(entry: CombinatorEntry, site: Site, flow: Value | undefined, frame: Frame): Value {
  const path = frame.naming.self ? frame.naming.path : nextPath(frame.naming, entry.name);
  const bound = bindSettings({ name: entry.name, settings: entry.settings, entry }, site.args, site.frame, site.callee);
  if (!site.body) {
    complain(site.frame, site.callee, 'argument/no-body', { callee: entry.name });
    return unknownValue;
  }
  const combination: Combination = { entry, site, body: site.body, bound, path, frame };
  const value = bound.ok && flow ? combine(combination, flow) : unknownValue;
  site.frame.facts?.calls.set(site.node, {
    callee: { kind: 'entry', entry },
    bound: bound.bound,
    settings: seenSettings(bound.settings),
    inputs: flow?.kind === 'tensor' ? { x: flow.type } : {},
    results: typesOf(value),
    weights: [],
  });
  return value;
}

function combine(combination: Combination, flow: Value): Value {
  switch (combination.entry.name) {
    case 'repeat':
      return repeat(combination, flow);
    case 'residual':
      return residual(combination, flow);
    case 'Bidirectional':
      return applyBidirectional(combination, flow);
    case 'WeightNorm':
    case 'SpectralNorm':
      return applyNormalised(combination, combination.entry.name, flow);
    case 'each':
    case 'TimeDistributed':
      return applyEach(combination, flow);
    default:
      return unknownValue;
  }
}

function typesOf(value: Value): readonly TensorType[] {
  if (value.kind === 'tensor') return [value.type];
  return value.kind === 'tuple' ? value.items.map((item) => typesOf(item.value)[0] ?? unknownType) : [];
}

/** One use of the layer in braces, under its own path; `round` binds the number of the round. */
export function once(
  combination: Combination,
  flow: Value,
  path: string,
  round?: Dim,
  tally = combination.frame.tally,
): Value {
  const { body, site, frame } = combination;
  const scope = newScope(site.frame.scope);
  const naming = newNaming(path, frame.naming);
  frame.session.recorder?.enter?.(boxOf(naming), place(site.frame, site.node));
  const inner: Frame = { ...site.frame, scope, naming, tally };
  if (body.param && round) {
    const local = define(inner, body.param, { kind: 'size', dim: round }, 'round');
    if (local) local.used = true;
  }
  const layer: Layer = { kind: 'body', body, frame: inner };
  return applyLayer(layer, flow, { ...frame, naming: newNaming(path, frame.naming), tally });
}

// ---- repeat

function repeat(combination: Combination, flow: Value): Value {
  const { bound, path, site } = combination;
  const times = asDim(bound.settings.times);
  const count = times && constant(times);
  if (!times || count === undefined) return repeatSymbolically(combination, flow, times);
  if (count > ROUND_LIMIT) {
    complain(site.frame, site.callee, 'argument/range.max', { setting: 'times', value: count, max: ROUND_LIMIT });
    return unknownValue;
  }
  const alike = repeatAlike(combination, flow, count);
  if (alike) return alike;
  let value = flow;
  for (let round = 0; round < count; round++) {
    value = once(combination, value, `${path}[${round}]`, known(round));
    if (value.kind === 'unknown') return value;
  }
  return value;
}

/** Rounds that keep the type and do not know their number are all alike: one stands for all, unless each is recorded. */
function repeatAlike(combination: Combination, flow: Value, count: number): Value | undefined {
  const { body, frame, path } = combination;
  if (count < 2 || body.param || frame.session.recorder) return undefined;
  const tally = newTally();
  const value = once(combination, flow, `${path}[0]`, undefined, tally);
  const same = (a: Value, b: Value) =>
    a.kind === 'tensor' && b.kind === 'tensor' && JSON.stringify(a.type.facts) === JSON.stringify(b.type.facts);
  if (value.kind !== 'unknown' && (describe(value) !== describe(flow) || !same(value, flow))) return undefined;
  const rounds = known(count);
  addTally(frame.tally, {
    parameters: multiply(rounds, tally.parameters),
    trainable: multiply(rounds, tally.trainable),
  });
  return value;
}

/** The number of rounds depends on the sizes of a use: one round stands for all, where it keeps the shape. */
function repeatSymbolically(combination: Combination, flow: Value, times: Dim | undefined): Value {
  const { body, frame, path } = combination;
  const round = symbol(body.param?.text ?? 'round');
  const tally = newTally();
  const value = once(combination, flow, `${path}[0]`, round, tally);
  const rounds = times ?? { size: undefined, why: undefined };
  addTally(frame.tally, {
    parameters: multiply(rounds, tally.parameters),
    trainable: multiply(rounds, tally.trainable),
  });
  return describe(value) === describe(flow) ? value : unknownValue;
}

// ---- residual

function residual(combination: Combination, flow: Value): Value {
  const { site, path, frame, body } = combination;
  const result = once(combination, flow, path);
  if (result.kind === 'unknown' || flow.kind === 'unknown') return unknownValue;
  if (result.kind !== 'tensor' || flow.kind !== 'tensor') {
    complain(site.frame, site.callee, 'type/residual', { value: describe(result) });
    return unknownValue;
  }
  const same = noting(site, () => agree(flow.type.shape, result.type.shape));
  if (!same.ok) {
    const values = { input: printShape(flow.type.shape), result: printShape(result.type.shape) };
    const blame = same.rank ? (result.type.shape ?? []) : [same.right, same.left];
    const pad = same.rank ? undefined : paddingFix(same.left, same.right, frame);
    const fix = pad ?? (same.rank ? undefined : settingFix(same.right, same.left, 'shape/residual', frame));
    report(site.frame, site.callee, {
      message: { key: 'shape/residual', values },
      blame,
      fixes: fix ? [fix] : residualProjection(flow.type.shape, result.type.shape, body, site.frame),
    });
    return unknownValue;
  }
  return sum(site, [flow, result], { ...frame, naming: newNaming(path, frame.naming) });
}

/** `a + b` on behalf of a combinator. */
function sum(site: Site, values: readonly TensorValue[], frame: Frame): Value {
  const entry = frame.session.program.catalog.find('operator', '+');
  if (entry?.kind !== 'operation') return unknownValue;
  const quiet: Site = { ...site, frame: { ...site.frame, facts: undefined } };
  return runOperator(
    entry,
    quiet,
    values.map((value) => ({ value, at: site.callee })),
    {},
    frame,
  );
}
