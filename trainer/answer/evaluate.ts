/** Evaluation: the metrics of an `evaluate` block on a run's weights, and whether its expectations hold. */

import { join } from 'node:path';
import type { Compiled } from '../../compiler/index.ts';
import type { Plan } from '../../language/index.ts';
import type { EvaluateProgress, EvaluateResult } from '../../protocol/index.ts';
import type { EngineWish } from '../choose.ts';
import { fetchDownloads } from '../data/downloads.ts';
import type { Preparer } from '../data/feed.ts';
import type { DataRequest } from '../data/prepare.ts';
import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import type { Arithmetic } from '../run/arithmetic.ts';
import { usedWeights } from '../run/checkpoint.ts';
import { chooseCheckpoint } from '../run/choose-checkpoint.ts';
import { compilePlan } from '../run/compile-plan.ts';
import type { Disk } from '../run/disk.ts';
import { readPlan, textOf } from '../run/folder-files.ts';
import { checkWeights } from '../run/opening.ts';
import { sayAside } from './aside.ts';
import { conclude } from './evaluation/conclude.ts';
import { measurePart, type PassContext, withAnswers } from './evaluation/pass.ts';
import { openShownRows, type ShownPart, type ShownRows } from './evaluation/shown-rows.ts';

export interface AnswerDeps {
  readonly disk: Disk;
  readonly openEngine: (wish?: EngineWish) => Promise<Engine>;
  readonly prepare: (request: DataRequest) => Promise<Preparer>;
  readonly dataFolder: string | undefined;
  readonly threads: number;
  readonly arithmetic: (compiled: Compiled) => Arithmetic;
}

/** Rows in a batch of an evaluation: larger than in training, since nothing is kept for gradients. */
const BATCH = 256;

/** What an evaluation needs besides. */
export interface Around {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly say: (line: EvaluateProgress) => void;
}

const ALONE: Around = { now: Date.now, say: () => undefined };

/** Evaluates a plan of action `evaluate` on the weights of the run in `folder`, and keeps what it found in the run's `eval/`. */
export async function evaluate(
  plan: Plan,
  folder: string,
  which: 'best' | 'last',
  deps: AnswerDeps,
  around: Around = ALONE,
): Promise<EvaluateResult> {
  const checkpoint = chooseCheckpoint(folder, which, deps.disk);
  checkWeights(plan, checkpoint);
  // The same data declaration with the same arguments is the run's own data: only rows that it did not train on count.
  const whole = !isSameData(plan, readPlan(folder));
  const fitted = textOf(join(folder, 'fitted.json'));
  await fetchDownloads(plan.data, { dataFolder: deps.dataFolder, say: sayAside });
  const preparer = await deps.prepare({ plan, dataFolder: deps.dataFolder, fitted, whole });
  try {
    const part = partOf(preparer, plan);
    const engine = await deps.openEngine();
    const asking = withAnswers(plan);
    const compiled = await compilePlan(asking);
    const batch = Math.min(plan.evaluation?.batch ?? BATCH, preparer.rows[part]);
    const session = await engine.open(compiled, { batch, threads: deps.threads, seed: 0 });
    try {
      await session.restore({ weights: usedWeights(checkpoint), optimizer: new Map(), step: checkpoint.train.step });
      const arithmetic = deps.arithmetic(compiled);
      const progress = teller(around, preparer.rows[part]);
      const context: PassContext = { plan: asking, session, preparer, part, batch, arithmetic, progress };
      const pass = await measurePart(context);
      const rows = await lookAgain({ plan, part, whole }, fitted ?? preparer.fitted, deps.dataFolder);
      return await conclude({ context, pass, rows, whole, plan, folder, checkpoint, disk: deps.disk, now: around.now });
    } finally {
      await session.dispose();
      await engine.dispose();
    }
  } finally {
    await preparer.dispose();
  }
}

/** Tells at most fifty times. */
function teller({ say }: Around, all: number): (done: number) => void {
  let next = 0;
  return (done) => {
    if (done < next && done < all) return;
    next = done + all / 50;
    say({ progress: { done, all } });
  };
}

/** The rows for people; in words where they cannot be shown, which is no reason against the figures. */
async function lookAgain(
  shown: ShownPart,
  fitted: string,
  dataFolder: string | undefined,
): Promise<ShownRows | { readonly why: string }> {
  try {
    return await openShownRows(shown, fitted, dataFolder);
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

function isSameData(plan: Plan, trained: Plan): boolean {
  const key = (one: Plan): string =>
    JSON.stringify([one.data.name, one.data.args, one.data.source.call, one.data.source.settings]);
  return key(plan) === key(trained);
}

function partOf(preparer: Preparer, plan: Plan): ShownPart['part'] {
  if (preparer.rows.test > 0) return 'test';
  if (preparer.rows.validation > 0) return 'validation';
  throw new Failure(
    'data/nothing-to-evaluate',
    `All rows of ${plan.data.title} are for training, so there is none to evaluate on. Give the data \`test: 10%\` or \`validation: 10%\` and train again, or evaluate on other data.`,
    plan.place,
  );
}
