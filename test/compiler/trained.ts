/** Trains the model of a program's text in float64, by the program that the compiler makes of it. */
import { type Compiled, compile, interpret, type Program } from '../../compiler/index.ts';
import { createAnalyser } from '../../language/check/analyse.ts';
import { type DataHeader, makePlan, type Plan, render } from '../../language/index.ts';

/** The model's own lines, with what surrounds them: the input `x`, the output `y` of `[2]`, the loss, the optimizer. */
export function planOfModel(
  lines: readonly string[],
  x: { readonly type: string; readonly header: DataHeader },
  train: readonly string[] = ['loss: mse(y, target)', 'optimizer: SGD(0.1)'],
): Plan {
  const text = [
    'model M {',
    `  input x: ${x.type}`,
    ...lines.map((line) => `  ${line}`),
    '}',
    'data D {',
    '  source: idx(x: "x.idx", target: "target.idx")',
    `  x: ${x.type} = x`,
    '  target: float32[2] = target',
    '}',
    'train M on D {',
    ...train.map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
  const target: DataHeader = { kind: 'idx', dtype: 'float32', shape: [100, 2] };
  const analyser = createAnalyser({
    source: () => 'missing',
    header: (_from, path) => ({ ok: true, value: path === 'x.idx' ? x.header : target }),
  });
  const answer = makePlan(analyser, { file: 'test.model', text, action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(answer.problems.map((problem) => render(problem.message)).join('\n'));
}

export interface Trained {
  readonly compiled: Compiled;
  readonly weights: Map<string, ArrayLike<number>>;
  step(fields: Readonly<Record<string, ArrayLike<number>>>, rate: number): number;
  evaluate(fields: Readonly<Record<string, ArrayLike<number>>>): number;
}

/** Weights start as the seed says. The optimizer must be one without state. */
export function train(plan: Plan, batch: number, seed = 1): Trained {
  const compiled = compile(plan);
  const weights = new Map<string, ArrayLike<number>>(
    compiled.weights.map((weight) => [weight.path, Float64Array.from(compiled.initial(weight, seed))]),
  );
  const [step, evaluate] = [compiled.lower('train', batch), compiled.lower('evaluate', batch)];
  const run = (program: Program, fields: Readonly<Record<string, ArrayLike<number>>>, rate: number): number => {
    const inputs = Object.fromEntries(
      program.inputs.map(({ kind, name }): [string, ArrayLike<number>] => {
        const value = { rate: [rate], step: [1], weight: weights.get(name), field: fields[name] }[kind as 'weight'];
        if (!value) throw new Error(`No numbers for ${kind} ${name}.`);
        return [`${kind} ${name}`, value];
      }),
    );
    let loss = Number.NaN;
    interpret(program, inputs).forEach(({ data }, i) => {
      const output = program.outputs[i]!;
      if (output.kind === 'loss') loss = data[0]!;
      if (output.kind === 'weight') weights.set(output.name, data);
    });
    return loss;
  };
  return {
    compiled,
    weights,
    step: (fields, rate) => run(step, fields, rate),
    evaluate: (fields) => run(evaluate, fields, 0),
  };
}
