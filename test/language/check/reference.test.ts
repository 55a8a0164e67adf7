/** Published architectures: the checker raises nothing, and counts what was published. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { render } from '../../../language/messages/render.ts';
import { constant, printDim } from '../../../language/shapes/dim.ts';
import { analyse } from './check.ts';
import { references } from './reference-models.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../examples/language');

function unitOf(text: string, name: string) {
  const { file } = analyse(text);
  const found = file.declarations.find(
    ({ chunk }) => chunk.declaration?.kind === 'unit' && chunk.declaration.name.text === name,
  );
  return { file, unit: found!.facts.unit! };
}

test.each(references.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  const { file, unit } = unitOf(one.text, one.unit);
  expect(file.problems.map((problem) => `${problem.code}: ${render(problem.message)}`)).toEqual([]);
  expect(constant(unit.parameters)).toBe(one.parameters);
  if (one.trainable) expect(constant(unit.trainable)).toBe(one.trainable);
  expect(unit.outputs[0]!.type.shape!.map((dim) => constant(dim) ?? printDim(dim))).toEqual(one.output);
});

test.each([
  ['1-mnist', 'Digits', 693_962, 693_962],
  ['2-housing-mlp', 'Price', 5_121, 5_121],
  ['3-reviews-lstm', 'Sentiment', 2_658_945, 2_658_945],
  ['4-vae', 'VAE', 134_165, 134_165],
  ['5-resnet', 'ResNet', 274_042, 272_474],
  ['6-gpt-mini', 'GPT', 10_770_816, 10_770_816],
  ['7-bert-mini', 'Bert', 5_306_624, 5_306_624],
  ['8-two-tower', 'Recommender', 322_016, 322_016],
  ['11-multi-task', 'Face', 28_344, 28_120],
])('the program %s: %s has %i weights, %i of them trained', (name, unit, parameters, trainable) => {
  const found = unitOf(readFileSync(join(folder, `${name}.model`), 'utf8'), unit).unit;
  expect(constant(found.parameters)).toBe(parameters);
  expect(constant(found.trainable)).toBe(trainable);
});
