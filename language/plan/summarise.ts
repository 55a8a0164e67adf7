/**
 * The layers of a unit with their shapes and weights: for hover, code lens and `modelwright summary`. Recorded by the same
 * evaluator that checks. Sizes that are names come from the first train block of the model, or from outside (`T=256`).
 */
import { type Analyser, runName } from '../check/analyse.ts';
import { applyBody, type Outputs } from '../check/body.ts';
import { newSession, topFrame } from '../check/declaration.ts';
import { define } from '../check/define.ts';
import { EXTERN } from '../check/extern.ts';
import { type Frame, place } from '../check/frame.ts';
import type { Site } from '../check/layer.ts';
import { bindParams, convertGiven, ownValue } from '../check/params.ts';
import { checkRun } from '../check/run.ts';
import type { Training } from '../check/training.ts';
import { matchShape } from '../check/types.ts';
import { symbolicInput, targetOf } from '../check/unit.ts';
import { sizeValue, tensorValue, type Value } from '../check/value.ts';
import type { Place } from '../problem.ts';
import { add, constant, type Dim, isUnknown, known, printDim, product } from '../shapes/dim.ts';
import { type TensorType, tensor } from '../shapes/type.ts';
import { nearest } from '../syntax/nearest.ts';
import type { Chunk, InputStmt, ShapeExpr, UnitDecl, VariantDecl } from '../syntax/tree.ts';
import { buildGraph } from './graph.ts';
import { writtenArg } from './override.ts';
import { createPlaces, type Places } from './places.ts';
import type { Call, PlanGraph, PlanPlace, Ref } from './plan.ts';
import { createRecorder, type GraphRecorder } from './recorder.ts';
import { type Planner, planCall } from './values.ts';

export interface SummaryRequest {
  readonly file: string;
  readonly text: string;
  /** Undefined: the first model, else the first block. */
  readonly unit?: string | undefined;
  /** Parameters and sizes by name, as text of the language. */
  readonly sets?: Readonly<Record<string, string>>;
  /** Shapes of inputs: needed for a block whose sizes are names. */
  readonly inputs?: Readonly<Record<string, readonly number[]>>;
}

/** A number, or its formula where a size is only a name. */
export type Count = number | string;

export interface SummaryValue {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly Count[] | undefined;
}

export interface SummaryLayer {
  readonly path: string;
  /** `Conv2D`. */
  readonly type: string;
  readonly place: PlanPlace;
  /** Of its first result. */
  readonly output: readonly Count[] | undefined;
  readonly parameters: Count;
  readonly trainable: Count;
}

export interface Summary {
  readonly unit: string;
  readonly inputs: readonly SummaryValue[];
  readonly outputs: readonly SummaryValue[];
  readonly layers: readonly SummaryLayer[];
  readonly parameters: Count;
  readonly trainable: Count;
  /** Where every size is a number: what the compiler counts multiply-adds and memory of. */
  readonly graph: PlanGraph | undefined;
  /** Names in `sets` and `inputs` that the unit has no parameter, size or input of. */
  readonly unknown: readonly { readonly name: string; readonly near: string | undefined }[];
  /** Of the first train block that feeds the unit, where the sizes come from it. */
  readonly training: SummaryTraining | undefined;
}

export interface SummaryTraining {
  readonly declaration: string;
  readonly batch: number;
  readonly optimizer: Call;
  /** Undefined where `graph` is. */
  readonly loss: Ref | undefined;
}

/** A unit with everything that the evaluator did in it. */
export interface RecordedUnit extends Recorded {
  readonly unit: string;
  readonly places: Places;
}

/** Walks a unit as its first train block feeds it, else by itself; undefined where there is no such unit. */
export function recordUnit(analyser: Analyser, request: SummaryRequest): RecordedUnit | undefined {
  const { syntax } = analyser.analyse(request.file, request.text);
  const chunks = syntax.chunks.map(({ chunk }) => chunk);
  const found = findUnit(chunks, request.unit);
  if (!found) return undefined;
  const recorded = fromTraining(analyser, chunks, found, request) ?? fromUnit(analyser, found, request);
  return recorded && { ...recorded, unit: found.name, places: createPlaces(syntax, analyser.syntax) };
}

/** The summary of a unit; undefined where there is no such unit. */
export function summarise(analyser: Analyser, request: SummaryRequest): Summary | undefined {
  const recorded = recordUnit(analyser, request);
  if (!recorded) return undefined;
  const { recorder, outputs, run, places, unit } = recorded;
  const results = outputs.flatMap(({ value }) => (value.kind === 'tensor' && value.ref ? [value.ref] : []));
  let sized = results.length === outputs.length;
  const planner: Planner = {
    unsized: () => {
      sized = false;
    },
  };
  const roots = run?.loss ? [...results, run.loss] : results;
  const built = buildGraph(recorder, roots, places, planner);
  const inputs = recorder.nodes.flatMap((node): SummaryValue[] =>
    node.op === 'input' ? [described(String(node.settings.name), node.outputs[0])] : [],
  );
  return {
    unit,
    inputs,
    outputs: outputs.map(({ name, value }) => described(name, value.kind === 'tensor' ? value.type : undefined)),
    layers: layersOf(recorder, places.of),
    parameters: count(recorder.weights.map(({ def }) => product(def.shape))),
    trainable: count(recorder.weights.flatMap(({ def }) => (def.trainable ? [product(def.shape)] : []))),
    graph:
      sized && !recorder.nodes.some(({ op }) => op.startsWith(EXTERN))
        ? {
            nodes: built.nodes,
            weights: built.weights,
            inputs: built.inputs,
            outputs: outputs.flatMap(({ name, value, trainingOnly }) =>
              value.kind === 'tensor' && value.ref ? [{ name, ref: built.ref(value.ref), trainingOnly }] : [],
            ),
          }
        : undefined,
    unknown: recorded.unknown ?? [],
    training: run && trainingOf(run, sized ? built.ref : undefined, planner),
  };
}

function trainingOf(
  { name, training, loss, place: at }: TrainRun,
  ref: ((ref: Ref) => Ref) | undefined,
  planner: Planner,
): SummaryTraining | undefined {
  if (!training?.optimizer) return undefined;
  return {
    declaration: name,
    batch: training.batch,
    optimizer: planCall(training.optimizer, at, planner),
    loss: ref && loss && ref(loss),
  };
}

/** The unit that is asked for, or the variant of one. */
interface FoundUnit {
  readonly name: string;
  readonly chunk: Chunk;
  readonly declaration: UnitDecl | VariantDecl;
}

interface Recorded {
  readonly recorder: GraphRecorder;
  readonly outputs: Outputs;
  readonly run?: TrainRun;
  readonly unknown?: Summary['unknown'];
}

interface TrainRun {
  readonly name: string;
  readonly training: Training | undefined;
  readonly loss: Ref | undefined;
  readonly place: Place;
}

function findUnit(chunks: readonly Chunk[], name: string | undefined): FoundUnit | undefined {
  const units = chunks.flatMap((chunk): FoundUnit[] =>
    chunk.declaration?.kind === 'unit' || chunk.declaration?.kind === 'variant'
      ? [{ chunk, declaration: chunk.declaration, name: chunk.declaration.name.text }]
      : [],
  );
  if (name !== undefined) return units.find((unit) => unit.name === name);
  return units.find(({ declaration }) => declaration.unit === 'model') ?? units[0];
}

/** The model as its first train block feeds it; undefined where there is none, or it has errors, or sizes are given. */
function fromTraining(
  analyser: Analyser,
  chunks: readonly Chunk[],
  unit: FoundUnit,
  request: SummaryRequest,
): Recorded | undefined {
  if (Object.keys(request.inputs ?? {}).length > 0 || Object.keys(request.sets ?? {}).length > 0) return undefined;
  for (const chunk of chunks) {
    const run = chunk.declaration;
    if (run?.kind !== 'run' || run.run !== 'train' || run.model[0]?.text !== unit.name) continue;
    const recorder = createRecorder();
    const { frame } = topFrame(newSession(analyser.program, recorder), chunk, '', undefined);
    const checked = checkRun(run, frame);
    // Where a size comes from data that nobody could read, the unit by itself tells more.
    if (!checked || isUnknown(checked.parts.tally.parameters)) continue;
    const { training, loss } = checked;
    const name = runName(run);
    return { recorder, outputs: checked.parts.outputs, run: { name, training, loss, place: place(frame, run) } };
  }
  return undefined;
}

/** The unit by itself, with what is given from outside; undefined where it is a variant of nothing. */
function fromUnit(analyser: Analyser, unit: FoundUnit, request: SummaryRequest): Recorded | undefined {
  const recorder = createRecorder();
  const session = newSession(analyser.program, recorder);
  const { frame: outside } = topFrame(session, unit.chunk, unit.name, undefined);
  const target = targetOf(unit, outside);
  if (!target || target.declaration.kind === 'extern') return undefined;
  const { chunk, declaration } = target;
  const frame: Frame = { ...outside, chunk };
  session.active.push(chunk);
  const { name } = unit.declaration;
  const site: Site = {
    node: { kind: 'name', ...name },
    callee: name,
    args: target.args,
    body: undefined,
    frame: outside,
    arrow: undefined,
  };
  const fixed = bindParams(unit.name, target, target.args, site, new Map(), true);
  const earlier = new Map<string, Value>();
  const sets = request.sets ?? {};
  for (const param of declaration.params) {
    const key = param.name.text;
    const given = sets[key] === undefined ? undefined : writtenArg(key, sets[key]);
    const set = given && convertGiven(key, param, { arg: given.arg, frame: { ...frame, chunk: given.chunk } });
    const value = set ?? fixed?.get(key) ?? ownValue(param, { chunk, declaration }, frame, earlier, false);
    earlier.set(key, value);
    define(frame, param.name, value, 'parameter');
  }
  bindSizes(sets, frame);
  const outputs = applyBody(declaration, frame, (statement) => input(statement, frame, request));
  return { recorder, outputs, unknown: unknownNames(declaration, request) };
}

function unknownNames({ params, body }: UnitDecl, { sets = {}, inputs = {} }: SummaryRequest): Summary['unknown'] {
  const declared = body.flatMap((statement) => (statement.kind === 'input' ? [statement] : []));
  const sizes = declared.flatMap(({ type }) => (type?.shape?.dims ?? []).flatMap(namesIn));
  const settable = [...params.map(({ name }) => name.text), ...sizes];
  const feedable = declared.map(({ name }) => name.text);
  const missing = (given: object, known: readonly string[]) =>
    Object.keys(given).flatMap((name) => (known.includes(name) ? [] : [{ name, near: nearest(name, known) }]));
  return [...missing(sets, settable), ...missing(inputs, feedable)];
}

/** The names that a size is written with: `[2 * N]` has `N`. */
function namesIn(expr: ShapeExpr['dims'][number]): readonly string[] {
  if (expr.kind === 'name') return [expr.text];
  if (expr.kind === 'binary') return [...namesIn(expr.left), ...namesIn(expr.right)];
  return expr.kind === 'paren' ? namesIn(expr.value) : [];
}

/** `T=256`: sizes that inputs would introduce. */
function bindSizes(sets: Readonly<Record<string, string>>, frame: Frame): void {
  for (const [name, text] of Object.entries(sets)) {
    const number = Number(text);
    if (frame.scope.names.has(name) || !Number.isSafeInteger(number)) continue;
    const at = place(frame, { start: 0, end: 0 });
    frame.scope.names.set(name, { value: sizeValue(known(number)), what: 'size', name, at, used: true });
  }
}

function input(statement: InputStmt, frame: Frame, request: SummaryRequest): Value {
  const shape = request.inputs?.[statement.name.text];
  if (!shape) return symbolicInput(statement, frame, false);
  const dims = shape.map((size) => known(size));
  matchShape(statement.type?.shape, dims, frame);
  const type = tensor(statement.type?.dtype?.name ?? 'float32', dims);
  const [ref] =
    frame.session.recorder?.node({
      op: 'input',
      inputs: {},
      settings: { name: statement.name.text },
      weights: {},
      outputs: [type],
      path: '',
      place: place(frame, statement),
    }) ?? [];
  return tensorValue(type, ref);
}

// ---- rows

function layersOf(recorder: GraphRecorder, placeOf: ReturnType<typeof createPlaces>['of']): readonly SummaryLayer[] {
  const seen = new Set<string>();
  return recorder.nodes.flatMap((node): SummaryLayer[] => {
    const type = node.op.slice(node.op.indexOf('/') + 1);
    // A layer that is shared stands once: where it is used first.
    if (node.path === '' || seen.has(node.path) || !/^\p{Lu}/u.test(type)) return [];
    seen.add(node.path);
    const weights = Object.values(node.weights).flatMap((index) => recorder.weights[index] ?? []);
    return [
      {
        path: node.path,
        type,
        place: placeOf(node.place),
        output: node.outputs[0]?.shape?.map(countOf),
        parameters: count(weights.map(({ def }) => product(def.shape))),
        trainable: count(weights.flatMap(({ def }) => (def.trainable ? [product(def.shape)] : []))),
      },
    ];
  });
}

function described(name: string, type: TensorType | undefined): SummaryValue {
  return { name, dtype: type?.dtype ?? 'float32', shape: type?.shape?.map(countOf) };
}

function count(sizes: readonly Dim[]): Count {
  return countOf(sizes.reduce((a, b) => add(a, b), known(0)));
}

function countOf(dim: Dim): Count {
  return constant(dim) ?? printDim(dim);
}
