/** The programs of the language reference: no error, no warning, and the published numbers of weights. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { constant } from '../../../language/shapes/dim.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../examples/language');

const programs = [
  ['1-mnist.model', 'Digits', 693_962],
  ['2-housing-mlp.model', 'Price', 5_121],
  ['4-vae.model', 'VAE', 134_165],
  ['6-gpt-mini.model', 'GPT', 10_770_816],
] as const;

function analyse(name: string) {
  const analyser = createAnalyser({
    source(_from, path) {
      const file = join(folder, path);
      return { file, text: readFileSync(file, 'utf8') };
    },
    header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
  });
  const file = join(folder, name);
  return { checked: analyser.analyse(file, readFileSync(file, 'utf8')), crashes: analyser.crashes };
}

test.each(programs)('%s has no error and no warning, and %s has %i weights', (name, unit, parameters) => {
  const { checked, crashes } = analyse(name);
  expect(crashes).toEqual([]);
  const problems = checked.problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(problems.map((problem) => `${problem.code}: ${render(problem.message)}`)).toEqual([]);
  const found = checked.declarations.find(
    ({ chunk }) => chunk.declaration && 'name' in chunk.declaration && chunk.declaration.name.text === unit,
  );
  expect(constant(found!.facts.unit!.parameters)).toBe(parameters);
});
