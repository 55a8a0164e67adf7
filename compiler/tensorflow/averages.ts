/** Running averages of the weights as part of an update, and the signature that puts them in the place of the weights. */
import { createEmitter, type Emitter } from './emitter.ts';
import { formOf } from './forms/index.ts';
import type { TensorflowOperation } from './graph-def.ts';
import type { Placeholder } from './part.ts';
import type { Signature } from './saved-model.ts';
import { float, type Store, signatureTensor, type TensorflowVariable } from './variables.ts';

/** Name of the signature that exchanges weights and averages. */
export const swapName = 'swap';

const scalar = { dtype: 'float32', shape: [] } as const;

/** Writes the averages' own update, a ← keep · a + add · w; gives back the operations that end it. */
export function writeAverages(
  emitter: Emitter,
  by: { readonly store: Store; readonly placeholder: Placeholder },
  updated: readonly { readonly path: string; readonly value: () => string }[],
): readonly string[] {
  const { store, placeholder } = by;
  const kept = updated.flatMap(({ path, value }) => {
    const handle = store.average(path);
    return handle === undefined ? [] : [{ handle, value }];
  });
  if (kept.length === 0) return [];
  const [keep, add] = [placeholder('keep', scalar), placeholder('add', scalar)];
  const times = (x: string, factor: string): string => emitter.add('Mul', [x, factor], { T: float });
  return kept.map(({ handle, value }) => {
    const before = emitter.add('ReadVariableOp', [handle], { dtype: float });
    const sum = emitter.add('AddV2', [times(before, keep), times(value(), add)], { T: float });
    return emitter.add('AssignVariableOp', [handle, sum], { dtype: float });
  });
}

/** Each weight that has an average takes its value, and the average the weight's. */
export function writeSwap(
  variables: readonly TensorflowVariable[],
  store: Store,
): { readonly operations: readonly TensorflowOperation[]; readonly signature: Signature } {
  const emitter = createEmitter('swap/', formOf);
  const done = variables.flatMap(({ kind, name }) => {
    const average = kind === 'average' ? store.average(name) : undefined;
    if (average === undefined) return [];
    const weight = store.handle(name);
    const read = (handle: string): string => emitter.add('ReadVariableOp', [handle], { dtype: float });
    const copy = (value: string): string => emitter.add('Identity', [value], { T: float });
    const [old, next] = [copy(read(weight)), copy(read(average))];
    const after = [`^${old}`, `^${next}`];
    return [
      emitter.add('AssignVariableOp', [weight, next, ...after], { dtype: float }),
      emitter.add('AssignVariableOp', [average, old, ...after], { dtype: float }),
    ];
  });
  const one = emitter.constant({ ...scalar, data: [1] });
  const end = emitter.add('Identity', [one, ...done.map((name) => `^${name}`)], { T: float });
  const outputs = [signatureTensor('done', end, scalar)];
  return { operations: emitter.operations, signature: { name: swapName, inputs: [], outputs } };
}
