/** Reads the programs of `examples/` with what they import; data files count as missing. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Analyser, createAnalyser, render } from '../../../language/index.ts';

export const examples = join(import.meta.dirname, '../../../examples');

/** An analyser that reads programs from the disk and finds no data. */
export function analyserOfPrograms(): Analyser {
  return createAnalyser({
    source(from, path) {
      const file = join(dirname(from), path);
      return { file, text: readFileSync(file, 'utf8') };
    },
    header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
  });
}

/** All programs of `examples/`, by their paths in it. */
export function programs(folder = examples): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly string[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.')) return programs(path);
    return entry.name.endsWith('.model') ? [relative(examples, path)] : [];
  });
}

export function textOf(program: string): string {
  return readFileSync(join(examples, program), 'utf8');
}

/** The problems of a program as lines; a data file that is not here is none. */
export function problemsOf(program: string): readonly string[] {
  const analyser = analyserOfPrograms();
  const { problems } = analyser.analyse(join(examples, program), textOf(program));
  return [
    ...analyser.crashes,
    ...problems
      .filter(({ code }) => code !== 'data/missing-file')
      .map(({ severity, code, message }) => `${severity} ${code}: ${render(message)}`),
  ];
}
