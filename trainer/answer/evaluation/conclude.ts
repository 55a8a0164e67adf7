/** What an evaluation found, put together: figures with their intervals, slices, expectations, and the files in `eval/<name>/`. */
import { basename, join } from 'node:path';
import type { Plan, PlanExpectation, PlanMetric } from '../../../language/index.ts';
import {
  EVALUATION_VERSION,
  type EvaluateResult,
  type Evaluation,
  eventNumber,
  eventNumbers,
  type Figure,
  numberOf,
  rowsHeadLine,
} from '../../../protocol/index.ts';
import { assertNever, eventPlace, Failure } from '../../failure.ts';
import type { ChosenCheckpoint } from '../../run/choose-checkpoint.ts';
import type { Disk } from '../../run/disk.ts';
import { matricesOf } from '../matrices.ts';
import type { AskedAnswer } from './asked.ts';
import type { Collector } from './collector.ts';
import { columnsOf, namesOf } from './names.ts';
import type { Pass, PassContext } from './pass.ts';
import type { ShownRows } from './shown-rows.ts';
import { measureSlices, type ValuedSlice } from './slices.ts';

export interface Found {
  readonly context: PassContext;
  readonly pass: Pass;
  /** The rows for people, or why there are none. */
  readonly rows: ShownRows | { readonly why: string };
  readonly whole: boolean;
  /** As it was asked, without what was added to its outputs. */
  readonly plan: Plan;
  readonly folder: string;
  readonly checkpoint: ChosenCheckpoint;
  readonly disk: Disk;
  readonly now: () => number;
}

/** The result; its files are written where the folder lets them be. */
export async function conclude(found: Found): Promise<EvaluateResult> {
  const { context, pass, plan, folder, checkpoint, rows } = found;
  const { preparer, part } = context;
  const notes: string[] = 'why' in rows ? [`The rows cannot be looked at one by one: ${rows.why}`] : [];
  const figure = (name: string, value: number, some?: Uint32Array): Figure =>
    figureOf(
      pass.collectors,
      plan.metrics.find((metric) => metric.name === name),
      value,
      some,
    );
  const slices = await measureSlices(context, await slicesOf(found, notes), figure);
  const matrices = matricesOf(plan, pass.totals, preparer.fitted);
  const expect = plan.expect.map((expectation) => judge(expectation, pass.values, plan));
  const evaluation: Evaluation = {
    version: EVALUATION_VERSION,
    name: folderName(plan.declaration),
    run: basename(folder),
    unit: plan.model.name,
    data: plan.data.title,
    part: part === 'validation' ? 'validation' : 'test',
    checkpoint: checkpoint.path,
    step: checkpoint.train.step,
    created: found.now(),
    examples: preparer.rows[part],
    dataHash: preparer.hash,
    metrics: Object.fromEntries(Object.entries(pass.values).map(([name, value]) => [name, figure(name, value)])),
    ...(Object.keys(matrices).length === 0 ? {} : { matrices }),
    expect,
    answers: pass.collectors.map((collector) => {
      const answer = collector.report(namesOf(collector.asked, plan, preparer.fitted));
      return answer.kind === 'ranked' ? { ...answer, columns: columnsOf(collector.asked, plan) } : answer;
    }),
    slices,
    notes,
  };
  return {
    run: evaluation.run,
    unit: evaluation.unit,
    data: evaluation.data,
    checkpoint: checkpoint.path,
    ...(checkpoint.skipped.length === 0 ? {} : { skipped: checkpoint.skipped }),
    examples: evaluation.examples,
    metrics: eventNumbers(pass.values),
    ...(evaluation.matrices === undefined ? {} : { matrices }),
    evaluation: keep(evaluation, found),
    expect,
  };
}

/** Declarations are names of the language; what else stands in one is made harmless. */
export function folderName(declaration: string): string {
  return declaration.replace(/[^\p{L}\p{N}_-]/gu, '_').slice(0, 80) || 'evaluation';
}

/** How far the kept rows may give another value than the engine's sums, before they are no explanation of it. */
const CLOSE = 1e-3;

function figureOf(
  collectors: readonly Collector[],
  metric: PlanMetric | undefined,
  value: number,
  rows: Uint32Array | undefined,
): Figure {
  const { prediction, truth, weights } = metric?.inputs ?? {};
  const own = collectors.find(
    ({ asked }) => same(asked.prediction, prediction) && same(asked.truth, truth) && weights === undefined,
  );
  const kept = metric === undefined ? undefined : own?.figure(metric, rows);
  if (kept?.low === undefined || kept.high === undefined || kept.method === undefined)
    return { value: eventNumber(value) };
  // A metric that counts in another way than the rows here has no interval by them.
  if (Math.abs(numberOf(kept.value) - value) > CLOSE * Math.max(1, Math.abs(value)))
    return { value: eventNumber(value) };
  return { value: eventNumber(value), low: kept.low, high: kept.high, method: kept.method };
}

function same(a: AskedAnswer['truth'], b: PlanMetric['inputs'][string] | undefined): boolean {
  return b !== undefined && a.node === b.node && a.output === b.output;
}

async function slicesOf({ plan, pass, rows }: Found, notes: string[]): Promise<readonly ValuedSlice[]> {
  const found: ValuedSlice[] = [];
  for (const slice of plan.evaluation?.slices ?? []) {
    if (slice.kind === 'condition') {
      found.push({ slice, values: pass.conditions.get(slice.text) ?? [] });
      continue;
    }
    if ('why' in rows) continue;
    try {
      found.push({ slice, values: await rows.values(slice.name) });
    } catch (error) {
      notes.push(`Nothing is given apart by ${slice.text}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return found;
}

/** Rows that are kept line by line. */
const MOST_ROWS = 1_000_000;

/** Writes `plan.json` and `rows.jsonl`, and `evaluation.json` last: it is there only where the others are. */
function keep(evaluation: Evaluation, { folder, plan, pass, whole, context, disk }: Found): Evaluation {
  const own = join(folder, 'eval', evaluation.name);
  try {
    disk.makeFolder(join(folder, 'eval'));
    disk.makeFolder(own);
    disk.replace(join(own, 'plan.json'), `${JSON.stringify({ version: 1, whole, part: context.part, plan })}\n`);
    const { collectors } = pass;
    const head = rowsHeadLine(collectors.map(({ asked }) => ({ name: asked.name, kind: asked.kind })));
    const lines = [head];
    for (let row = 0; row < Math.min(MOST_ROWS, evaluation.examples); row++)
      lines.push(`${JSON.stringify(collectors.map((each) => each.entry(row)))}\n`);
    disk.replace(join(own, 'rows.jsonl'), lines.join(''));
    disk.replace(join(own, 'evaluation.json'), `${JSON.stringify(evaluation)}\n`);
    return evaluation;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...evaluation, notes: [...evaluation.notes, `It could not be kept in the run's folder: ${why}`] };
  }
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
