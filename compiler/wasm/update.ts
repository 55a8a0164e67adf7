/**
 * An optimizer's formula as functions over arrays. What depends on the rate and the step alone is computed outside, once a step.
 * A formula that looks at a whole weight (its length, say) takes two rounds: the first only adds up, then what follows from the
 * sums is computed outside too, and the second round writes.
 */
import { interpretNodes } from '../program/interpret.ts';
import { type NdArray, ndarray } from '../program/ndarray.ts';
import type { ReduceAttributes } from '../program/ops/reduce.ts';
import type { Program } from '../program/program.ts';
import { at, type Node, type Tensor } from '../program/tensor.ts';
import { code, op, type WasmFunction } from './assemble.ts';
import { writeNode } from './vector.ts';

export interface StepNumbers {
  readonly rate: number;
  readonly step: number;
  readonly factor: number;
}

/** Where `measure` writes its sums, in bytes behind the parameters. */
export const sumsAt = 768;

const stepInputs: ReadonlySet<string> = new Set(['rate', 'step', 'factor']);

/** The nodes of a formula by where they are computed. */
interface Formula {
  /** On every number of the weight. */
  readonly inside: readonly Node[];
  /** Sums over the weight. */
  readonly sums: readonly Node[];
  /** On single numbers: what needs no sum, and what does. */
  readonly outside: readonly Node[];
  readonly after: readonly Node[];
  /** Places of the single numbers that are used inside, by tensor. */
  readonly numbers: ReadonlyMap<number, number>;
}

/** Undefined where an operation is not to be had. The functions' names end in `index`. */
export function writeUpdate(program: Program, index: number) {
  const formula = formulaOf(program);
  if (!formula) return undefined;
  const states = program.outputs.flatMap((output) => (output.kind === 'state' ? [output.name] : []));
  const update = writeFunction(program, formula, states, `update${index}`, 'write');
  const measure =
    formula.sums.length > 0 ? writeFunction(program, formula, states, `measure${index}`, 'add up') : undefined;
  if (!update || (formula.sums.length > 0 && !measure)) return undefined;
  return {
    functions: measure ? [update, measure] : [update],
    states,
    sums: formula.sums.length,
    parameters(values: StepNumbers, sums?: ArrayLike<number>): Float32Array {
      const known = new Map<number, NdArray>();
      for (const { kind, tensor } of program.inputs) {
        if (kind === 'rate' || kind === 'step' || kind === 'factor') {
          known.set(tensor.id, ndarray('float32', [], [values[kind]]));
        }
      }
      interpretNodes(formula.outside, known);
      if (sums) {
        formula.sums.forEach((node, i) => {
          known.set(at(node.outputs, 0).id, ndarray('float32', [], [at(sums, i)]));
        });
        interpretNodes(formula.after, known);
      }
      const result = new Float32Array(formula.numbers.size);
      for (const [id, place] of formula.numbers) result[place] = at(known.get(id)?.data ?? [Number.NaN], 0);
      return result;
    },
  };
}

function formulaOf(program: Program): Formula | undefined {
  const vectors = new Set(
    program.inputs.filter((input) => !stepInputs.has(input.kind)).map((input) => input.tensor.id),
  );
  /** Tensors that a sum has a part in. */
  const late = new Set<number>();
  const [outside, inside, sums, after]: [Node[], Node[], Node[], Node[]] = [[], [], [], []];
  for (const node of program.nodes) {
    const isVector = node.inputs.some((input) => vectors.has(input.id));
    const isLate = node.inputs.some((input) => late.has(input.id));
    const isSum = isVector && node.primitive.name === 'reduce';
    if (isSum) {
      const { of, keep } = node.attributes as ReduceAttributes;
      if (isLate || of !== 'sum' || keep) return undefined;
      sums.push(node);
    } else if (isVector) {
      inside.push(node);
    } else {
      (isLate ? after : outside).push(node);
    }
    for (const output of node.outputs) {
      if (isVector && !isSum) vectors.add(output.id);
      if (isSum || isLate) late.add(output.id);
    }
  }
  const numbers = new Map<number, number>();
  const used = [...inside.flatMap((node) => node.inputs), ...program.outputs.map((output) => output.tensor)];
  for (const { id } of used) if (!vectors.has(id) && !numbers.has(id)) numbers.set(id, numbers.size);
  return { inside, sums, outside, after, numbers };
}

/** Those of the nodes that some tensors are computed by. */
function neededFor(nodes: readonly Node[], tensors: readonly Tensor[]): readonly Node[] {
  const needed = new Set(tensors.map(({ id }) => id));
  const kept: Node[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output.id))) continue;
    kept.push(node);
    for (const input of node.inputs) needed.add(input.id);
  }
  return kept.reverse();
}

function writeFunction(
  program: Program,
  { inside, sums, numbers }: Formula,
  states: readonly string[],
  name: string,
  round: 'write' | 'add up',
): WasmFunction | undefined {
  const measured = sums.map((node) => at(node.inputs, 0));
  const nodes = round === 'write' ? inside : neededFor(inside, measured);
  const pointers = 4 + states.length;
  const [bytes, parameters, weight, gradient] = [0, 1, 2, 3];
  const offset = pointers;
  const locals = new Map<number, number>();
  let next = offset + 1;
  const local = (tensor: Tensor): number => {
    const known = locals.get(tensor.id) ?? next++;
    locals.set(tensor.id, known);
    return known;
  };
  const pointerOf = (kind: string, of: string): number =>
    kind === 'weight' ? weight : kind === 'gradient' ? gradient : 4 + states.indexOf(of);
  const address = (pointer: number): number[] => [...op.local(pointer), ...op.local(offset), code.i32Add];

  const before: number[] = [];
  for (const [id, place] of numbers) {
    const target = next++;
    locals.set(id, target);
    before.push(...op.local(parameters), ...op.loadSplat(place * 4), ...op.store(target));
  }
  const body: number[] = [];
  for (const { kind, name: of, tensor } of program.inputs) {
    if (stepInputs.has(kind)) continue;
    body.push(...address(pointerOf(kind, of)), ...op.loadVector(), ...op.store(local(tensor)));
  }
  for (const node of nodes) {
    const written = writeNode(node, node.inputs.map(local));
    if (!written) return undefined;
    body.push(...written, ...op.store(local(at(node.outputs, 0))));
  }
  const after: number[] = [];
  if (round === 'write') {
    for (const { kind, name: of, tensor } of program.outputs) {
      body.push(...address(pointerOf(kind, of)), ...op.local(local(tensor)), ...op.storeVector());
    }
  } else {
    measured.forEach((tensor, i) => {
      const total = next++;
      const summand = local(tensor);
      body.push(...op.local(total));
      for (const half of ['lower', 'upper'] as const) body.push(...op.promoted(summand, half), ...op.simd(240));
      body.push(...op.store(total));
      after.push(...op.local(parameters), ...op.lanesAdded(total), ...op.storeDouble(sumsAt + 8 * i));
    });
  }
  body.push(...op.local(offset), ...op.i32(16), code.i32Add, ...op.tee(offset));
  const again = [...op.local(bytes), code.i32Less];
  return {
    name,
    parameters: new Array<'i32'>(pointers).fill('i32'),
    results: [],
    locals: ['i32', ...new Array<'v128'>(next - offset - 1).fill('v128')],
    body: [...before, ...op.loop(body, again), ...after],
  };
}
