/** What looking inside of a model needs of the run: its plan, its weights, its rows, an engine; and programs opened on it. */
import type { Compiled, Explained, Explanation } from '../../../compiler/index.ts';
import type { Plan } from '../../../language/index.ts';
import type { DataPartName, ExampleWish, ShownExample } from '../../../protocol/index.ts';
import type { Preparer } from '../../data/feed.ts';
import type { Batch, Engine, HostTensor, Session } from '../../engine.ts';
import { Failure } from '../../failure.ts';
import type { Disk } from '../../run/disk.ts';

export interface UsedRun {
  readonly folder: string;
  readonly plan: Plan;
  readonly compiled: Compiled;
  readonly engine: Engine;
  readonly threads: number;
  readonly disk: Disk;
  /** The weights that the run is used with now, and the step that they are of. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly step: number;
  /** Aborted where nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** A program that explains, kept open with these weights. */
  open(batch: number, explanation: Explanation): Promise<OpenExplained>;
  /** The run's data, loaded when it is first asked for. */
  preparer(): Promise<Preparer>;
}

/** A program that explains, open on an engine. */
export interface OpenExplained {
  readonly explained: Explained;
  /** Puts weights in; the session keeps them. */
  restore(weights: ReadonlyMap<string, HostTensor>, step: number): Promise<void>;
  /** Its outputs by name. */
  run(batch: Batch): Promise<Readonly<Record<string, HostTensor>>>;
  dispose(): Promise<void>;
}

/** Opens the program that explains so, for batches of that size. */
export async function openExplained(used: UsedRun, batch: number, explanation: Explanation): Promise<OpenExplained> {
  const { compiled, plan, engine, threads } = used;
  const explained = compiled.explain(batch, explanation);
  // To the engine it is what the model predicts with: a plan that trains nothing needs no memory for training.
  const own: Compiled = { ...compiled, plan: { ...plan, train: undefined }, lower: () => explained.program };
  const session: Session = await engine.open(own, { batch, threads, seed: 0 });
  const restore: OpenExplained['restore'] = (weights, step) => session.restore({ weights, optimizer: new Map(), step });
  await restore(used.weights, used.step);
  return { explained, restore, run: (given) => session.predict(given), dispose: () => session.dispose() };
}

/** Held-out rows where there are some. */
export function partOf(preparer: Preparer): DataPartName {
  return preparer.rows.validation > 0 ? 'validation' : preparer.rows.test > 0 ? 'test' : 'train';
}

/** One row of the data as the model gets it, and which one it is. */
export async function exampleOf(
  used: UsedRun,
  wish: ExampleWish,
): Promise<{ readonly batch: Batch; readonly example: ShownExample }> {
  const preparer = await used.preparer();
  const part = preparer.rows[wish.part] > 0 ? wish.part : partOf(preparer);
  const rows = preparer.rows[part];
  if (rows === 0) throw new Failure('data/nothing-to-evaluate', 'The data of this run has no rows to look at.');
  const index = Math.min(wish.index, rows - 1);
  return { batch: await preparer.prepare({ part, epoch: 0, index, size: 1 }), example: { part, index, rows } };
}

/** The same row so many times. */
export function repeated(batch: Batch, times: number): Batch {
  const fields = Object.entries(batch.fields).map(([name, { dtype, shape, data }]): [string, HostTensor] => {
    const size = data.length;
    const made =
      dtype === 'float32'
        ? new Float32Array(size * times)
        : dtype === 'int32'
          ? new Int32Array(size * times)
          : new Uint8Array(size * times);
    for (let i = 0; i < times; i++) made.set(data, i * size);
    return [name, { dtype, shape: [times, ...shape.slice(1)], data: made }];
  });
  return { size: times, fields: Object.fromEntries(fields) };
}

/** Numbers as the base64 of their float32 bytes, little end first. */
export function packed(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}
