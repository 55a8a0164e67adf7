/** Programs on disk as the language sees them, and its problems as a person and as a program reads them. */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type ProblemFacts, positionAt, problemFacts } from '../assist/index.ts';
import { createFiles } from '../files/index.ts';
import {
  type Analyser,
  createAnalyser,
  type FileProblem,
  type FixTitles,
  type PlacedProblem,
  render,
} from '../language/index.ts';
import { type ReadText, readProgram } from './text.ts';
import { paint, plain, type World } from './world.ts';

export interface Checker {
  readonly analyser: Analyser;
  /** Absolute path and text of a program. */
  read(path: string): (Extract<ReadText, { ok: true }> & { readonly file: string }) | Extract<ReadText, { ok: false }>;
}

/** An analyser over the disk. The command line is as trusted as whoever types it. */
export function createChecker(world: World): Checker {
  const analyser = createAnalyser(createFiles({ dataFolder: world.env.MODELWRIGHT_DATA }));
  return {
    analyser,
    read(path) {
      const file = resolve(world.cwd, path);
      const read = readProgram(file, path);
      return read.ok ? { ...read, file } : read;
    },
  };
}

/** The programs at these paths; folders are walked, hidden ones and `node_modules` left out. */
export function findPrograms(
  paths: readonly string[],
  world: World,
): { readonly ok: true; readonly files: string[] } | { readonly ok: false; readonly message: string } {
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(world.cwd, path);
    const stats = statsOf(full);
    if (stats === undefined)
      return { ok: false, message: `\`${path}\` is not there. Name .model files or folders that hold some.` };
    if (stats.isDirectory()) walk(full, files);
    else files.push(full);
  }
  return { ok: true, files: [...new Set(files)] };
}

/** Undefined too where the path leads nowhere: links in a circle, a name that is too long. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function walk(folder: string, files: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, files);
    else if (entry.isFile() && entry.name.endsWith('.model')) files.push(path);
  }
}

/** A path as the reader would write it from where they are. */
export function shown(file: string, world: World): string {
  const path = relative(world.cwd, file);
  return path === '' || path.startsWith('..') ? file : path;
}

type Texts = (file: string) => string;

/** The texts of the files that an analyser has seen. */
export function textsOf(analyser: Analyser): Texts {
  return (file) => analyser.syntax(file)?.text ?? '';
}

/** A problem as lines for a person: place, sentence, code; below it where the numbers came from, and the fixes. */
export function problemLines(problem: PlacedProblem, texts: Texts, world: World, titles?: FixTitles): string[] {
  const { line, column } = positionAt(texts(problem.file), problem.start);
  const style = problem.severity === 'error' ? 'red' : problem.severity === 'warning' ? 'yellow' : 'blue';
  const lines = [
    `${shown(problem.file, world)}:${line}:${column}: ${paint(world, style, problem.severity)}: ${plain(render(problem.message))} ${paint(world, 'dim', `[${problem.code}]`)}`,
  ];
  for (const { at, message } of problem.related) {
    const place = positionAt(texts(at.file), at.start);
    const file = at.file === problem.file ? '' : `${shown(at.file, world)}:`;
    lines.push(`    ${file}${place.line}:${place.column}  ${plain(render(message))}`);
  }
  const titled = titles?.(problem) ?? problem.fixes.map((fix) => render(fix.title));
  for (const title of titled) lines.push(`    fix: ${plain(title)}`);
  return lines;
}

/** A problem as the JSON line that the command line promises. */
export function problemJson(problem: PlacedProblem, texts: Texts, world: World, titles?: FixTitles): ProblemFacts {
  return problemFacts(problem, texts, (file) => shown(file, world), titles);
}

/** The problems of a file with the file's name. */
export function placed(file: string, problems: readonly FileProblem[]): PlacedProblem[] {
  return problems.map((problem) => ({ ...problem, file }));
}
