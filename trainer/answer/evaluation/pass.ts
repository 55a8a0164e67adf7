/** One pass over the rows: the sums of all metrics, and what the collectors keep of each row. */
import type { Plan, Ref } from '../../../language/index.ts';
import { batchesOf, type PartName, type Preparer } from '../../data/feed.ts';
import type { Batch, HostTensor, Session } from '../../engine.ts';
import { type Arithmetic, addBatch, noTotals, type Totals, valuesOfTotals } from '../../run/arithmetic.ts';
import { type AskedAnswer, askedAnswers } from './asked.ts';
import { collectClasses } from './collect-classes.ts';
import { collectNumbers } from './collect-numbers.ts';
import { collectPlaces } from './collect-places.ts';
import { collectRanked } from './collect-ranked.ts';
import { collectSequences } from './collect-sequences.ts';
import { collectLabels, collectYesNo } from './collect-yes-no.ts';
import type { Collector } from './collector.ts';

/** Names of the outputs that are asked for besides the model's own: no name of a program holds a blank. */
const named = (kind: string, ref: Ref): string => `${kind} ${ref.node} ${ref.output}`;

/** The plan, with what is compared and what rows are parted by among its outputs. */
export function withAnswers(plan: Plan): Plan {
  const outputs = new Map(plan.graph.outputs.map((output) => [output.name, output]));
  const add = (kind: string, ref: Ref | undefined): void => {
    if (ref === undefined || isField(plan, ref)) return;
    outputs.set(named(kind, ref), { name: named(kind, ref), ref, trainingOnly: false });
  };
  for (const { prediction, truth, where } of askedAnswers(plan)) {
    add('value', prediction);
    add('value', truth);
    add('value', where);
  }
  for (const slice of plan.evaluation?.slices ?? []) if (slice.kind === 'condition') add('value', slice.ref);
  return { ...plan, graph: { ...plan.graph, outputs: [...outputs.values()] } };
}

function isField(plan: Plan, { node }: Ref): boolean {
  const op = plan.graph.nodes[node]?.op;
  return op === 'field' || op === 'input';
}

export interface PassContext {
  /** With the answers among its outputs. */
  readonly plan: Plan;
  readonly session: Session;
  readonly preparer: Preparer;
  readonly part: PartName;
  readonly batch: number;
  readonly arithmetic: Arithmetic;
  readonly progress: (done: number) => void;
}

export interface Pass {
  readonly values: Readonly<Record<string, number>>;
  readonly totals: Totals;
  readonly collectors: readonly Collector[];
  /** By the text of a slice that is a condition: what each row has. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** Measures all rows of the part. */
export async function measurePart(context: PassContext): Promise<Pass> {
  const { plan, session, preparer, part, arithmetic } = context;
  const totals = noTotals();
  const over = { metrics: plan.metrics, arithmetic, mode: 'evaluate' as const };
  const rows = preparer.rows[part];
  const collectors = askedAnswers(plan).map((asked) => collectorOf(asked, rows));
  const slices = plan.evaluation?.slices.flatMap((slice) => (slice.kind === 'condition' ? [slice] : [])) ?? [];
  const conditions = new Map(slices.map(({ text }) => [text, [] as string[]]));
  let first = 0;
  for await (const batch of batchesOf(preparer, { part, epoch: 0, size: context.batch }, 0)) {
    addBatch(totals, batch.size, await session.evaluate(batch), over);
    if (collectors.length > 0 || slices.length > 0) {
      const outputs = await session.predict(batch);
      const at = (ref: Ref): HostTensor | undefined => outputAt(plan, ref, batch, outputs);
      for (const collector of collectors) collect(collector, first, batch, at);
      for (const { text, ref } of slices) conditions.get(text)?.push(...texts(at(ref), batch.size));
    }
    preparer.release?.([batch]);
    first += batch.size;
    context.progress(first);
  }
  const { loss, ...metrics } = valuesOfTotals(totals, over);
  const values = plan.loss === undefined || loss === undefined ? metrics : { loss, ...metrics };
  return { values, totals, collectors, conditions };
}

/** What a result of the graph is for a batch: a field of it, or an output that `withAnswers` added. */
export function outputAt(
  plan: Plan,
  ref: Ref,
  batch: Batch,
  outputs: Readonly<Record<string, HostTensor>>,
): HostTensor | undefined {
  const node = plan.graph.nodes[ref.node];
  if (node !== undefined && isField(plan, ref)) return batch.fields[String(node.settings.name)];
  return outputs[named('value', ref)];
}

function collect(
  { asked, add }: Collector,
  first: number,
  { size }: Batch,
  at: (ref: Ref) => HostTensor | undefined,
): void {
  const [prediction, truth] = [at(asked.prediction), at(asked.truth)];
  const where = asked.where === undefined ? undefined : at(asked.where);
  if (prediction !== undefined && truth !== undefined) add({ first, count: size, prediction, truth, where });
}

function collectorOf(asked: AskedAnswer, rows: number): Collector {
  switch (asked.kind) {
    case 'classes':
      return collectClasses(asked, rows);
    case 'yes-no':
      return collectYesNo(asked, rows);
    case 'labels':
      return collectLabels(asked, rows);
    case 'numbers':
      return collectNumbers(asked, rows);
    case 'places':
      return collectPlaces(asked, rows);
    case 'sequences':
      return collectSequences(asked, rows);
    case 'ranked':
      return collectRanked(asked, rows);
    default:
      return assertNever(asked.kind);
  }
}

function texts(tensor: HostTensor | undefined, count: number): string[] {
  return Array.from({ length: count }, (_, row) => {
    const value = tensor?.data[row] ?? 0;
    return tensor?.dtype === 'bool' ? String(value !== 0) : String(value);
  });
}

function assertNever(value: never): never {
  throw new Error(`Unknown answer: ${JSON.stringify(value)}`);
}
