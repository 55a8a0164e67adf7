/** Checks the thirty-five programs of `examples/reference` and `examples/language`, and counts what each costs to train. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { costOf } from '../compiler/index.ts';
import { type Analyser, costPlan, createAnalyser, summarise } from '../language/index.ts';
import type { Bench, BenchOptions, BenchSection } from './section.ts';

interface Program {
  readonly file: string;
  readonly text: string;
}

function programsIn(folder: string): readonly Program[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.model'))
    .sort()
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/** The data files are not there: their types come from the programs. */
function newAnalyser(): Analyser {
  return createAnalyser({
    source(from, path) {
      const file = join(dirname(from), path);
      return { file, text: readFileSync(file, 'utf8') };
    },
    header: (_from, path) => ({ ok: false, trouble: 'missing', path }),
  });
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function checkAll(programs: readonly Program[]): void {
  const analyser = newAnalyser();
  for (const { file, text } of programs) analyser.analyse(file, text);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

export const bench: Bench = ({ root, quick }: BenchOptions): Promise<BenchSection> => {
  const programs = ['reference', 'language'].flatMap((name) => programsIn(join(root, 'examples', name)));
  const first = timed(() => checkAll(programs));
  const again = Array.from({ length: quick ? 3 : 20 }, () => timed(() => checkAll(programs)));
  const costs = programs.flatMap(({ file, text }) => {
    const summary = summarise(newAnalyser(), { file, text });
    const plan = summary && costPlan(summary, file);
    return plan ? [timed(() => void costOf(plan))] : [];
  });
  return Promise.resolve({
    title: 'Thirty-five programs',
    tables: [
      {
        title: `The ${programs.length} programs together`,
        columns: ['what', 'ms'],
        rows: [
          ['checked, in a fresh process', first],
          ['checked again by a new analyser, median', median(again)],
          ['cost of one training step counted, median of a program', median(costs)],
          ['the same, longest', Math.max(...costs)],
        ],
      },
    ],
    targets: [
      { what: 'all programs checked', wanted: '< 1 s', measured: `${first.toFixed(0)} ms`, held: first < 1000 },
    ],
    notes: ['Data files are missing, as in a fresh checkout.'],
  });
};
