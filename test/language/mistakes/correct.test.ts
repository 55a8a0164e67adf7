/** No false alarm: every correct program there is has no error, no warning, and few hints. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { FileProblem } from '../../../language/check/checked.ts';
import { createAnalyser } from '../../../language/check/index.ts';
import { render } from '../../../language/messages/render.ts';
import { world } from './world.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');

/** Data files of these programs are as the tests make them up; those of the examples are missing. */
const own = join(here, 'correct');

function programsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.model'))
    .map((name) => join(folder, name))
    .sort();
}

function problemsOf(path: string): readonly FileProblem[] {
  const analyser = createAnalyser({
    source(_from, other) {
      const file = join(dirname(path), other);
      return { file, text: readFileSync(file, 'utf8') };
    },
    header: (_from, file) => {
      const value = path.startsWith(own) ? world.headers?.[file] : undefined;
      return value ? { ok: true, value } : { ok: false, trouble: 'missing', path: file };
    },
  });
  const { problems } = analyser.analyse(path, readFileSync(path, 'utf8'));
  expect(analyser.crashes).toEqual([]);
  return problems;
}

const examples = programsIn(join(root, 'examples'));
const correct = programsIn(own);

test('there are at least forty programs of many kinds besides the examples', () => {
  expect(correct.length).toBeGreaterThanOrEqual(40);
});

test.each([...examples, ...correct].map((path) => [relative(root, path), path]))('%s', (_name, path) => {
  const problems = problemsOf(path);
  const loud = problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
  expect(loud.map((problem) => `${problem.code}: ${render(problem.message)}`)).toEqual([]);
  const hints = problems.filter(({ severity }) => severity === 'hint');
  expect(hints.map((problem) => `${problem.code}: ${render(problem.message)}`).length).toBeLessThanOrEqual(2);
});

test('nothing at all is said of the published models', () => {
  for (const path of programsIn(join(root, 'examples/reference'))) {
    const said = problemsOf(path).filter(
      ({ code }) => code !== 'data/missing-file' && code !== 'train/not-supported-yet',
    );
    expect(said.map((problem) => `${relative(root, path)} ${problem.code}: ${render(problem.message)}`)).toEqual([]);
  }
});
