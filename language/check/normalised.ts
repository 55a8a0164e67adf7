/** `WeightNorm { Dense(64) }`, `SpectralNorm { … }`: one layer with weights, which are computed of others. */
import { isNormalisable, type Normalisation, normalised } from '../catalog/normalised.ts';
import { applyLayer } from './apply.ts';
import type { Combination } from './combinators.ts';
import { evaluate } from './expression.ts';
import { newNaming, newScope } from './frame.ts';
import { complain } from './report.ts';
import { describe, unknownValue, type Value } from './value.ts';

export function applyNormalised(combination: Combination, by: Normalisation, flow: Value): Value {
  const { site, body, frame, path } = combination;
  const value = evaluate(body.value, { ...site.frame, scope: newScope(site.frame.scope) });
  if (value.kind === 'unknown') return unknownValue;
  const layer = value.kind === 'layer' ? value.layer : undefined;
  if (layer?.kind !== 'entry' || layer.entry.kind !== 'operation' || !isNormalisable(layer.entry)) {
    complain(site.frame, body.value, 'type/normalised', { callee: by, value: describe(value) });
    return unknownValue;
  }
  site.frame.facts?.values.set(body.value, { kind: 'layer', title: layer.entry.name });
  const inner = { ...frame, naming: newNaming(path, frame.naming) };
  return applyLayer({ ...layer, entry: normalised(layer.entry, by) }, flow, inner);
}
