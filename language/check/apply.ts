/** Lets a value flow into a layer. */
import { compare, printDim } from '../shapes/dim.ts';
import { bindCall } from './bind-inputs.ts';
import { applyCombinator } from './combinators.ts';
import { evaluate } from './expression.ts';
import {
  addTally,
  type Frame,
  join,
  newNaming,
  newTally,
  RECORDED_STEP_LIMIT,
  STEP_LIMIT,
  surroundings,
} from './frame.ts';
import { type Layer, layerTitle, type SharedLayer } from './layer.ts';
import { complain, reportAt } from './report.ts';
import { runEntry } from './run-entry.ts';
import { ascribe } from './types.ts';
import { applyUnit } from './use.ts';
import { describe, seen, unknownValue, type Value } from './value.ts';

/** The result of `flow -> layer`; `flow` is undefined where all inputs are among the arguments. `frame` is where it happens. */
export function applyLayer(layer: Layer, flow: Value | undefined, frame: Frame): Value {
  const { session } = frame;
  const limit = session.recorder ? RECORDED_STEP_LIMIT : STEP_LIMIT;
  if (session.steps++ >= limit) {
    if (session.steps === limit + 1) tooMany(layer, limit, frame);
    return unknownValue;
  }
  switch (layer.kind) {
    case 'entry': {
      if (layer.entry.kind === 'combinator') return applyCombinator(layer.entry, layer.site, flow, frame);
      const call = bindCall(layer.entry, layer.site, flow, frame);
      return runEntry(layer.entry, layer.site, call, frame);
    }
    case 'unit':
      return applyUnit(layer.unit, layer.site, flow, frame);
    case 'chain': {
      const inner = withoutSelf(frame);
      let value = flow;
      for (const stage of layer.stages) {
        if (stage.kind === 'ascribe') {
          if (value) value = ascribe(value, stage.type, layer.frame);
          continue;
        }
        value = applyLayer(stage.layer, value, inner);
        layer.frame.facts?.values.set(stage.node, seen(value));
      }
      return value ?? unknownValue;
    }
    case 'shared':
      return applyShared(layer, flow, frame);
    case 'body': {
      const at: Frame = { ...layer.frame, naming: withoutSelf(frame).naming, tally: frame.tally };
      const value = evaluate(layer.body.value, at);
      if (value.kind === 'layer') return applyLayer(value.layer, flow, at);
      if (value.kind !== 'unknown') {
        complain(at, layer.body.value, 'type/body-layer', { value: describe(value) });
      }
      return unknownValue;
    }
    case 'opaque':
      return unknownValue;
  }
}

/** Told once: everything after it is unknown. */
function tooMany(layer: Layer, limit: number, frame: Frame): void {
  const site = layer.kind === 'entry' || layer.kind === 'unit' ? layer.site : undefined;
  const at = site?.callee ?? { start: 0, end: 0 };
  complain(site?.frame ?? frame, at, 'shape/too-large', { limit });
}

/** A layer with a name of its own has the same weights at every use. */
function applyShared(layer: SharedLayer, flow: Value | undefined, frame: Frame): Value {
  const tally = newTally();
  const { counts } = frame.naming;
  const uses = counts.get(`layer ${layer.name}`) ?? 0;
  counts.set(`layer ${layer.name}`, uses + 1);
  const as = join(surroundings(frame.naming), uses === 0 ? layer.name : `${layer.name} (${uses + 1})`);
  const naming = { ...newNaming(layer.path), self: true, use: { of: layer.path, as } };
  const value = applyLayer(layer.of, flow, { ...frame, naming, tally });
  const { state } = layer;
  checkIndex(layer, flow, frame);
  if (!state.parameters) {
    addTally(frame.tally, tally);
    state.parameters = tally.parameters;
  } else if (compare(state.parameters, tally.parameters) === 'different') {
    reportAt(frame, state.place, {
      message: {
        key: 'shape/shared-layer',
        values: {
          layer: layerTitle(layer),
          first: printDim(state.parameters),
          second: printDim(tally.parameters),
        },
      },
      blame: [state.parameters, tally.parameters],
    });
  }
  return value;
}

/** Numbers of two vocabularies in one table would mean two things by one row. */
function checkIndex(layer: SharedLayer, flow: Value | undefined, frame: Frame): void {
  const made = flow?.kind === 'tensor' ? flow.type.facts.indexedBy : undefined;
  if (made === undefined) return;
  const { state } = layer;
  if (state.indexedBy !== undefined && state.indexedBy !== made) {
    const message = { key: 'data/unlike-indexes', values: { layer: layerTitle(layer) } };
    reportAt(frame, state.place, { message });
  }
  state.indexedBy ??= made;
}

/** The path of a shared layer belongs to the layer itself; what stands inside it has segments of its own. */
function withoutSelf(frame: Frame): Frame {
  return frame.naming.self ? { ...frame, naming: newNaming(frame.naming.path, frame.naming) } : frame;
}
