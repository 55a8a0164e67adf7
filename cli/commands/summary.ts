/** `modelwright summary`: the layers of a unit with shapes, parameters and multiply-adds, and what training it takes. */
import { compile } from '../../compiler/index.ts';
import {
  type Count,
  type Plan,
  type PlanGraph,
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
  readonly batch: number;
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
  const costs = found.graph === undefined ? undefined : compile(planOf(found.graph, file)).costs();
  const memory = memoryOf(found, options.batch);
  if (options.json) world.print(JSON.stringify(asJson(found, costs, memory, options.batch)));
  else for (const line of report(found, costs, memory, options.batch)) world.print(line);
  return errors.length > 0 ? exitCodes.found : exitCodes.done;
}

type Costs = ReturnType<ReturnType<typeof compile>['costs']>;
interface Memory {
  readonly weights: number;
  readonly training: number;
}

/** The compiler counts over a plan; only its graph matters here. */
function planOf(graph: PlanGraph, file: string): Plan {
  const place = { source: 0, start: 0, end: 0, line: 1, column: 1 };
  return {
    version: 1,
    action: 'evaluate',
    file,
    declaration: '',
    title: '',
    model: { name: '', args: {} },
    sources: [],
    graph,
    data: {
      name: '',
      title: '',
      args: {},
      source: { call: '', settings: {}, place },
      nodes: [],
      fields: [],
      validation: 0,
      test: 0,
      shuffle: false,
      seed: 0,
      place,
    },
    loss: undefined,
    metrics: [],
    train: undefined,
    expect: [],
    run: undefined,
    place,
  };
}

/**
 * An estimate: weights, their gradients and two moments, and every value between two layers once for the way forward and
 * once for the way back.
 */
function memoryOf(found: Summary, batch: number): Memory | undefined {
  if (found.graph === undefined || typeof found.parameters !== 'number') return undefined;
  const values = found.graph.nodes
    .flatMap((node) => node.outputs)
    .reduce((sum, type) => sum + type.shape.reduce((a, b) => a * b, 1), 0);
  const weights = found.parameters * 4;
  return { weights, training: weights * 4 + values * batch * 4 * 2 };
}

function asJson(found: Summary, costs: Costs | undefined, memory: Memory | undefined, batch: number): unknown {
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
    ...(memory === undefined ? {} : { memory: { batch, ...memory } }),
  };
}

function report(found: Summary, costs: Costs | undefined, memory: Memory | undefined, batch: number): string[] {
  const shape = (sizes: readonly Count[] | undefined): string => (sizes === undefined ? '?' : `[${sizes.join(', ')}]`);
  const value = ({ name, dtype, shape: sizes }: SummaryValue): string =>
    `${name}: ${dtype}${sizes?.length === 0 ? '' : shape(sizes)}`;
  const rows = [
    ['layer', 'output', 'parameters', costs === undefined ? '' : 'multiply-adds'],
    ...found.layers.map(({ path, output, parameters }) => [
      path,
      shape(output),
      counted(parameters),
      costs === undefined ? '' : counted(costs.layers.get(path) ?? 0),
    ]),
  ];
  return [
    `${found.unit}  ${found.inputs.map(value).join(', ')} -> ${found.outputs.map(value).join(', ')}`,
    ...table(rows),
    `parameters ${counted(found.parameters)}, trainable ${counted(found.trainable)}${costs === undefined ? '' : `, multiply-adds ${counted(costs.macs)} for an example`}`,
    ...(memory === undefined
      ? []
      : [
          `memory: weights ${megabytes(memory.weights)}, training at batch ${batch} about ${megabytes(memory.training)}`,
        ]),
  ];
}

function counted(count: Count): string {
  return typeof count === 'number' ? grouped(count) : count;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
