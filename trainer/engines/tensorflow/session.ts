/**
 * Training in TensorFlow: one SavedModel holds the graphs of all modes and batch sizes that were asked for, and the weights
 * and optimizer state as variables. A mode or size that comes later makes a new SavedModel, into which the values move.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Compiled,
  gatherName,
  type Mode,
  signatureName,
  swapName,
  type TensorflowModel,
  type TensorflowPart,
  type TensorflowVariable,
  tensorKeys,
  updateName,
  type WrittenPart,
  writeTensorflow,
} from '../../../compiler/index.ts';
import type { Batch, HostTensor, Session, StepResult, TrainState } from '../../engine.ts';
import { drawStep } from '../shared/draw.ts';
import { fieldOf } from '../shared/field.ts';
import { readObserved } from '../shared/observed.ts';
import { type Part, together } from '../shared/together.ts';
import { createDrawer, type Drawer } from './draws.ts';
import type { Half, LoadedModel, Runtime, Tensors } from './saved-model.ts';

interface Ready {
  readonly model: TensorflowModel;
  readonly loaded: LoadedModel;
  readonly drawers: ReadonlyMap<string, Drawer>;
}

type Asked = Parameters<Session['step']>[1];

export interface TensorflowSessionOptions {
  readonly batch: number;
  readonly threads: number;
  readonly seed: number;
  /** The type of mixed precision's products. */
  readonly half?: Half;
}

export async function openSession(
  runtime: Runtime,
  compiled: Compiled,
  options: TensorflowSessionOptions,
): Promise<Session> {
  const { batch, seed } = options;
  const { plan } = compiled;
  const trains = plan.train !== undefined && plan.loss !== undefined;
  const parts: TensorflowPart[] = trains ? [{ mode: 'train', batch }] : [];
  if (plan.loss !== undefined || plan.metrics.length > 0) parts.push({ mode: 'evaluate', batch });
  if (parts.length === 0) parts.push({ mode: 'predict', batch });
  if (trains) parts.push({ mode: 'observe', batch });
  const accumulates = (plan.train?.accumulate ?? 1) > 1;
  let steps = 0;
  let ready = await open(runtime, compiled, parts, options);
  await ready.loaded.run('load', initialValues(compiled, ready.model, seed));

  /** The graphs with one for this part among them. */
  const withPart = async (mode: Mode, size: number): Promise<Ready> => {
    const part = { mode, batch: size };
    if (ready.model.parts.has(signatureName(part))) return ready;
    parts.push(part);
    const values = await ready.loaded.run('save', {});
    const larger = await open(runtime, compiled, parts, options);
    await larger.loaded.run('load', values);
    ready.loaded.dispose();
    ready = larger;
    return ready;
  };
  const inOrder = queue();

  return {
    step: (batches, options) =>
      inOrder(async () => {
        if (!trains) throw new Error('This session was opened for a plan that trains nothing.');
        const [batch, ...others] = batches;
        if (batch === undefined || (others.length > 0 && !accumulates)) {
          throw new Error('This plan takes one batch for an update.');
        }
        const result = accumulates ? await gathered(batches, options) : await updated(batch, options);
        steps = options.step + 1;
        return result;
      }),
    evaluate: (data) =>
      inOrder(async () => {
        const { written, results } = await runPlain('evaluate', data);
        return resultOf(written, results);
      }),
    predict: (data) =>
      inOrder(async () => {
        const { written, results } = await runPlain('predict', data);
        return Object.fromEntries(
          written.results.map(({ key, of }) => [of.name, { ...found(results, key), shape: of.tensor.shape }]),
        );
      }),
    observe: (data) =>
      inOrder(async () => {
        const { written, results } = await runPlain('observe', data);
        return readObserved(
          compiled,
          new Map(written.results.map(({ key, of }) => [of.name, found(results, key).data])),
        );
      }),
    swapAverages: () => inOrder(async () => void (await ready.loaded.run(swapName, {}))),
    save: () => inOrder(async () => stateOf(ready.model, await ready.loaded.run('save', {}), steps)),
    restore: (state) =>
      inOrder(async () => {
        await ready.loaded.run('load', valuesOf(ready.model, state));
        steps = state.step;
      }),
    dispose: () => inOrder(async () => ready.loaded.dispose()),
  };

  /** One batch, and the update in the same call. */
  async function updated(batch: Batch, { rate, step, gradientNorm }: Asked): Promise<StepResult> {
    const part = { mode: 'train', batch: batch.size } as const;
    const { model, loaded, drawers } = await withPart('train', batch.size);
    const written = partOf(model, part);
    const inputs = {
      ...fields(written, batch),
      ...drawers.get(signatureName(part))?.draw(step),
      ...scalars(model.numbers(rate, step + 1)),
    };
    const results = await loaded.run(signatureName(part, gradientNorm), inputs);
    return { ...resultOf(written, results), gradientNorm: results.norm?.data[0] };
  }

  /** The sums of several batches, then the update. */
  async function gathered(batches: readonly Batch[], { rate, step, gradientNorm }: Asked): Promise<StepResult> {
    // Every size has its graph before the first batch: a new one would lose the sums.
    for (const { size } of batches) await withPart('train', size);
    const { model, loaded, drawers } = ready;
    const total = batches.reduce((sum, { size }) => sum + size, 0);
    const done: Part[] = [];
    for (const [place, batch] of batches.entries()) {
      const part = { mode: 'train', batch: batch.size } as const;
      const written = partOf(model, part);
      const inputs = {
        ...fields(written, batch),
        ...drawers.get(signatureName(part))?.draw(drawStep(step, place)),
        ...scalars({ share: batch.size / total }),
      };
      const results = await loaded.run(gatherName(batch.size, place === 0), inputs);
      done.push({ size: batch.size, ...resultOf(written, results) });
    }
    const { norm } = await loaded.run(updateName, scalars(model.numbers(rate, step + 1)));
    const isAsked = gradientNorm || plan.train?.clip !== undefined;
    return { ...together(compiled, done), gradientNorm: isAsked ? norm?.data[0] : undefined };
  }

  async function runPlain(
    mode: 'evaluate' | 'predict' | 'observe',
    data: Batch,
  ): Promise<{ readonly written: WrittenPart; readonly results: Tensors }> {
    const { model, loaded, drawers } = await withPart(mode, data.size);
    const name = signatureName({ mode, batch: data.size });
    const written = partOf(model, { mode, batch: data.size });
    return { written, results: await loaded.run(name, { ...fields(written, data), ...drawers.get(name)?.draw(0) }) };
  }
}

async function open(
  runtime: Runtime,
  compiled: Compiled,
  parts: readonly TensorflowPart[],
  { threads, seed, half }: TensorflowSessionOptions,
): Promise<Ready> {
  const model = writeTensorflow(compiled, parts, { lanes: threads, scaled: half === 'float16' });
  const folder = await mkdtemp(join(tmpdir(), 'modelwright-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), model.file);
    const loaded = await runtime.load(folder, model.signatures, half);
    const drawers = new Map([...model.parts].map(([name, part]) => [name, createDrawer(part.draws, seed)]));
    return { model, loaded, drawers };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs what it is given one after the other: variables may move only while no graph runs. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

function partOf(model: TensorflowModel, part: TensorflowPart): WrittenPart {
  const written = model.parts.get(signatureName(part));
  if (!written) throw new Error(`There is no graph '${signatureName(part)}'.`);
  return written;
}

function fields({ fields: wanted }: WrittenPart, batch: Batch): Record<string, HostTensor> {
  return Object.fromEntries(wanted.map((field) => [field.key, fieldOf(batch, field)]));
}

function scalars(numbers: Readonly<Record<string, number>>): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(numbers).map(([key, value]) => [key, { dtype: 'float32', shape: [], data: Float32Array.of(value) }]),
  );
}

function found(results: Tensors, key: string): HostTensor {
  const result = results[key];
  if (!result) throw new Error(`The graph gave no '${key}'.`);
  return result;
}

function resultOf({ results: wanted }: WrittenPart, results: Tensors): Omit<StepResult, 'gradientNorm'> {
  const metrics: Record<string, number[]> = {};
  for (const { key, of } of wanted) {
    if (of.kind !== 'metric') continue;
    const numbers = metrics[of.name] ?? [];
    for (const value of found(results, key).data) numbers.push(value);
    metrics[of.name] = numbers;
  }
  return { loss: results.loss?.data[0] ?? Number.NaN, metrics };
}

function initialValues(compiled: Compiled, { variables }: TensorflowModel, seed: number): Tensors {
  const weights = new Map(compiled.weights.map((weight) => [weight.path, weight]));
  return byKey(variables, ({ kind, name, shape, initial }) => {
    const weight = kind === 'weight' ? weights.get(name) : undefined;
    return weight ? compiled.initial(weight, seed) : filled(shape, initial);
  });
}

/** Weights must all be there; optimizer state that is missing starts anew (weights of another run). */
function valuesOf({ variables }: TensorflowModel, state: TrainState): Tensors {
  return byKey(variables, ({ kind, name, shape, initial }) => {
    // Without averages of its own (weights of another run) they begin with the weights.
    const own = kind === 'state' ? state.optimizer : kind === 'average' ? state.averages : state.weights;
    const saved = own?.get(name) ?? (kind === 'average' ? state.weights.get(name) : undefined);
    if (!saved && kind === 'state') return filled(shape, initial);
    if (!saved) throw new Error(`The saved weights lack '${name}': they belong to another model.`);
    if (saved.shape.join() !== shape.join()) {
      throw new Error(
        `'${name}' was saved as [${saved.shape.join(', ')}], but the model has [${shape.join(', ')}]: it belongs to another model.`,
      );
    }
    return saved.data;
  });
}

function byKey(
  variables: readonly TensorflowVariable[],
  data: (variable: TensorflowVariable) => HostTensor['data'],
): Tensors {
  return Object.fromEntries(
    variables.map((variable, index) => [
      tensorKeys.variable(index),
      { dtype: 'float32', shape: variable.shape, data: data(variable) },
    ]),
  );
}

function filled(shape: readonly number[], value: number): Float32Array {
  return new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(value);
}

function stateOf({ variables }: TensorflowModel, values: Tensors, step: number): TrainState {
  const maps = { weight: new Map<string, HostTensor>(), state: new Map(), average: new Map() } as const;
  for (const [index, { kind, name, shape }] of variables.entries()) {
    maps[kind].set(name, { ...found(values, tensorKeys.variable(index)), shape });
  }
  const averages = maps.average.size > 0 ? { averages: maps.average } : {};
  return { weights: maps.weight, optimizer: maps.state, step, ...averages };
}
