/** Puts a plan together from what was recorded and checked. */
import { runName } from '../check/analyse.ts';
import type { Frame } from '../check/frame.ts';
import { place } from '../check/frame.ts';
import type { CheckedMetric, Expectation } from '../check/metrics.ts';
import { complain, reportAt } from '../check/report.ts';
import type { CheckedRun } from '../check/run.ts';
import { constant, isUnknown, printDim } from '../shapes/dim.ts';
import type { RunDecl } from '../syntax/tree.ts';
import { measuredTooLate } from './first-pass.ts';
import { buildGraph } from './graph.ts';
import type { PlanRequest } from './make-plan.ts';
import type { Places } from './places.ts';
import {
  PLAN_VERSION,
  type Plan,
  type PlanExpectation,
  type PlanMetric,
  type Ref,
  type TrainSettings,
} from './plan.ts';
import { argsOf, planData } from './plan-data.ts';
import type { GraphRecorder } from './recorder.ts';
import { type Planner, planCall, planSettings } from './values.ts';

export interface Parts {
  readonly request: PlanRequest;
  readonly declaration: RunDecl;
  readonly frame: Frame;
  readonly run: CheckedRun;
  readonly graph: GraphRecorder;
  readonly data: GraphRecorder;
  readonly places: Places;
  readonly planner: Planner;
}

/** The plan; undefined where something that it needs is not known (reported). */
export function assemble(parts: Parts): Plan | undefined {
  const { request, declaration, frame, run, graph, places, planner } = parts;
  const at = place(frame, declaration);
  const outputs = run.parts.outputs.flatMap(({ name, value, trainingOnly }) =>
    value.kind === 'tensor' && value.ref ? [{ name, ref: value.ref, trainingOnly }] : [],
  );
  if (outputs.length < run.parts.outputs.length) return unknownParts(parts);
  if (request.action === 'train' && !run.loss) return unknownParts(parts);
  const metrics = [...run.metrics];
  const expected = run.expect.map((expectation) => ({ expectation, metric: indexOf(metrics, expectation) }));
  const roots = [
    ...outputs.map((output) => output.ref),
    ...(run.loss ? [run.loss] : []),
    ...metrics.flatMap((metric) => Object.values(metric.inputs)),
    ...(run.evaluated?.slices.flatMap((slice) => (slice.kind === 'condition' ? [slice.ref] : [])) ?? []),
  ];
  if (hasOpenField(parts)) return undefined;
  const built = buildGraph(graph, roots, places, planner, run.training?.freeze);
  for (const { place: at, weight } of measuredTooLate(graph, run.training?.freeze ?? [])) {
    reportAt(frame, at, { message: { key: 'train/normalize-late', values: { weight } } });
  }
  const used = new Set(
    built.nodes.flatMap((node) => (node.op === 'input' || node.op === 'field' ? [String(node.settings.name)] : [])),
  );
  const data = planData(
    {
      data: run.parts.data,
      title: dataTitle(declaration, frame),
      asked: declaration.on ? place(frame, declaration.on.name) : at,
      isUsed: (name) => used.has(name),
    },
    { frame, recorder: parts.data, places, planner },
  );
  const training = run.training && trainSettings(run, parts);
  const name = runName(declaration);
  return {
    version: PLAN_VERSION,
    action: request.action,
    file: request.file,
    declaration: name,
    title: `${stem(request.file)} ${name}`,
    model: { name: declaration.model.map((part) => part.text).join('.'), args: argsOf(run.parts.params) },
    graph: {
      nodes: built.nodes,
      weights: built.weights,
      inputs: built.inputs,
      outputs: outputs.map((output) => ({ ...output, ref: built.ref(output.ref) })),
    },
    ...modulesOf(frame, places),
    data,
    loss: run.loss && built.ref(run.loss),
    metrics: metrics.map((metric) => planMetric(metric, built.ref, parts)),
    train: training,
    expect: expected.map(({ expectation, metric }): PlanExpectation => {
      const { text, operator, value } = expectation;
      return { text, metric, operator, value, place: places.of(expectation.place) };
    }),
    run: run.evaluated?.run,
    ...evaluationOf(run, built.ref),
    place: places.of(at),
    sources: places.sources(),
  };
}

/** True where rows that the model reads have no length of their own (reported). */
function hasOpenField({ graph, run, frame }: Parts): boolean {
  const read = new Set(
    graph.nodes.flatMap(({ op, settings }) => (op === 'input' || op === 'field' ? [String(settings.name)] : [])),
  );
  const open = [...run.parts.data.result.fields.values()].flatMap((field) => {
    const dim =
      read.has(field.name) && field.value.type.shape?.find((one) => constant(one) === undefined && !isUnknown(one));
    return dim ? [{ field, dim }] : [];
  });
  for (const { field, dim } of open) {
    const values = { field: field.name, names: printDim(dim) };
    reportAt(frame, field.at, { message: { key: 'train/unknown-size.field', values } });
  }
  return open.length > 0;
}

/** What an `evaluate` section says besides metrics and expectations. */
function evaluationOf({ evaluated }: CheckedRun, ref: (ref: Ref) => Ref): Pick<Plan, 'evaluation'> {
  if (!evaluated || (evaluated.batch === undefined && evaluated.slices.length === 0)) return {};
  const { batch, slices } = evaluated;
  return {
    evaluation: {
      ...(batch === undefined ? {} : { batch }),
      slices: slices.map((slice) => (slice.kind === 'field' ? slice : { ...slice, ref: ref(slice.ref) })),
    },
  };
}

/** The modules that the graph's nodes name. */
function modulesOf(frame: Frame, places: Places): Pick<Plan, 'modules'> {
  const modules = [...frame.session.modules.values()].map(({ op, path, text, place: at }) => ({
    op,
    path,
    code: text,
    place: places.of(at),
  }));
  return modules.length === 0 ? {} : { modules };
}

/** Something that the run needs is unknown, though nothing is wrong: a header that nobody could read. */
function unknownParts({ frame, declaration, run }: Parts): undefined {
  const name = run.parts.outputs.find(({ value }) => value.kind !== 'tensor' || !value.ref)?.name ?? 'loss';
  complain(frame, declaration.model[0] ?? declaration.keyword, 'train/unread-data', { what: `\`${name}\`` });
  return undefined;
}

function stem(file: string): string {
  const name = file.replace(/\\/gu, '/').split('/').at(-1) ?? file;
  return name.replace(/\.model$/u, '');
}

// ---- metrics

/** The place of an expectation's metric among the metrics; it joins them where it is none of them. */
function indexOf(metrics: CheckedMetric[], { metric }: Expectation): number {
  const same = metrics.findIndex(
    (other) =>
      other.entry === metric.entry &&
      JSON.stringify(other.inputs) === JSON.stringify(metric.inputs) &&
      JSON.stringify(other.settings) === JSON.stringify(metric.settings),
  );
  if (same >= 0) return same;
  let name = metric.name;
  for (let count = 2; metrics.some((other) => other.name === name); count++) name = `${metric.name}.${count}`;
  metrics.push({ ...metric, name });
  return metrics.length - 1;
}

function planMetric(metric: CheckedMetric, ref: (ref: Ref) => Ref, { places, planner }: Parts): PlanMetric {
  return {
    name: metric.name,
    op: `metric/${metric.entry.name}`,
    inputs: Object.fromEntries(Object.entries(metric.inputs).map(([name, input]) => [name, ref(input)])),
    settings: planSettings(metric.settings, metric.place, planner),
    direction: metric.entry.direction,
    place: places.of(metric.place),
  };
}

// ---- training

function trainSettings(run: CheckedRun, { frame, declaration, places, planner }: Parts): TrainSettings | undefined {
  const { training } = run;
  if (!training?.optimizer) return undefined;
  const { optimizer, places: written, ...rest } = training;
  const at = written.optimizer ?? place(frame, declaration);
  return {
    ...rest,
    optimizer: planCall(optimizer, at, planner),
    places: Object.fromEntries(Object.entries(written).map(([key, where]) => [key, places.of(where)])),
  };
}

/** `Mnist("t10k")` as it is written. */
function dataTitle(declaration: RunDecl, frame: Frame): string {
  const { on } = declaration;
  if (!on) return '';
  const last = on.args.at(-1);
  if (!last) return on.name.text;
  return `${on.name.text}(${on.args.map((arg) => frame.chunk.text.slice(arg.start, arg.end)).join(', ')})`;
}
