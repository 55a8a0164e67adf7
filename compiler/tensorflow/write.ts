/**
 * All that a run asks of TensorFlow as one SavedModel: a signature for each mode and batch size, and `load` and `save` for
 * the variables, which all signatures share. Weights and optimizer state stay in TensorFlow between the steps.
 */
import type { Compiled } from '../compile.ts';
import { isConstrained } from '../regularise.ts';
import { writeSwap } from './averages.ts';
import { createSums, writeGathered } from './gathered.ts';
import type { TensorflowOperation } from './graph-def.ts';
import { signatureName, type TensorflowPart, type WrittenPart, writePart } from './part.ts';
import { encodeSavedModel, type Signature } from './saved-model.ts';
import { updateKernel } from './update.ts';
import { createStore, type TensorflowVariable, variablesOf } from './variables.ts';

export interface TensorflowModel {
  /** The content of `saved_model.pb`. */
  readonly file: Uint8Array;
  readonly signatures: readonly Signature[];
  readonly variables: readonly TensorflowVariable[];
  /** What goes into each part and comes out, by the name of its signature. */
  readonly parts: ReadonlyMap<string, WrittenPart>;
  /** Numbers that the training step takes: rate, counters. */
  numbers(rate: number, step: number): Readonly<Record<string, number>>;
}

export interface TensorflowOptions {
  /** How many operations may run at once; 1 where nothing is said. */
  readonly lanes?: number;
  /** The loss is scaled, since the products will be computed in float16: `precision.ts`. */
  readonly scaled?: boolean;
}

export function writeTensorflow(
  compiled: Compiled,
  parts: readonly TensorflowPart[],
  { lanes = 1, scaled = false }: TensorflowOptions = {},
): TensorflowModel {
  const optimizer = compiled.plan.train?.optimizer;
  // TensorFlow's kernels know no limits and leave no update out: what needs that is updated by the program itself.
  const kernel = optimizer && !isConstrained(compiled.plan) && !scaled ? updateKernel(optimizer) : undefined;
  const accumulates = (compiled.plan.train?.accumulate ?? 1) > 1;
  const update = kernel || accumulates ? 'outside' : 'inside';
  const programs = parts.map((part) => ({
    part,
    program: compiled.lower(part.mode, part.batch, { update, norms: true, mixed: scaled && part.mode === 'train' }),
  }));
  const training = programs.find(({ part }) => part.mode === 'train');
  const variables = variablesOf(compiled, training?.program);
  const store = createStore(variables);
  const operations: TensorflowOperation[] = [...store.operations];
  const signatures: Signature[] = [...store.signatures];
  const writtenParts = new Map<string, WrittenPart>();
  const sums = accumulates && training ? createSums(training.program) : undefined;
  const around = { kernel, store, sums: sums?.handles, lanes };
  const gathered = sums && writeGathered(compiled, { ...around, sums: sums.handles }, scaled);
  if (sums && gathered) {
    operations.push(...sums.operations, ...gathered.operations);
    signatures.push(gathered.signature);
  }
  const decay = compiled.plan.train?.average;
  const swap = decay === undefined ? undefined : writeSwap(variables, store);
  if (swap) {
    operations.push(...swap.operations);
    signatures.push(swap.signature);
  }
  // An update that does not count the steps takes no number of the step.
  const taken = new Set<string>(
    gathered ? gathered.signature.inputs.map(({ key }) => key) : training?.program.inputs.map(({ kind }) => kind),
  );
  for (const { part, program } of programs) {
    const written = writePart(compiled, part, program, around);
    operations.push(...written.operations);
    signatures.push(...written.signatures);
    writtenParts.set(signatureName(part), written);
  }
  return {
    file: encodeSavedModel(operations, signatures),
    signatures,
    variables,
    parts: writtenParts,
    numbers: (rate, step) => ({
      ...(kernel?.numbers(rate, step) ?? {
        ...(taken.has('rate') ? { rate } : {}),
        ...(taken.has('step') ? { step } : {}),
      }),
      // After the first update an average is the weight itself.
      ...(decay === undefined ? {} : { keep: step === 1 ? 0 : decay, add: step === 1 ? 1 : 1 - decay }),
    }),
  };
}
