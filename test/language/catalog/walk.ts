/** An optimizer on one number, through the compiler and its interpreter. */
import { compile, interpret } from '../../../compiler/index.ts';
import type { Plan, Settings } from '../../../language/index.ts';
import { withDefaults } from './apply.ts';

/** Runs an optimizer on one number: the weights after each step. */
export function walk(
  name: string,
  given: Settings,
  gradients: readonly number[],
  rates: readonly number[],
  start = 1,
): number[] {
  const settings = withDefaults(`optimizer/${name}`, given);
  const train = { optimizer: { call: `optimizer/${name}`, settings } } as unknown as NonNullable<Plan['train']>;
  const compiled = compile({
    train,
    graph: { weights: [], nodes: [], inputs: [], outputs: [] },
    metrics: [],
  } as unknown as Plan);
  const program = compiled.updates()[0]!.program;
  const state: Record<string, number> = Object.fromEntries(compiled.state.map((part) => [part.name, part.initial]));
  let weight = start;
  return gradients.map((gradient, i) => {
    const inputs: Record<string, number[]> = {
      'weight weight': [weight],
      'gradient gradient': [gradient],
      'rate rate': [rates[i]!],
      'step step': [i + 1],
      'factor factor': [1],
    };
    for (const [part, value] of Object.entries(state)) inputs[`state ${part}`] = [value];
    interpret(program, inputs).forEach((result, k) => {
      const output = program.outputs[k]!;
      if (output.kind === 'weight') weight = result.data[0]!;
      else state[output.name] = result.data[0]!;
    });
    return weight;
  });
}
