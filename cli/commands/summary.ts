/** `modelwright summary`: the layers of a unit with shapes, parameters and multiply-adds, and what training it takes. */
import { totalmem } from 'node:os';
import { compile, costOf } from '../../compiler/index.ts';
import {
  type Cost,
  type Count,
  costPlan,
  fitOf,
  largestBatch,
  planOfGraph,
  type Summary,
  type SummaryValue,
  summarise,
} from '../../language/index.ts';
import { createChecker, placed, problemLines, textsOf } from '../program.ts';
import { type ExitCode, exitCodes, grouped, table, type World } from '../world.ts';

export interface SummaryOptions {
  readonly path: string;
  readonly unit: string | undefined;
  readonly sets: Readonly<Record<string, string>>;
  /** `image` → `28x28x1` or `[28, 28, 1]`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Undefined: that of the train block, else a usual one. */
  readonly batch: number | undefined;
  readonly json: boolean;
}

export function summary(world: World, options: SummaryOptions): ExitCode {
  const checker = createChecker(world);
  const source = checker.read(options.path);
  if (!source.ok) {
    world.say(source.message);
    return exitCodes.usage;
  }
  const { file, text } = source;
  const inputs: Record<string, number[]> = {};
  for (const [name, shape] of Object.entries(options.inputs)) {
    const sizes = shape.match(/\d+/g)?.map(Number);
    if (sizes === undefined) {
      world.say(`\`--input ${name}=…\` takes a shape such as 28x28x1, but got \`${shape}\`.`);
      return exitCodes.usage;
    }
    inputs[name] = sizes;
  }
  const errors = checker.analyser.analyse(file, text).problems.filter((problem) => problem.severity === 'error');
  for (const problem of placed(file, errors))
    for (const line of problemLines(problem, textsOf(checker.analyser), world)) world.say(line);
  const found = summarise(checker.analyser, { file, text, unit: options.unit, sets: options.sets, inputs });
  if (found === undefined) {
    world.say(
      options.unit === undefined
        ? `\`${options.path}\` has no model and no block.`
        : `\`${options.path}\` has no model or block \`${options.unit}\`.`,
    );
    return errors.length > 0 ? exitCodes.found : exitCodes.usage;
  }
  const [unknown] = found.unknown;
  if (unknown !== undefined) {
    const near = unknown.near === undefined ? '' : ` Did you mean \`${unknown.near}\`?`;
    world.say(`\`${found.unit}\` has no parameter, size or input \`${unknown.name}\`.${near}`);
    return exitCodes.usage;
  }
  const costs = found.graph === undefined ? undefined : compile(planOfGraph(found.graph, file)).costs();
  const plan = costPlan(found, file, options.batch);
  const counted = { found, costs, cost: plan && costOf(plan), memory: totalmem() };
  if (options.json) world.print(JSON.stringify(asJson(counted)));
  else for (const line of report(counted)) world.print(line);
  return errors.length > 0 ? exitCodes.found : exitCodes.done;
}

interface Counted {
  readonly found: Summary;
  readonly costs: ReturnType<ReturnType<typeof compile>['costs']> | undefined;
  readonly cost: Cost | undefined;
  /** Of this machine, in bytes. */
  readonly memory: number;
}

function asJson({ found, costs, cost, memory }: Counted): unknown {
  const types = (list: readonly SummaryValue[]) =>
    Object.fromEntries(list.map(({ name, dtype, shape }) => [name, { dtype, shape }]));
  return {
    unit: found.unit,
    parameters: found.parameters,
    trainable: found.trainable,
    ...(costs === undefined ? {} : { macs: costs.macs }),
    inputs: types(found.inputs),
    outputs: types(found.outputs),
    layers: found.layers.map(({ path, type, place, output, parameters, trainable }) => ({
      path,
      type,
      line: place.line,
      output,
      parameters,
      trainable,
      ...(costs === undefined ? {} : { macs: costs.layers.get(path) ?? 0 }),
    })),
    ...(cost === undefined ? {} : { memory: memoryJson(cost, memory) }),
  };
}

function memoryJson(cost: Cost, memory: number): unknown {
  const { batch, weights, gradients, optimizer, activations, working, total, checkpoint } = cost;
  return {
    ...{ batch, weights, gradients, optimizer, activations, working, training: Math.round(total), checkpoint },
    device: memory,
    fits: fitOf(cost, memory) !== 'exceeds',
  };
}

function report({ found, costs, cost, memory }: Counted): string[] {
  const shape = (sizes: readonly Count[] | undefined): string => (sizes === undefined ? '?' : `[${sizes.join(', ')}]`);
  const value = ({ name, dtype, shape: sizes }: SummaryValue): string =>
    `${name}: ${dtype}${sizes?.length === 0 ? '' : shape(sizes)}`;
  const macs = found.layers.map(({ path }) => costs?.layers.get(path) ?? 0);
  const elsewhere = (costs?.macs ?? 0) - macs.reduce((sum, one) => sum + one, 0);
  const counts = alignedRight([
    ['parameters', ...(costs === undefined ? [] : ['multiply-adds'])],
    ...found.layers.map(({ parameters }, i) => [
      counted(parameters),
      ...(costs === undefined ? [] : [counted(macs[i] ?? 0)]),
    ]),
    // Of functions between the layers, such as a product with a layer's weight.
    ...(elsewhere > 0 ? [['0', counted(elsewhere)]] : []),
  ]);
  const names = [
    ['layer', 'output'],
    ...found.layers.map(({ path, output }) => [path, shape(output)]),
    ['outside layers', ''],
  ];
  const rows = counts.map((row, i) => [...(names[i] ?? []), ...row]);
  return [
    `${found.unit}  ${found.inputs.map(value).join(', ')} -> ${found.outputs.map(value).join(', ')}`,
    ...table(rows),
    `parameters ${counted(found.parameters)}, trainable ${counted(found.trainable)}${costs === undefined ? '' : `, multiply-adds ${counted(costs.macs)} for an example`}`,
    ...(cost === undefined ? [] : memoryLines(cost, memory)),
  ];
}

/** The same cells, each column of numbers ending at one place. */
function alignedRight(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, column) => cell.padStart(width(column))));
}

function memoryLines(cost: Cost, memory: number): string[] {
  const { batch, weights, gradients, optimizer, activations, total, checkpoint } = cost;
  const rest = total - weights - gradients - optimizer - activations;
  const fit = fitOf(cost, memory);
  const most = largestBatch(cost, memory);
  const advice = most > 0 ? `the largest batch that does is about ${grouped(most)}` : 'not even one example does';
  const room = {
    fits: `fits this machine's ${megabytes(memory)}`,
    tight: `may not fit this machine's ${megabytes(memory)}`,
    exceeds: `does not fit this machine's ${megabytes(memory)}: ${advice}`,
  }[fit];
  return [
    `training at batch ${grouped(batch)} takes about ${megabytes(total)} and ${room}`,
    `  weights ${megabytes(weights)}, gradients ${megabytes(gradients)}, optimizer ${megabytes(optimizer)}, activations ${megabytes(activations)}, engine and what it computes with ${megabytes(rest)}`,
    `a checkpoint takes ${megabytes(checkpoint)} on disk`,
  ];
}

function counted(count: Count): string {
  return typeof count === 'number' ? grouped(count) : count;
}

function megabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
