/** Programs of the primitives' cases, for every engine. */
import { gradients } from '../../compiler/gradients.ts';
import { createGraph } from '../../compiler/program/graph.ts';
import { multiply } from '../../compiler/program/ops/binary.ts';
import { reduce } from '../../compiler/program/ops/reduce.ts';
import { finish, type Program, type ProgramOutput } from '../../compiler/program/program.ts';
import type { Case } from '../compiler/cases.ts';

/** The result and the gradients of every input, where there are some. */
export function programOf(example: Case): Program {
  const g = createGraph();
  const inputs = example.inputs.map((shape) => g.input({ dtype: 'float32', shape }));
  const y = example.build(g, inputs);
  // From outside, so that nothing of the gradient is folded away.
  const weights = g.input(y);
  const loss = reduce(
    g,
    'sum',
    multiply(g, y, weights),
    y.shape.map((_, i) => i),
    false,
  );
  const slopes = gradients(g, loss, inputs);
  const outputs: ProgramOutput[] = [{ kind: 'output', name: 'y', tensor: y }];
  slopes.forEach((tensor, i) => {
    if (tensor) outputs.push({ kind: 'output', name: `gradient ${i}`, tensor });
  });
  return finish(
    g,
    [...inputs, weights].map((tensor, i) => ({ kind: 'field', name: `x${i}`, tensor })),
    outputs,
  );
}
