/** A program around a network from a file, in a folder of its own, and its plan. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser, makePlan, type Plan, render } from '../../../language/index.ts';

/** An NPY file of float32. */
function writeNpy(path: string, shape: readonly number[]): void {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const text = `${head.padEnd(117)}\n`;
  const bytes = Buffer.alloc(10 + text.length + 4 * shape.reduce((a, b) => a * b, 1));
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length, 0]);
  bytes.write(text, 10);
  writeFileSync(path, bytes);
}

export function planOf(
  folder: string,
  shape: readonly number[],
  output: readonly number[],
  call: string,
  train: readonly string[] = [],
): Plan {
  writeNpy(join(folder, 'x.npy'), [8, ...shape]);
  writeNpy(join(folder, 'y.npy'), [8, ...output]);
  const file = join(folder, 'test.model');
  const text = `
model M {
  input x: float32[${shape.join(', ')}]
  layer backbone = ${call}
  output y = x -> backbone
}
data D {
  source: npy(x: "x.npy", truth: "y.npy")
  x: float32[${shape.join(', ')}] = x
  truth: float32[${output.join(', ')}] = truth
}
train M on D {
  loss: mse(y, truth)
  ${train.join('\n  ')}
}
`;
  writeFileSync(file, text);
  const answer = makePlan(createAnalyser(createFiles()), { file, text, action: 'train' });
  if (answer.kind === 'plan') return answer.plan;
  throw new Error(answer.problems.map((problem) => render(problem.message)).join('\n'));
}
