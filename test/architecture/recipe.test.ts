/**
 * The recipe "a layer" of CONTRIBUTING.md, followed to the letter: its file and its two lines of the index are laid over the
 * sources while they are bundled (nothing is written into the project), and then everything knows the layer.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Compiler from '../../compiler/index.ts';
import type * as Language from '../../language/index.ts';
import type * as Reference from '../../language/reference/index.ts';
import { filesOf } from '../language/check/check.ts';

type Project = typeof Language & typeof Reference & Pick<typeof Compiler, 'compile' | 'interpret'>;

const root = join(import.meta.dirname, '..', '..');
const recipe = /### A layer[\s\S]*?(?=^### )/mu.exec(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))?.[0] ?? '';
const [entry = '', index = ''] = [...recipe.matchAll(/^ {3}```ts\n([\s\S]*?)^ {3}```$/gmu)].map((match) =>
  (match[1] ?? '').replace(/^ {3}/gmu, ''),
);

const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
let project: Project;

/** The index with the lines of the recipe: the import among the imports, the name in the list. */
function withLayer(source: string): string {
  const [line = '', name = ''] = index.split('\n');
  const first = source.indexOf('import {');
  return `${source.slice(0, first)}${line}\n${source.slice(first)}`.replace(/^( {2}PReLU,)$/mu, `${name}\n$1`);
}

beforeAll(async () => {
  const outfile = join(folder, 'project.cjs');
  await build({
    stdin: {
      contents: `export * from './language/index.ts'; export * from './language/reference/index.ts'; export { compile, interpret } from './compiler/index.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
    plugins: [
      {
        name: 'recipe',
        setup(run) {
          run.onResolve({ filter: /\/Affine\.ts$/ }, () => ({
            path: join(root, 'language', 'catalog', 'model', 'Affine.ts'),
          }));
          run.onLoad({ filter: /[\\/]model[\\/]Affine\.ts$/ }, () => ({ contents: entry, loader: 'ts' }));
          run.onLoad({ filter: /[\\/]catalog[\\/]model\.ts$/ }, ({ path }) => ({
            contents: withLayer(readFileSync(path, 'utf8')),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  project = createRequire(import.meta.url)(outfile);
});

afterAll(() => rmSync(folder, { recursive: true }));

const program = `data Examples {
  source: csv("rows.csv")
  features: float32[3] = stack(a, b, c)
  answer: float32 = answer
}

model Example {
  input features: float32[3]
  output guess = features -> Affine(init: constant(0.5)) -> Dense(1) -> squeeze
}

train Example on Examples {
  loss: mse(guess, answer)
  optimizer: SGD(0.1)
}
`;

const at = (text: string, part: string) => text.indexOf(part) + 2;

test('the recipe has a file and two lines', () => {
  expect(entry).toContain("export const Affine = model('Affine'");
  expect(index.trim().split('\n')).toHaveLength(2);
});

test('the program checks', () => {
  const { problems } = project.createAnalyser(filesOf({})).analyse('example.model', program);
  expect(problems.map(({ code }) => code)).toEqual(['data/missing-file']);
  const wrong = program.replace('init: constant', 'inti: constant');
  const [problem] = project
    .createAnalyser(filesOf({}))
    .analyse('example.model', wrong)
    .problems.filter(({ severity }) => severity === 'error');
  expect(problem && project.render(problem.message)).toBe('`Affine` has no setting `inti`. Did you mean `init`?');
});

test('it is completed and explained', () => {
  const analyser = project.createAnalyser(filesOf({}));
  const file = analyser.analyse('example.model', program);
  const half = program.replace('Affine(init: constant(0.5))', 'Aff');
  const offered = project.completion(analyser.analyse('half.model', half), at(half, '-> Aff') + 4);
  expect(offered?.items.map(({ label }) => label)).toContain('Affine');
  const told = project.hover(file, at(program, 'Affine'), { checked: () => undefined, syntax: () => undefined });
  expect(JSON.stringify(told)).toContain('Multiplies each channel');
  expect(JSON.stringify(told)).toContain('factor');
});

test('its weights are counted', () => {
  const analyser = project.createAnalyser(filesOf({}));
  const summary = project.summarise(analyser, { file: 'example.model', text: program });
  expect(summary?.parameters).toBe(3 + 3 + 3 + 1);
  expect(summary?.layers.map(({ path }) => path)).toContain('Example/Affine.0');
});

test('it has a reference page', () => {
  const page = project.referencePages()['model/Affine.md'] ?? '';
  expect(page).toContain('# Affine');
  expect(page).toContain('features -> Affine');
  expect(project.referencePages()['README.md']).toContain('model/Affine.md');
});

test('a training step changes its weights', () => {
  const header = {
    kind: 'csv' as const,
    rows: 100,
    columns: ['a', 'b', 'c', 'answer'].map((name) => ({
      name,
      type: 'float' as const,
      missing: 0,
      sampled: 100,
      distinct: 90,
      range: [0, 1] as const,
      values: ['0.5'],
    })),
  };
  const analyser = project.createAnalyser(filesOf({ headers: { 'rows.csv': header } }));
  const answer = project.makePlan(analyser, { file: 'example.model', text: program, action: 'train' });
  if (answer.kind === 'problems')
    return expect.fail(answer.problems.map(({ message }) => project.render(message)).join());
  const compiled = project.compile(answer.plan);
  const step = compiled.lower('train', 2);
  const given: Record<string, ArrayLike<number>> = {};
  for (const { kind, name, tensor } of step.inputs) {
    const size = tensor.shape.reduce((a, b) => a * b, 1);
    const own = compiled.weights.find(({ path }) => path === name);
    given[`${kind} ${name}`] =
      kind === 'weight' && own ? compiled.initial(own, 1) : Array.from({ length: size }, (_, i) => 0.1 * (i + 1));
  }
  const results = project.interpret(step, given);
  const changed = step.outputs.flatMap(({ name }, i) =>
    /Affine\.0\/(?:factor|shift)$/u.test(name) ? [results[i]] : [],
  );
  expect(changed).toHaveLength(2);
  const [factor, shift] = changed.map((result) => Array.from(result?.data ?? []));
  expect(factor?.every((value) => Number.isFinite(value) && value !== 0.5)).toBe(true);
  expect(shift?.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
});
