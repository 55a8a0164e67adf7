/** Puts a plan together from what was recorded and checked. */
import { runName } from '../check/analyse.ts';
import type { DataResult } from '../check/data.ts';
import type { Choice } from '../check/data-parts.ts';
import type { Frame } from '../check/frame.ts';
import { place } from '../check/frame.ts';
import type { CheckedMetric, Expectation } from '../check/metrics.ts';
import { complain, reportAt } from '../check/report.ts';
import type { CheckedRun } from '../check/run.ts';
import type { RunParts } from '../check/run-scope.ts';
import { numberIn, type Value } from '../check/value.ts';
import type { RunDecl } from '../syntax/tree.ts';
import { measuredTooLate } from './first-pass.ts';
import { buildGraph, buildPipeline } from './graph.ts';
import type { PlanRequest } from './make-plan.ts';
import type { Places } from './places.ts';
import {
  PLAN_VERSION,
  type Plan,
  type PlanData,
  type PlanExpectation,
  type PlanMetric,
  type PlanPart,
  type Ref,
  type Settings,
  type SettingValue,
  type TrainSettings,
} from './plan.ts';
import type { GraphRecorder } from './recorder.ts';
import { type Planner, planCall, planSettings, planShape } from './values.ts';

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
  ];
  const built = buildGraph(graph, roots, places, planner, run.training?.freeze);
  for (const { place: at, weight } of measuredTooLate(graph, run.training?.freeze ?? [])) {
    reportAt(frame, at, { message: { key: 'train/normalize-late', values: { weight } } });
  }
  const used = new Set(
    built.nodes.flatMap((node) => (node.op === 'input' || node.op === 'field' ? [String(node.settings.name)] : [])),
  );
  const data = planData(parts, used);
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
    run: run.run,
    place: places.of(at),
    sources: places.sources(),
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

// ---- data

function planData(parts: Parts, used: ReadonlySet<string>): PlanData {
  const { run, declaration, data: recorder, places, planner, frame } = parts;
  const { data } = run.parts;
  const { result } = data;
  const at = { chunk: data.chunk, start: data.declaration.start, end: data.declaration.end };
  const known = [...result.fields.values()].filter((field) => field.value.ref);
  for (const field of result.fields.values()) {
    if (used.has(field.name) && !field.value.ref) {
      complain(frame, declaration.on?.name ?? declaration.keyword, 'train/unread-data', {
        what: `the field \`${field.name}\``,
      });
    }
  }
  const pipeline = buildPipeline(
    recorder,
    [...known.flatMap(({ value }) => (value.ref ? [value.ref] : [])), ...choosing(result)],
    places,
    planner,
  );
  return {
    name: data.declaration.name.text,
    title: dataTitle(declaration, frame),
    args: argsOf(data.params),
    source: sourceCall(run.parts, parts),
    nodes: pipeline.nodes,
    fields: known.map((field) => ({
      name: field.name,
      node: field.value.ref ? pipeline.id(field.value.ref) : 0,
      dtype: field.value.type.dtype ?? 'float32',
      shape: used.has(field.name)
        ? planShape(field.value.type.shape, `the field \`${field.name}\``, field.at, planner)
        : (field.value.type.shape ?? []).map((dim) => numberIn({ kind: 'size', dim }) ?? 1),
      used: used.has(field.name),
      place: places.of(field.at),
    })),
    validation: result.validation,
    test: result.test,
    ...rowChoices(result, pipeline.id),
    shuffle: result.shuffle,
    seed: result.seed,
    place: places.of(at),
  };
}

/** The nodes that say which rows there are and which of them are for what. */
function choosing({ kept, parts }: DataResult): readonly Ref[] {
  const refs = [parts.validation, parts.test].map((choice) =>
    choice?.kind === 'condition' ? [choice.node] : [choice?.by ?? [], choice?.stratify ?? []].flat(),
  );
  return [...(kept.keep ? [kept.keep] : []), ...kept.deduplicate, ...refs.flat()];
}

function rowChoices({ kept, parts }: DataResult, id: (ref: Ref) => number): Partial<PlanData> {
  const part = (choice: Choice): PlanPart =>
    choice.kind === 'condition'
      ? { kind: 'condition', node: id(choice.node) }
      : {
          kind: 'share',
          share: choice.share,
          ...(choice.by ? { by: id(choice.by) } : {}),
          ...(choice.stratify ? { stratify: id(choice.stratify) } : {}),
        };
  const chosen = {
    ...(parts.validation ? { validation: part(parts.validation) } : {}),
    ...(parts.test ? { test: part(parts.test) } : {}),
  };
  return {
    ...(kept.keep ? { keep: id(kept.keep) } : {}),
    ...(kept.deduplicate.length > 0 ? { deduplicate: kept.deduplicate.map(id) } : {}),
    ...(Object.keys(chosen).length > 0 ? { parts: chosen } : {}),
  };
}

function sourceCall(run: RunParts, { places, planner, frame, declaration }: Parts): PlanData['source'] {
  const { source } = run.data.result;
  const at = source?.place ?? place(frame, declaration);
  return {
    call: `source/${source?.entry.name ?? ''}`,
    settings: planSettings(source?.settings ?? {}, at, planner),
    place: places.of(at),
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

function argsOf(params: ReadonlyMap<string, Value>): Settings {
  return Object.fromEntries([...params].map(([name, value]) => [name, argOf(value)]));
}

function argOf(value: Value): SettingValue {
  switch (value.kind) {
    case 'size':
    case 'number':
      return numberIn(value) ?? null;
    case 'flag':
    case 'text':
      return value.value ?? null;
    case 'word':
      return value.text;
    case 'list':
      return value.items.map(argOf);
    case 'tensor':
    case 'range':
    case 'tuple':
    case 'layer':
    case 'unknown':
      return null;
  }
}
