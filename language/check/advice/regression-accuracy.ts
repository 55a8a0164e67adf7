/** Accuracy of an amount: how often a price is hit exactly says nothing. */
import { numbersIn } from '../../catalog/rules/facts.ts';
import type { TensorType } from '../../shapes/type.ts';
import { findLocal, place } from '../frame.ts';
import { report } from '../report.ts';
import { type Comparison, lossesOf, metricsIn } from './losses.ts';
import type { Run } from './run.ts';

const SHARES: ReadonlySet<string> = new Set(['accuracy', 'precision', 'recall', 'f1', 'auc', 'averagePrecision']);
const DISTANCES: ReadonlySet<string> = new Set(['mse', 'mae', 'huber', 'logCosh', 'quantile', 'poisson']);

export function adviseRegressionAccuracy(run: Run): void {
  const losses = lossesOf(run);
  for (const metric of metricsIn(run)) {
    if (!SHARES.has(metric.name) || metric.output === '') continue;
    const own = losses.filter((loss) => loss.output === metric.output);
    const distance = own.find((loss) => DISTANCES.has(loss.name));
    if (!distance || own.length > 1 || !isAmount(metric, run)) continue;
    const { callee } = metric.call;
    report(run.frame, callee, {
      severity: 'warning',
      message: { key: 'train/regression-accuracy', values: { metric: metric.name, loss: distance.name } },
      related: [{ at: place(run.frame, distance.call), message: { key: 'why/distance-here', values: {} } }],
      fixes:
        metric.field !== distance.field
          ? []
          : [
              {
                id: 'train/regression-accuracy/mae',
                title: { key: 'fix/replace', values: { text: 'mae' } },
                preferred: true,
                edits: [{ at: place(run.frame, callee), newText: 'mae' }],
              },
            ],
    });
  }
}

/** A decimal truth that is no yes and no, against a prediction that is no probability. */
function isAmount({ output, field }: Comparison, { frame }: Run): boolean {
  const prediction = typeOf(findLocal(frame.scope, output)?.value);
  const truth = typeOf(findLocal(frame.scope, field)?.value);
  if (!prediction || prediction.facts.mark) return false;
  // Class numbers against one bare score that a distance trains.
  if (truth?.dtype === 'int32') return (truth.facts.range?.[1] ?? 2) > 1;
  if (truth?.dtype !== 'float32') return false;
  if (truth.facts.normalised) return true;
  const [low, high] = numbersIn(truth.facts) ?? [];
  return low === undefined || high === undefined || low < 0 || high > 1;
}

function typeOf(value: { readonly kind: string; readonly type?: TensorType } | undefined): TensorType | undefined {
  return value?.kind === 'tensor' ? value.type : undefined;
}
