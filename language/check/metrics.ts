/** Metrics and expectations of a section. */
import type { CheckedSettings, MetricEntry } from '../catalog/entry.ts';
import type { PlanExpectation, Ref } from '../plan/plan.ts';
import type { Place } from '../problem.ts';
import type { BinaryExpr, CallExpr, Expr } from '../syntax/tree.ts';
import { bindCall } from './bind-inputs.ts';
import { evaluate } from './expression.ts';
import { comparisonFixes } from './fixes/comparison.ts';
import { type Frame, place } from './frame.ts';
import type { Site } from './layer.ts';
import { complain, replaceFix } from './report.ts';
import { suggest } from './resolve.ts';
import { runEntry } from './run-entry.ts';
import { numberIn } from './value.ts';

export interface CheckedMetric {
  /** `accuracy`, or `accuracy.kind` where two of the section share a name. */
  readonly name: string;
  readonly entry: MetricEntry;
  readonly settings: CheckedSettings;
  readonly inputs: Readonly<Record<string, Ref>>;
  readonly place: Place;
}

export interface Expectation {
  readonly text: string;
  readonly metric: CheckedMetric;
  readonly operator: PlanExpectation['operator'];
  readonly value: number;
  readonly place: Place;
}

/** The metrics of `metrics:`, a call or a list of calls. */
export function metricsOf(expr: Expr, frame: Frame): readonly CheckedMetric[] {
  const calls = expr.kind === 'list' ? expr.items : expr.kind === 'paren' ? [expr.value] : [expr];
  if (expr.kind === 'name' && expr.text === 'none') return [];
  const found = calls.flatMap((call) => {
    const metric = metricOf(call, frame);
    if (!metric) frame.session.lostMetrics = true;
    return metric ? [metric] : [];
  });
  return named(found);
}

interface Unnamed extends CheckedMetric {
  /** What the first argument is called: the output that is measured. */
  readonly output: string;
}

/** Only where two metrics share a name does the output follow. */
function named(metrics: readonly Unnamed[]): readonly CheckedMetric[] {
  const taken = new Map<string, number>();
  return metrics.map(({ output, ...metric }) => {
    const shared = metrics.filter((other) => other.name === metric.name).length > 1;
    const name = shared && output !== '' ? `${metric.name}.${output}` : metric.name;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return { ...metric, name: count > 1 ? `${name}.${count}` : name };
  });
}

function metricOf(expr: Expr, frame: Frame): Unnamed | undefined {
  if (expr.kind !== 'call' || expr.callee.kind !== 'name') {
    if (expr.kind !== 'missing') complain(frame, expr, 'train/metric-form', {}, comparisonFixes(expr, 'metric', frame));
    return undefined;
  }
  const { catalog } = frame.session.program;
  const name = expr.callee;
  const entry = catalog.find('metric', name.text);
  if (entry?.kind !== 'metric') {
    if (name.text !== '') suggest(frame, name, name.text, 'train/unknown-metric', catalog.names('metric'));
    for (const arg of expr.args?.items ?? []) evaluate(arg.value, frame);
    return undefined;
  }
  frame.facts?.targets.set(name, { kind: 'entry', entry });
  const args = (expr.args?.items ?? []).map((arg) => ({ arg, frame }));
  const site: Site = { node: expr, callee: name, args, body: undefined, frame, arrow: undefined };
  const call = bindCall(entry, site, undefined, frame);
  const result = runEntry(entry, site, call, frame);
  if (result.kind !== 'tensor') return undefined;
  const inputs: Record<string, Ref> = {};
  for (const [input, value] of call.inputs) {
    if ('kind' in value && value.ref) inputs[input] = value.ref;
  }
  return {
    name: entry.name,
    output: outputName(expr),
    entry,
    settings: call.settings,
    inputs,
    place: place(frame, expr),
  };
}

function outputName(call: CallExpr): string {
  const first = call.args?.items[0]?.value;
  if (first?.kind === 'name') return first.text;
  return first?.kind === 'member' ? first.name.text : '';
}

/** The conditions of `expect:`, one or a list. */
export function expectationsOf(expr: Expr, frame: Frame): readonly Expectation[] {
  const items = expr.kind === 'list' ? expr.items : [expr];
  return items.flatMap((item) => {
    const expectation = expectationOf(item, frame);
    return expectation ? [expectation] : [];
  });
}

function expectationOf(expr: Expr, frame: Frame): Expectation | undefined {
  const operator = expr.kind === 'binary' ? comparison(expr) : undefined;
  if (expr.kind !== 'binary' || !operator) {
    if (expr.kind !== 'missing') complain(frame, expr, 'train/expect-form');
    return undefined;
  }
  if (expr.left.kind !== 'call' && isMetric(expr.right, frame)) {
    const { chunk } = frame;
    const [left, right] = [expr.left, expr.right].map((side) => chunk.text.slice(side.start, side.end));
    const turned = `${right} ${TURNED[operator]} ${left}`;
    complain(frame, expr, 'train/expect-form', {}, [replaceFix(frame, 'train/expect-form/turn', expr, turned)]);
    return undefined;
  }
  const metric = metricOf(expr.left, frame);
  const right = evaluate(expr.right, frame);
  const value = numberIn(right);
  if (value === undefined) {
    if (right.kind !== 'unknown') complain(frame, expr.right, 'train/expect-number');
    return undefined;
  }
  if (!metric) return undefined;
  checkBounds(metric.entry.name, value, expr.right, frame);
  const { output: _, ...rest } = metric;
  const text = frame.chunk.text.slice(expr.start, expr.end);
  return { text, metric: rest, operator, value, place: place(frame, expr) };
}

/** Between which numbers a metric lies, whatever is measured. */
const SHARE = [0, 1] as const;
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  accuracy: SHARE,
  topK: SHARE,
  precision: SHARE,
  recall: SHARE,
  f1: SHARE,
  auc: SHARE,
  averagePrecision: SHARE,
  iou: SHARE,
  meanIou: SHARE,
  ndcg: SHARE,
  mae: [0, Number.POSITIVE_INFINITY],
  mse: [0, Number.POSITIVE_INFINITY],
  rmse: [0, Number.POSITIVE_INFINITY],
  mape: [0, Number.POSITIVE_INFINITY],
  perplexity: [1, Number.POSITIVE_INFINITY],
  r2: [Number.NEGATIVE_INFINITY, 1],
};

/** A number that the metric cannot reach: 95 for 95 %. */
function checkBounds(metric: string, value: number, at: Expr, frame: Frame): void {
  const [low, high] = BOUNDS[metric] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (value >= low && value <= high) return;
  const percent = high === 1 && value > 1 && value <= 100 && at.kind === 'number';
  const fixes = percent ? [replaceFix(frame, 'train/expect-bounds/percent', at, `${value}%`)] : [];
  const bound = Number.isFinite(low) ? (Number.isFinite(high) ? '' : '.low') : '.high';
  complain(frame, at, `train/expect-bounds${bound}`, { metric, low, high, value }, fixes);
}

/** The same comparison with its sides exchanged. */
const TURNED: Readonly<Record<PlanExpectation['operator'], PlanExpectation['operator']>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function isMetric(expr: Expr, frame: Frame): boolean {
  return (
    expr.kind === 'call' &&
    expr.callee.kind === 'name' &&
    frame.session.program.catalog.find('metric', expr.callee.text) !== undefined
  );
}

function comparison(expr: BinaryExpr): PlanExpectation['operator'] | undefined {
  switch (expr.operator) {
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=':
      return expr.operator;
    default:
      return undefined;
  }
}
