/** Weights and optimizer state by name: out of the session's memory as copies, and back into it. */
import type { Compiled } from '../../../compiler/index.ts';
import type { HostTensor, TrainState } from '../../engine.ts';
import type { TrainMemory } from './memory.ts';

export function saveState(compiled: Compiled, store: TrainMemory, step: number): TrainState {
  const weights = new Map<string, HostTensor>();
  const optimizer = new Map<string, HostTensor>();
  const averages = new Map<string, HostTensor>();
  const averaged = compiled.plan.train?.average !== undefined;
  for (const { path, shape } of compiled.weights) {
    const values = store.weights.get(path);
    const average = averaged ? store.averages.get(path) : undefined;
    if (average) averages.set(path, { dtype: 'float32', shape, data: average.slice() });
    if (values) weights.set(path, { dtype: 'float32', shape, data: values.slice() });
    compiled.state.forEach(({ name }, i) => {
      const state = store.states[i]?.get(path);
      if (state) optimizer.set(`${path}/${name}`, { dtype: 'float32', shape, data: state.slice() });
    });
  }
  return { weights, optimizer, step, ...(averaged ? { averages } : {}) };
}

/** Weights must all be there; optimizer state that is missing starts anew (weights of another run). */
export function restoreState(compiled: Compiled, store: TrainMemory, state: TrainState): void {
  for (const { path, shape } of compiled.weights) {
    copy(state.weights.get(path), store.weights.get(path), path, shape);
    // Without averages of its own (weights of another run) they begin with the weights.
    if (compiled.plan.train?.average !== undefined) {
      copy(state.averages?.get(path) ?? state.weights.get(path), store.averages.get(path), path, shape);
    }
    compiled.state.forEach(({ name, initial }, i) => {
      const target = store.states[i]?.get(path);
      const source = state.optimizer.get(`${path}/${name}`);
      if (source) copy(source, target, `${path}/${name}`, shape);
      else target?.fill(initial);
    });
  }
}

function copy(
  source: HostTensor | undefined,
  target: Float32Array | undefined,
  name: string,
  shape: readonly number[],
): void {
  if (!target) return;
  if (!source) throw new Error(`The saved weights lack '${name}': they belong to another model.`);
  if (source.data.length !== target.length || source.shape.join() !== shape.join()) {
    throw new Error(
      `'${name}' was saved as [${source.shape.join(', ')}], but the model has [${shape.join(', ')}]: it belongs to another model.`,
    );
  }
  target.set(source.data);
}
