/** Lowers a plan's graph, loss and metrics to one program for a mode and a batch size. */
import {
  type Catalog,
  type LoweredInputs,
  type OptimizerEntry,
  type Plan,
  type PlanNode,
  type Ref,
  ROW_WEIGHT,
  type SettingValue,
  type Value,
  type ValueType,
} from '../language/index.ts';
import { createBuilder, isFusedActivation } from './builder.ts';
import { type Built, built, wrap } from './built.ts';
import { type Mode, metricOf } from './compile.ts';
import {
  createExplainer,
  type Explainer,
  type Explanation,
  gradientOutput,
  layerOfWeight,
  resultOutput,
  scoreOf,
} from './explain.ts';
import { gradients } from './gradients.ts';
import { createWeights } from './normalised.ts';
import { normOutput, normsOf, numbersOf, observedLayers } from './observe.ts';
import { createScaling, unscaled } from './precision.ts';
import { createGraph } from './program/graph.ts';
import { add, multiply } from './program/ops/binary.ts';
import { broadcastTo } from './program/ops/broadcast.ts';
import { castTo } from './program/ops/cast.ts';
import { scalar } from './program/ops/constant.ts';
import { reduce } from './program/ops/reduce.ts';
import { reshape } from './program/ops/reshape.ts';
import { finish, type Program, type ProgramInput, type ProgramOutput, type RandomDraw } from './program/program.ts';
import { at, sameShape, type Tensor } from './program/tensor.ts';
import { penaltyOf } from './regularise.ts';
import { writeUpdates } from './update.ts';

export interface LowerRequest {
  readonly plan: Plan;
  readonly entries: Pick<Catalog, 'get'>;
  readonly optimizer: OptimizerEntry | undefined;
  readonly mode: Mode;
  readonly batch: number;
  readonly inside: boolean;
  /** The loss scaled for gradients in 16 bits. */
  readonly mixed: boolean;
  readonly norms: boolean;
  /** What is to be explained, in place of what the mode gives. */
  readonly explain?: Explanation | undefined;
  /** Told of what the explanation found. */
  readonly explained?: ((explainer: Explainer) => void) | undefined;
}

export function lowerProgram(request: LowerRequest): Program {
  const { plan, entries, mode, batch } = request;
  const g = createGraph();
  const inputs: ProgramInput[] = [];
  const outputs: ProgramOutput[] = [];
  const moved = new Map<number, Tensor>();
  const draws = new Map<string, number>();
  let layer = '';
  let separable = true;

  const weights = plan.graph.weights.map((weight) => {
    const tensor = g.input({ dtype: 'float32', shape: weight.shape });
    inputs.push({ kind: 'weight', name: weight.path, tensor });
    return tensor;
  });
  const fields = new Map<string, Built>();
  const field = (node: PlanNode): Built => {
    const name = String(node.settings.name);
    const { dtype, shape } = at(node.outputs, 0);
    const before = fields.get(name);
    if (before) return before;
    const tensor = g.input({ dtype: numeric(dtype, name), shape: [batch, ...shape] });
    inputs.push({ kind: 'field', name, tensor });
    const value = wrap(tensor, true);
    fields.set(name, value);
    return value;
  };

  const context: Parameters<typeof createBuilder>[0] = {
    g,
    batch,
    training: mode === 'train' || mode === 'observe',
    entry: (key) => entries.get(key),
    draw(kind, shape, rate) {
      // Nothing is dropped, and noise is at its middle: what is looked at once in a while must not take part in the chances.
      if (mode === 'observe') return broadcastTo(g, scalar(g, middle[kind]), shape);
      const count = draws.get(layer) ?? 0;
      draws.set(layer, count + 1);
      const key = `${layer}#${count}`;
      const tensor = g.input({ dtype: 'float32', shape });
      inputs.push({ kind: 'random', name: key, tensor, draw: { kind, rate, key } });
      return tensor;
    },
    moving: (weight) => moved.get(weight.id) ?? weight,
    move: (weight, next) => moved.set(weight.id, next),
    meet: () => {
      separable = false;
    },
  };
  const b = createBuilder(context);
  // A frozen layer that gathers statistics uses those it has, as outside training.
  const still = createBuilder({ ...context, training: false });

  const weightsOf = createWeights(g, {
    plan,
    tensors: weights,
    training: mode === 'train',
    move: (weight, next) => moved.set(weight.id, next),
  });

  const explainer = request.explain && createExplainer({ g, batch, inputs }, request.explain);

  const values = new Map<number, readonly Value[]>();
  const valueAt = (ref: Ref): Value => {
    let results = values.get(ref.node);
    if (!results) {
      lowerNode(at(plan.graph.nodes, ref.node));
      results = values.get(ref.node) ?? [];
    }
    return at(results, ref.output);
  };
  const lowerNode = (node: PlanNode): void => {
    // What it reads comes first, so that the graph holds only what is asked for and the paths stay right.
    const read = inputsOf(node, valueAt);
    layer = node.path;
    g.mark(layer, true);
    const results = resultsOf(node, read);
    for (const [i, result] of results.entries()) {
      const type = node.outputs[i];
      if (type && !sameShape(ofBatch(type.shape, result.shape), result.shape)) {
        throw new Error(
          `Lowering ${node.op} ('${node.path}') gave [${result.shape.join(', ')}], the plan says [${type.shape.join(', ')}].`,
        );
      }
    }
    values.set(node.id, explainer ? explainer.met(node, results.map(built)) : results);
  };
  const resultsOf = (node: PlanNode, read: LoweredInputs): readonly Value[] => {
    if (node.op === 'input' || node.op === 'field') return [field(node)];
    if (node.op === 'constant') return [constantNode(node)];
    if (isFusedActivation(node.op) && read.x) {
      return [b.activate(read.x as Value, { call: node.op, settings: node.settings })];
    }
    const entry = entries.get(node.op);
    if (entry?.kind !== 'operation') throw new Error(`The catalogue has no operation '${node.op}'.`);
    const own = Object.fromEntries(
      Object.entries(weightsOf(node)).map(([name, tensor]) => [name, wrap(tensor, false)]),
    );
    const frozen = node.frozen && node.op === 'model/BatchNorm';
    const result = entry.lower(frozen ? still : b, read, own, node.settings);
    return isList(result) ? result : [result];
  };
  const constantNode = (node: PlanNode): Value => {
    const { dtype, shape } = at(node.outputs, 0);
    return b.constant(flatten(node.settings.value ?? 0), shape, numeric(dtype, 'a constant'));
  };

  if (mode === 'predict') {
    for (const { name, ref, trainingOnly } of plan.graph.outputs) {
      if (!trainingOnly) outputs.push({ kind: 'output', name, tensor: built(valueAt(ref)).tensor });
    }
    if (explainer && request.explain) {
      outputs.push(...explainer.outputs(explainedScore(request.explain)));
      request.explained?.(explainer);
    }
    return finish(g, inputs, outputs);
  }

  if (mode === 'observe') {
    observe();
    return finish(g, inputs, outputs);
  }

  // Inputs are met in the order of the model, so that layers are built in it too.
  for (const { ref } of plan.graph.outputs) valueAt(ref);
  const loss = plan.loss && penalised(lossOf(built(valueAt(plan.loss))));
  if (loss) outputs.push({ kind: 'loss', name: 'loss', tensor: loss });
  const apart = separable;
  for (const metric of plan.metrics) {
    layer = '';
    g.mark('', true);
    const read: Record<string, Value> = {};
    for (const [name, ref] of Object.entries(metric.inputs)) read[name] = valueAt(ref);
    layer = '';
    g.mark('', true);
    const sums = metricOf(entries, metric.op).accumulate(b, read, metric.settings);
    sums.forEach((sum, index) => {
      outputs.push({ kind: 'metric', name: metric.name, index, tensor: castTo(g, built(sum).tensor, 'float32') });
    });
  }
  if (mode !== 'train' || !loss) return finish(g, inputs, outputs);
  train(loss);
  return { ...finish(g, inputs, outputs), separable: apart && !outputs.some(({ kind }) => kind === 'weight') };

  function explainedScore(explain: Explanation): Built | undefined {
    if (explain.kind !== 'inputs') return undefined;
    const output = plan.graph.outputs.find(({ name, trainingOnly }) => name === explain.output && !trainingOnly);
    if (!output) throw new Error(`The model has no output '${explain.output}'.`);
    return scoreOf(built(valueAt(output.ref)));
  }

  function observe(): void {
    for (const { ref } of plan.graph.outputs) valueAt(ref);
    const layer = request.explain?.kind === 'layer' ? request.explain.path : undefined;
    const loss =
      (request.norms || layer !== undefined) && plan.loss ? penalised(lossOf(built(valueAt(plan.loss)))) : undefined;
    for (const { node, output, path, squash } of observedLayers(plan.graph.nodes)) {
      const [value] = values.get(node) ?? [];
      if (value && path === layer)
        outputs.push({ kind: 'output', name: resultOutput(path), tensor: built(value).tensor });
      if (value && layer === undefined)
        outputs.push({ kind: 'output', name: output, tensor: numbersOf(g, built(value).tensor, squash) });
    }
    if (!loss) return;
    const trained = plan.graph.weights.flatMap(({ path, trainable }, i) =>
      trainable && (layer === undefined || layerOfWeight(path) === layer) ? [{ path, tensor: at(weights, i) }] : [],
    );
    const slopes = gradients(
      g,
      loss,
      trained.map(({ tensor }) => tensor),
    );
    for (const [i, { path, tensor }] of trained.entries()) {
      const slope = slopes[i];
      if (slope && layer !== undefined) outputs.push({ kind: 'output', name: gradientOutput(path), tensor: slope });
      else if (slope) outputs.push({ kind: 'output', name: normOutput(path), tensor: normsOf(g, slope, tensor) });
    }
  }

  /** How much each example counts; undefined: all the same. */
  function rowWeights(): Tensor | undefined {
    if (plan.data.weight === undefined) return undefined;
    const tensor = g.input({ dtype: 'float32', shape: [batch] });
    inputs.push({ kind: 'field', name: ROW_WEIGHT, tensor });
    return tensor;
  }

  /** The mean over the examples; where they have weights, each counts by its own, and the number of examples divides, as in Keras. */
  function lossOf(value: Built): Tensor {
    g.mark('', true);
    const own = rowWeights();
    const plain = castTo(g, value.tensor, 'float32');
    const factor =
      own && value.perExample
        ? reshape(
            g,
            own,
            plain.shape.map((size, i) => (i === 0 ? size : 1)),
          )
        : undefined;
    const number = factor ? multiply(g, plain, factor) : plain;
    const axes = number.shape.map((_, i) => i);
    return axes.length > 0 ? reduce(g, 'mean', number, axes, false) : number;
  }

  /** With the penalties on weights and results, in evaluation too, as in Keras. */
  function penalised(total: Tensor): Tensor {
    const penalty = penaltyOf(g, plan, weights, (node) => (values.get(node) ?? []).map(built));
    return penalty ? add(g, total, penalty) : total;
  }

  function train(total: Tensor): void {
    const sources = plan.graph.weights.flatMap((weight, i) =>
      weight.trainable ? [{ weight, index: i, tensor: at(weights, i) }] : [],
    );
    const scaling = request.mixed ? createScaling(g, inputs) : undefined;
    const slopes = gradients(
      g,
      scaling ? multiply(g, total, scaling.scale) : total,
      sources.map((source) => source.tensor),
    );
    g.mark('', false);
    const trained = sources.flatMap((source, i) => {
      const gradient = slopes[i];
      return gradient ? [{ ...source, gradient: scaling ? unscaled(g, gradient, scaling) : gradient }] : [];
    });
    plan.graph.weights.forEach((weight, i) => {
      const next = moved.get(at(weights, i).id);
      if (next) outputs.push({ kind: 'weight', name: weight.path, tensor: next });
    });
    if (!request.inside) {
      for (const { weight, gradient } of trained) {
        outputs.push({ kind: 'gradient', name: weight.path, tensor: gradient });
      }
      return;
    }
    const { optimizer } = request;
    if (optimizer) writeUpdates({ g, b, plan, optimizer, inputs, outputs, scaling }, trained);
  }
}

/** The middle of what is drawn; of what is dropped, nothing. */
const middle: Readonly<Record<RandomDraw['kind'], number>> = { normal: 0, uniform: 0.5, keep: 1 };

function inputsOf(node: PlanNode, valueAt: (ref: Ref) => Value): LoweredInputs {
  const read: Record<string, Value> = {};
  let list: readonly Value[] | undefined;
  for (const [name, ref] of Object.entries(node.inputs)) {
    if (isList(ref)) list = ref.map(valueAt);
    else read[name] = valueAt(ref);
  }
  return (list ? { ...read, list } : read) as LoweredInputs;
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function numeric(dtype: string, name: string): ValueType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'uint8' || dtype === 'bool') return dtype;
  throw new Error(`'${name}' is ${dtype}, which no program can compute with.`);
}

/** Numbers of a constant, however its lists are nested. */
function flatten(value: SettingValue): readonly number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'boolean') return [value ? 1 : 0];
  if (isList(value)) return value.flatMap((part: SettingValue) => flatten(part));
  throw new Error(`A constant must be numbers, not ${JSON.stringify(value)}.`);
}

/** A planned shape with the sizes that only the batch tells filled in. */
function ofBatch(planned: readonly number[], shape: readonly number[]): readonly number[] {
  return planned.map((size, axis) => (size < 0 ? (shape[axis] ?? size) : size));
}
