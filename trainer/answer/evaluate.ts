/** Evaluation: the metrics of an `evaluate` block on a run's weights, and whether its expectations hold. */

import { basename, join } from 'node:path';
import type { Compiled } from '../../compiler/index.ts';
import type { Plan, PlanExpectation } from '../../language/index.ts';
import { type EvaluateResult, eventNumber, eventNumbers } from '../../protocol/index.ts';
import type { EngineWish } from '../choose.ts';
import { fetchDownloads } from '../data/downloads.ts';
import { batchesOf, type PartName, type Preparer } from '../data/feed.ts';
import type { DataRequest } from '../data/prepare.ts';
import type { Engine, Session } from '../engine.ts';
import { assertNever, eventPlace, Failure } from '../failure.ts';
import { type Arithmetic, addBatch, noTotals, type Totals, valuesOfTotals } from '../run/arithmetic.ts';
import { usedWeights } from '../run/checkpoint.ts';
import { chooseCheckpoint } from '../run/choose-checkpoint.ts';
import { compilePlan } from '../run/compile-plan.ts';
import type { Disk } from '../run/disk.ts';
import { readPlan, textOf } from '../run/folder-files.ts';
import { checkWeights } from '../run/opening.ts';
import { sayAside } from './aside.ts';
import { matricesOf } from './matrices.ts';

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

/** Evaluates a plan of action `evaluate` on the weights of the run in `folder`. */
export async function evaluate(
  plan: Plan,
  folder: string,
  which: 'best' | 'last',
  deps: AnswerDeps,
): Promise<EvaluateResult> {
  const run = basename(folder);
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
    const compiled = await compilePlan(plan);
    const session = await engine.open(compiled, {
      batch: Math.min(BATCH, preparer.rows[part]),
      threads: deps.threads,
      seed: 0,
    });
    try {
      await session.restore({ weights: usedWeights(checkpoint), optimizer: new Map(), step: checkpoint.train.step });
      const { values, totals } = await measure(session, preparer, part, plan, deps.arithmetic(compiled));
      const matrices = matricesOf(plan, totals, preparer.fitted);
      return {
        run,
        unit: plan.model.name,
        data: plan.data.title,
        checkpoint: checkpoint.path,
        ...(checkpoint.skipped.length === 0 ? {} : { skipped: checkpoint.skipped }),
        examples: preparer.rows[part],
        metrics: eventNumbers(values),
        ...(Object.keys(matrices).length === 0 ? {} : { matrices }),
        expect: plan.expect.map((expectation) => judge(expectation, values, plan)),
      };
    } finally {
      await session.dispose();
      await engine.dispose();
    }
  } finally {
    await preparer.dispose();
  }
}

function isSameData(plan: Plan, trained: Plan): boolean {
  const key = (one: Plan): string =>
    JSON.stringify([one.data.name, one.data.args, one.data.source.call, one.data.source.settings]);
  return key(plan) === key(trained);
}

function partOf(preparer: Preparer, plan: Plan): PartName {
  if (preparer.rows.test > 0) return 'test';
  if (preparer.rows.validation > 0) return 'validation';
  throw new Failure(
    'data/nothing-to-evaluate',
    `All rows of ${plan.data.title} are for training, so there is none to evaluate on. Give the data \`test: 10%\` or \`validation: 10%\` and train again, or evaluate on other data.`,
    plan.place,
  );
}

async function measure(
  session: Session,
  preparer: Preparer,
  part: PartName,
  plan: Plan,
  arithmetic: Arithmetic,
): Promise<{ readonly values: Readonly<Record<string, number>>; readonly totals: Totals }> {
  const totals = noTotals();
  const over = { metrics: plan.metrics, arithmetic, mode: 'evaluate' as const };
  const size = Math.min(BATCH, preparer.rows[part]);
  for await (const batch of batchesOf(preparer, { part, epoch: 0, size }, 0)) {
    addBatch(totals, batch.size, await session.evaluate(batch), over);
  }
  const { loss, ...metrics } = valuesOfTotals(totals, over);
  const values = plan.loss === undefined || loss === undefined ? metrics : { loss, ...metrics };
  return { values, totals };
}

function judge(
  expectation: PlanExpectation,
  values: Readonly<Record<string, number>>,
  plan: Plan,
): EvaluateResult['expect'][number] {
  const value = values[plan.metrics[expectation.metric]?.name ?? ''] ?? Number.NaN;
  const place = eventPlace(plan, expectation.place);
  if (place === undefined) throw new Failure('train/plan', 'The plan has an expectation without a place.');
  return {
    text: expectation.text,
    value: eventNumber(value),
    held: holds(expectation.operator, value, expectation.value),
    place,
  };
}

function holds(operator: PlanExpectation['operator'], a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    default:
      return assertNever(operator);
  }
}
