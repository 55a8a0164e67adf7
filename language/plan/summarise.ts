/**
 * The layers of a unit with their shapes and weights: for hover, code lens and `modelwright summary`. Recorded by the same
 * evaluator that checks. Sizes that are names come from the first train block of the model, or from outside (`T=256`).
 */
import type { Analyser } from '../check/analyse.ts';
import { applyBody, type Outputs } from '../check/body.ts';
import { newSession, topFrame } from '../check/declaration.ts';
import { define } from '../check/define.ts';
import { type Frame, place } from '../check/frame.ts';
import { convertGiven, ownValue } from '../check/params.ts';
import { checkRun } from '../check/run.ts';
import { matchShape } from '../check/types.ts';
import { symbolicInput } from '../check/unit.ts';
import { sizeValue, tensorValue, type Value } from '../check/value.ts';
import { add, constant, type Dim, known, printDim, product } from '../shapes/dim.ts';
import { type TensorType, tensor } from '../shapes/type.ts';
import type { Chunk, InputStmt, UnitDecl } from '../syntax/tree.ts';
import { buildGraph } from './graph.ts';
import { writtenArg } from './override.ts';
import { createPlaces } from './places.ts';
import type { PlanGraph, PlanPlace } from './plan.ts';
import { createRecorder, type GraphRecorder } from './recorder.ts';

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
  /** Where every size is a number: what the compiler counts multiply-adds of. */
  readonly graph: PlanGraph | undefined;
}

/** The summary of a unit; undefined where there is no such unit. */
export function summarise(analyser: Analyser, request: SummaryRequest): Summary | undefined {
  const { syntax } = analyser.analyse(request.file, request.text);
  const chunks = syntax.chunks.map(({ chunk }) => chunk);
  const found = findUnit(chunks, request.unit);
  if (!found) return undefined;
  const recorded = fromTraining(analyser, chunks, found, request) ?? fromUnit(analyser, found, request);
  const { recorder, outputs } = recorded;
  const places = createPlaces(syntax, analyser.syntax);
  const roots = outputs.flatMap(({ value }) => (value.kind === 'tensor' && value.ref ? [value.ref] : []));
  let sized = roots.length === outputs.length;
  const planner = {
    unsized: () => {
      sized = false;
    },
  };
  const built = buildGraph(recorder, roots, places, planner);
  const inputs = recorder.nodes.flatMap((node): SummaryValue[] =>
    node.op === 'input' ? [described(String(node.settings.name), node.outputs[0])] : [],
  );
  return {
    unit: found.declaration.name.text,
    inputs,
    outputs: outputs.map(({ name, value }) => described(name, value.kind === 'tensor' ? value.type : undefined)),
    layers: layersOf(recorder, places.of),
    parameters: count(recorder.weights.map(({ def }) => product(def.shape))),
    trainable: count(recorder.weights.flatMap(({ def }) => (def.trainable ? [product(def.shape)] : []))),
    graph: sized
      ? {
          nodes: built.nodes,
          weights: built.weights,
          inputs: built.inputs,
          outputs: outputs.flatMap(({ name, value, trainingOnly }) =>
            value.kind === 'tensor' && value.ref ? [{ name, ref: built.ref(value.ref), trainingOnly }] : [],
          ),
        }
      : undefined,
  };
}

interface FoundUnit {
  readonly chunk: Chunk;
  readonly declaration: UnitDecl;
}

interface Recorded {
  readonly recorder: GraphRecorder;
  readonly outputs: Outputs;
}

function findUnit(chunks: readonly Chunk[], name: string | undefined): FoundUnit | undefined {
  const units = chunks.flatMap((chunk): FoundUnit[] =>
    chunk.declaration?.kind === 'unit' ? [{ chunk, declaration: chunk.declaration }] : [],
  );
  if (name !== undefined) return units.find(({ declaration }) => declaration.name.text === name);
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
    if (run?.kind !== 'run' || run.run !== 'train' || run.model[0]?.text !== unit.declaration.name.text) continue;
    const recorder = createRecorder();
    const { frame } = topFrame(newSession(analyser.program, recorder), chunk, '', undefined);
    const checked = checkRun(run, frame);
    if (checked) return { recorder, outputs: checked.parts.outputs };
  }
  return undefined;
}

/** The unit by itself, with what is given from outside. */
function fromUnit(analyser: Analyser, unit: FoundUnit, request: SummaryRequest): Recorded {
  const { chunk, declaration } = unit;
  const recorder = createRecorder();
  const session = newSession(analyser.program, recorder);
  const { frame } = topFrame(session, chunk, declaration.name.text, undefined);
  session.active.push(chunk);
  const earlier = new Map<string, Value>();
  const sets = request.sets ?? {};
  for (const param of declaration.params) {
    const name = param.name.text;
    const given = sets[name] === undefined ? undefined : writtenArg(name, sets[name]);
    const outside = given && convertGiven(name, param, { arg: given.arg, frame: { ...frame, chunk: given.chunk } });
    const value = outside ?? ownValue(param, { chunk, declaration }, frame, earlier, false);
    earlier.set(name, value);
    define(frame, param.name, value, 'parameter');
  }
  bindSizes(sets, frame);
  const outputs = applyBody(declaration, frame, (statement) => input(statement, frame, request));
  return { recorder, outputs };
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
