/** Tables behind metrics that are more than their number (`confusion`), with the names of the classes where the data has them. */
import { catalog, type Plan, type Ref } from '../../language/index.ts';
import type { EvaluateMatrix } from '../../protocol/index.ts';
import { parseFitted } from '../data/fit.ts';
import type { Totals } from '../run/arithmetic.ts';

/** By metric; none for metrics that are numbers only. */
export function matricesOf(plan: Plan, totals: Totals, fitted: string): Readonly<Record<string, EvaluateMatrix>> {
  const found: Record<string, EvaluateMatrix> = {};
  for (const metric of plan.metrics) {
    const entry = catalog.get(metric.op);
    const numbers = totals.metrics[metric.name];
    if (entry?.kind !== 'metric' || entry.table === undefined || numbers === undefined) continue;
    const rows = entry.table(numbers);
    found[metric.name] = { classes: classNames(plan, metric.inputs.truth, fitted, rows.length), rows };
  }
  return found;
}

/** What `Index` learned for a truth; else the numbers themselves. */
export function classNames(plan: Plan, truth: Ref | undefined, fitted: string, count: number): readonly string[] {
  const node = truth && plan.graph.nodes[truth.node];
  const field = plan.data.fields.find(({ name }) => name === node?.settings.name);
  const learned = field === undefined ? undefined : parseFitted(fitted).get(field.node);
  const names = learned?.kind === 'Index' ? learned.values : [];
  return Array.from({ length: count }, (_, number) => String(names[number] ?? number));
}
