/**
 * Prediction with a run's weights: what is given under a model input's name goes straight in; what is given under a raw
 * column's name goes through the pipeline that the run saved.
 */

import { basename } from 'node:path';
import { usedWeights } from '../run/checkpoint.ts';
import { chooseCheckpoint } from '../run/choose-checkpoint.ts';
import { compilePlan } from '../run/compile-plan.ts';
import { readPlan } from '../run/folder-files.ts';
import { checkWeights } from '../run/opening.ts';
import type { AnswerDeps } from './evaluate.ts';
import { batchesOf, CHUNK, onlyInputs } from './given.ts';
import { type Nested, nested } from './host.ts';

export interface Prediction {
  readonly run: string;
  readonly checkpoint: string;
  /** Checkpoints that were wanted before this one but cannot be used, with the reason. */
  readonly skipped?: readonly string[];
  /** What is strange about what was given; with the first answer only. */
  readonly notes?: readonly string[];
  /** Number of the first example of this answer, from 0: many examples come in several answers. */
  readonly first: number;
  readonly examples: number;
  /** By output name: one entry for each example. */
  readonly outputs: Readonly<Record<string, readonly Nested[]>>;
}

/** Predicts for one example or a file of examples; `say` gets one answer for each 256 of them. */
export async function predict(
  folder: string,
  inputs: Readonly<Record<string, unknown>>,
  deps: AnswerDeps,
  say: (answer: Prediction) => void,
): Promise<void> {
  const plan = onlyInputs(readPlan(folder));
  const checkpoint = chooseCheckpoint(folder, 'best', deps.disk);
  checkWeights(plan, checkpoint);
  const batches = await batchesOf(plan, folder, inputs);
  const engine = await deps.openEngine();
  const session = await engine.open(await compilePlan(plan), { batch: batches.size, threads: deps.threads, seed: 0 });
  try {
    await session.restore({ weights: usedWeights(checkpoint), optimizer: new Map(), step: checkpoint.train.step });
    for (let first = 0; first < batches.count; first += CHUNK) {
      const batch = await batches.at(first);
      const outputs = Object.entries(await session.predict(batch)).map(([name, tensor]) => [name, nested(tensor)]);
      say({
        run: basename(folder),
        checkpoint: checkpoint.path,
        ...(checkpoint.skipped.length === 0 ? {} : { skipped: checkpoint.skipped }),
        ...(first > 0 || batches.notes.length === 0 ? {} : { notes: batches.notes }),
        first,
        examples: batch.size,
        outputs: Object.fromEntries(outputs),
      });
    }
  } finally {
    await session.dispose();
    await engine.dispose();
  }
}
