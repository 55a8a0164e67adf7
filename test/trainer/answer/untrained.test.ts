/** Which outputs of a model with several heads a train block leaves as they began. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFiles } from '../../../files/index.ts';
import { createAnalyser, makePlan, render } from '../../../language/index.ts';
import { untrainedOutputs } from '../../../trainer/answer/untrained.ts';

const folder = mkdtempSync(join(tmpdir(), 'mw-heads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'heads.model');
writeFileSync(join(folder, 'rows.csv'), `a,b,kind\n${'1,2,0\n3,4,1\n'.repeat(20)}`);
const text = `
data Rows {
  source: csv("rows.csv")
  x: float32[2] = stack(a, b)
  kind: int32 = kind
  size: float32 = a
}
model Heads {
  input x: float32[2]
  layer shared = Dense(4, relu)
  h = x -> shared
  output class = h -> Dense(2, softmax)
  output amount = h -> Dense(1) -> squeeze
  output plain = h
  output twice = 2 * x
}
train Heads on Rows as first { loss: crossEntropy(class, kind); epochs: 1 }
train Heads on Rows as both { loss: crossEntropy(class, kind) + mse(amount, size); epochs: 1 }
train Heads on Rows as later { start: first; loss: mse(amount, size); epochs: 1 }
train Heads on Rows as frozen { freeze: [shared]; loss: mse(amount, size); epochs: 1 }
`;
writeFileSync(file, text);

function untrained(declaration: string): readonly string[] {
  const answer = makePlan(createAnalyser(createFiles()), { file, text, declaration, action: 'train' });
  if (answer.kind !== 'plan') return expect.fail(answer.problems.map((one) => render(one.message)).join('\n'));
  return untrainedOutputs(answer.plan);
}

test('an output with weights that the loss does not depend on', () => {
  expect(untrained('first')).toEqual(['amount']);
  expect(untrained('frozen')).toEqual(['class']);
});

test('none where all are trained, or the weights come from another run', () => {
  expect(untrained('both')).toEqual([]);
  expect(untrained('later')).toEqual([]);
});
