/** All programs of `examples/` checked from scratch in one process: how long it takes together. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createAnalyser, type Files } from '../language/index.ts';

export interface Together {
  readonly count: number;
  readonly milliseconds: number;
  readonly errors: number;
}

const files: Files = {
  source(from, path) {
    const file = resolve(dirname(from), path);
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch {
      return 'missing';
    }
  },
  header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
};

/** Checks each program with an analyser of its own: nothing is taken over from another. */
export function checkTogether(root: string): Together {
  const folder = join(root, 'examples');
  const programs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.model'))
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
  const began = performance.now();
  let errors = 0;
  for (const { file, text } of programs) {
    const { problems } = createAnalyser(files).analyse(file, text);
    errors += problems.filter(({ severity }) => severity === 'error').length;
  }
  return { count: programs.length, milliseconds: performance.now() - began, errors };
}
