/** `embed.weight`, `Model.x`, `(image -> Encoder).mean`: what stands behind a dot. */
import type { RuleInputs, WeightDef } from '../catalog/entry.ts';
import { tensor } from '../shapes/type.ts';
import type { MemberExpr } from '../syntax/tree.ts';
import { bindSettings } from './bind-settings.ts';
import { evaluate } from './expression.ts';
import { boxOf, type Frame, join, place } from './frame.ts';
import type { Layer, SharedLayer } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { findEntry, suggest, tellTrainingOnly } from './resolve.ts';
import { ownerOf } from './setting-words.ts';
import { describe, tensorValue, unknownValue, type Value } from './value.ts';

export function memberValue(expr: MemberExpr, frame: Frame): Value {
  const object = evaluate(expr.object, frame);
  if (object.kind === 'unknown' || expr.name.text === '') return unknownValue;
  if (object.kind === 'tuple') {
    const item = object.items.find((one) => one.name === expr.name.text);
    if (item?.trainingOnly) tellTrainingOnly(frame, expr.name, expr.name.text, item.trainingOnly);
    if (item) return item.trainingOnly ? unknownValue : item.value;
    const names = object.items.flatMap((one) => (one.name ? [one.name] : []));
    suggest(frame, expr.name, expr.name.text, 'name/part', names, { of: ownerText(expr, frame) });
    return unknownValue;
  }
  if (object.kind === 'layer' && object.layer.kind === 'shared') return weightOf(object.layer, expr, frame);
  if (object.kind === 'tensor' && findEntry(frame, expr.name.text)) {
    const dot = { start: expr.object.end, end: expr.name.start };
    const fix = replaceFix(frame, 'name/method/arrow', dot, ' -> ', {
      key: 'fix/layer-into-flow',
      values: { text: `-> ${expr.name.text}` },
    });
    complain(frame, expr.name, 'name/method', { name: expr.name.text }, [fix]);
    return unknownValue;
  }
  const turned = `transpose(${ownerText(expr, frame)})`;
  const fixes =
    object.kind === 'tensor' && expr.name.text === 'T'
      ? [replaceFix(frame, 'name/no-parts/transpose', expr, turned)]
      : [];
  complain(frame, expr.name, 'name/no-parts', { value: describe(object), name: expr.name.text }, fixes);
  return unknownValue;
}

function ownerText(expr: MemberExpr, frame: Frame): string {
  return frame.chunk.text.slice(expr.object.start, expr.object.end);
}

/** A weight of a layer with a name of its own, as a value that does not depend on the example. */
function weightOf(layer: SharedLayer, expr: MemberExpr, frame: Frame): Value {
  const weights = frame.session.sharedWeights.get(layer.path) ?? weightsOf(layer.of);
  const def = weights?.[expr.name.text];
  if (!weights) {
    complain(frame, expr.name, 'name/no-weights', { layer: layer.name, name: expr.name.text });
    return unknownValue;
  }
  if (!def) {
    suggest(frame, expr.name, expr.name.text, 'name/weight', Object.keys(weights), { layer: layer.name });
    return unknownValue;
  }
  const type = tensor('float32', def.shape, { perExample: false });
  const { recorder } = frame.session;
  const at = place(frame, expr);
  const index = recorder?.weight(join(layer.path, expr.name.text), def, at);
  const [ref] =
    recorder?.node({
      op: 'model/Weight',
      inputs: {},
      settings: { shape: def.shape, init: def.init, trainable: def.trainable },
      weights: { weight: index ?? 0 },
      outputs: [type],
      path: layer.path,
      within: boxOf(frame.naming),
      place: at,
    }) ?? [];
  return tensorValue(type, ref);
}

/** The weights of an entry whose sizes its settings alone decide. */
function weightsOf(layer: Layer): Readonly<Record<string, WeightDef>> | undefined {
  if (layer.kind !== 'entry' || layer.entry.kind !== 'operation' || !layer.entry.weights) return undefined;
  const quiet: Frame = { ...layer.site.frame, facts: undefined };
  const { settings } = bindSettings(ownerOf(layer.entry), layer.site.args, quiet);
  try {
    return layer.entry.weights(noInputs, settings);
  } catch {
    return undefined;
  }
}

/** Asked for anything, it throws: weights whose sizes follow from an input are known only where something has flowed in. */
const noInputs: RuleInputs = new Proxy(
  {},
  {
    get(_, name) {
      throw new Error(`A weight depends on the input ${String(name)}.`);
    },
  },
);
