/** Every refactoring that is offered in the programs of the examples: the result has no error, and computes the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Analyser, createAnalyser, type Files, refactorings, type SyntaxFile } from '../../../language/index.ts';
import { applyEdits } from '../syntax/edits.ts';
import { noFiles } from './marked.ts';

/** The examples import one another. */
const files: Files = {
  ...noFiles,
  source: (_, path) => ({ file: `/${path.slice(2)}`, text: readFileSync(join(root, 'language', path), 'utf8') }),
};

const root = join(import.meta.dirname, '../../../examples');
const programs = ['language', 'reference'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.model'))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const),
);

/** Counts and output shapes of the models, by name. */
function figures(analyser: Analyser, text: string): { readonly errors: readonly string[]; readonly models: string } {
  const file = analyser.analyse('/t.model', text);
  const models = file.syntax.chunks.flatMap(({ chunk: { declaration: d } }, index) => {
    const unit = file.declarations[index]?.facts.unit;
    if (d?.kind !== 'unit' || d.unit !== 'model' || unit === undefined) return [];
    const shapes = unit.outputs.map((o) => `${o.name} ${JSON.stringify(o.type.shape?.map((dim) => dim.size))}`);
    return [`${d.name.text} ${JSON.stringify([unit.parameters.size, unit.trainable.size])} ${shapes.join()}`];
  });
  const errors = file.problems
    .filter((p) => p.severity === 'error')
    .map((p) => `${p.code} ${JSON.stringify(p.message)}`);
  return { errors, models: models.join('\n') };
}

/** Cursors on names of layers and numbers, and selections of two stages or two lines: a sample of each program. */
function selections({ text }: SyntaxFile): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const match of text.matchAll(/(?:-> |\()([A-Za-z0-9]\w*)/g)) {
    const at = match.index + match[0].length - (match[1]?.length ?? 0);
    found.push([at, at]);
  }
  for (const match of text.matchAll(/-> \w+(?:\([^()\n]*\))?\s*-> \w+(?:\([^()\n]*\))?/g)) {
    found.push([match.index + 3, match.index + match[0].length]);
  }
  for (const match of text.matchAll(/^ {2}\w+ = .*\n(?: {4}.*\n)* {2}\w+ = .*$/gm)) {
    found.push([match.index, match.index + match[0].length]);
  }
  return found;
}

test.each(programs)('%s', (_, text) => {
  const analyser = createAnalyser(files);
  const before = figures(analyser, text);
  expect(before.errors).toEqual([]);
  const file = analyser.analyse('/t.model', text);
  const known = { syntax: analyser.syntax, checked: () => file };
  const done = new Set<string>();
  for (const [start, end] of selections(file.syntax)) {
    for (const { title, edits } of refactorings(file, start, end, known)) {
      const result = applyEdits(text, edits);
      if (done.has(result)) continue;
      done.add(result);
      const after = figures(createAnalyser(files), result);
      const what = `${title} at ${text.slice(start, end || start + 12)}:\n${result}`;
      expect(after.errors, what).toEqual([]);
      expect(after.models, what).toBe(before.models);
      if (done.size > 60) return;
    }
  }
});
