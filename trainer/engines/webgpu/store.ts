/** What lives on the device from step to step: weights, optimizer state, sums of gradients, averages. */
import type { Tensor } from 'onnxruntime-node';
import type { Compiled, Program } from '../../../compiler/index.ts';
import type { HostTensor, TrainState } from '../../engine.ts';
import type { Runtime } from '../onnx/runtime.ts';
import type { GpuArithmetic, Tensors } from './arithmetic.ts';
import { hostTensor } from './graph.ts';

export interface GpuStore {
  readonly weights: Map<string, Tensor>;
  /** By weight's path + '/' + name. */
  readonly states: Map<string, Tensor>;
  readonly averages: Map<string, Tensor>;
  save(step: number): Promise<TrainState>;
  restore(state: TrainState): Promise<void>;
  dispose(): void;
}

/** `update`: a program that updates the weights, which tells what the optimizer keeps; undefined where nothing is trained. */
export async function createStore(
  { runtime, arithmetic }: { readonly runtime: Runtime; readonly arithmetic: GpuArithmetic },
  compiled: Compiled,
  options: { readonly update: Program | undefined; readonly seed: number },
): Promise<GpuStore> {
  const { plan } = compiled;
  const inputs = options.update?.inputs ?? [];
  const states = inputs.flatMap((input) =>
    input.kind === 'state' ? [{ key: input.name, shape: input.tensor.shape, initial: input.initial }] : [],
  );
  const updated = new Set(
    (options.update?.outputs ?? []).flatMap(({ kind, name }) => (kind === 'weight' ? [name] : [])),
  );
  const averages = plan.train?.average === undefined ? [] : compiled.weights;
  const averaged = new Set(averages.flatMap(({ path, trainable }) => (trainable && updated.has(path) ? [path] : [])));
  const held: Pick<GpuStore, 'weights' | 'states' | 'averages'> = {
    weights: new Map(),
    states: new Map(),
    averages: new Map(),
  };

  const upload = async (into: Map<string, Tensor>, values: ReadonlyMap<string, HostTensor>): Promise<void> => {
    const onHost = new Map([...values].map(([key, value]): [string, Tensor] => [key, hostTensor(runtime, value)]));
    replaceAll(into, await arithmetic.upload(onHost));
  };
  const download = async (values: Tensors): Promise<ReadonlyMap<string, HostTensor>> => {
    const onHost = await arithmetic.download(values);
    return new Map([...onHost].map(([key, tensor]) => [key, floats(tensor)]));
  };
  const numbers = (shape: readonly number[], value: number): HostTensor => ({
    dtype: 'float32',
    shape,
    data: new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(value),
  });

  const initial = new Map(
    compiled.weights.map((weight): [string, HostTensor] => [
      weight.path,
      { dtype: 'float32', shape: weight.shape, data: compiled.initial(weight, options.seed) },
    ]),
  );
  await upload(held.weights, initial);
  await upload(held.states, new Map(states.map(({ key, shape, initial: value }) => [key, numbers(shape, value)])));
  await upload(held.averages, new Map([...initial].filter(([path]) => averaged.has(path))));

  return {
    ...held,
    async save(step) {
      const [weights, optimizer] = [await download(held.weights), await download(held.states)];
      if (plan.train?.average === undefined) return { weights, optimizer, step };
      return { weights, optimizer, step, averages: await download(held.averages) };
    },
    async restore(state) {
      const weights = new Map<string, HostTensor>();
      const means = new Map<string, HostTensor>();
      for (const { path, shape } of compiled.weights) {
        weights.set(path, fitting(state.weights.get(path), path, shape));
        if (!averaged.has(path)) continue;
        // Without averages of its own (weights of another run) they begin with the weights.
        means.set(path, fitting(state.averages?.get(path) ?? state.weights.get(path), path, shape));
      }
      const kept = states.map(({ key, shape, initial: value }): [string, HostTensor] => {
        const saved = state.optimizer.get(key);
        return [key, saved ? fitting(saved, key, shape) : numbers(shape, value)];
      });
      await upload(held.weights, weights);
      await upload(held.states, new Map(kept));
      await upload(held.averages, means);
    },
    dispose() {
      for (const values of Object.values(held)) replaceAll(values, new Map());
    },
  };
}

/** Gives back the places of the values before. */
export function replaceAll(values: Map<string, Tensor>, next: Tensors): void {
  for (const tensor of values.values()) tensor.dispose();
  values.clear();
  for (const [key, tensor] of next) values.set(key, tensor);
}

/** One value in the place of another. */
export function replaceOne(values: Map<string, Tensor>, key: string, next: Tensor): void {
  values.get(key)?.dispose();
  values.set(key, next);
}

function floats({ dims, data }: Tensor): HostTensor {
  if (!(data instanceof Float32Array)) throw new Error('Weights and optimizer state are float32.');
  return { dtype: 'float32', shape: dims, data };
}

function fitting(source: HostTensor | undefined, name: string, shape: readonly number[]): HostTensor {
  if (!source) throw new Error(`The saved weights lack '${name}': they belong to another model.`);
  if (source.shape.join() !== shape.join()) {
    throw new Error(
      `'${name}' was saved as [${source.shape.join(', ')}], but the model has [${shape.join(', ')}]: it belongs to another model.`,
    );
  }
  return source;
}
