/**
 * Makes the plan of a run: the section is checked once more, by the same evaluator, with recorders that write down every
 * operation. A program with errors has no plan; the problems say why.
 */
import type { Analyser } from '../check/analyse.ts';
import { runName } from '../check/analyse.ts';
import type { FileProblem } from '../check/checked.ts';
import { newSession, topFrame } from '../check/declaration.ts';
import type { Frame } from '../check/frame.ts';
import { locate, offsetsOf } from '../check/locate.ts';
import { complain, reportAt } from '../check/report.ts';
import { type CheckedRun, checkRun } from '../check/run.ts';
import { targetOf } from '../check/unit.ts';
import type { Download } from '../data/download.ts';
import type { Problem } from '../problem.ts';
import type { Chunk, RunDecl } from '../syntax/tree.ts';
import { assemble } from './assemble.ts';
import { readOverrides } from './override.ts';
import { createPlaces } from './places.ts';
import type { Plan } from './plan.ts';
import { createRecorder } from './recorder.ts';

export interface PlanRequest {
  readonly file: string;
  readonly text: string;
  /** Name of the declaration; undefined: the first of its kind. */
  readonly declaration?: string | undefined;
  readonly action: 'train' | 'evaluate';
  /** `epochs` → `2`: settings and parameters by name, as text of the language. */
  readonly overrides?: Readonly<Record<string, string>>;
}

export type PlanAnswer =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[] };

export type PlacedProblem = FileProblem & { readonly file: string };

/** The plan of a run declaration, or all errors that stand in its way. */
export function makePlan(analyser: Analyser, request: PlanRequest): PlanAnswer {
  const { file, text, action } = request;
  const checked = analyser.analyse(file, text);
  const errors = checked.problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) return { kind: 'problems', problems: errors.map((problem) => ({ ...problem, file })) };
  const found = findRun(
    checked.syntax.chunks.map(({ chunk }) => chunk),
    request,
  );
  const { program } = analyser;
  const chunk = found?.chunk ?? checked.syntax.chunks[0]?.chunk;
  if (!chunk) return { kind: 'problems', problems: [] };
  const graph = createRecorder();
  const data = createRecorder();
  const { frame, problems } = topFrame(newSession(program, graph, true), chunk, '', undefined);
  if (!found) {
    const { declaration } = request;
    const key = declaration === undefined ? 'train/no-run' : 'train/no-such-run';
    complain(frame, { start: 0, end: 0 }, key, { run: action, name: declaration ?? '' });
    return refused(problems, analyser);
  }
  const overrides = readOverrides(
    request.overrides ?? {},
    found.declaration,
    modelDeclaration(found.declaration, frame),
    dataDeclaration(found.declaration, frame),
    frame,
  );
  const run = checkRun(found.declaration, frame, {
    data,
    modelArgs: overrides.model,
    dataArgs: overrides.data,
    keys: overrides.keys,
  });
  if (run) refuseUnsupported(run, frame);
  if (!run || hasErrors(problems)) return refused(problems, analyser);
  const places = createPlaces(checked.syntax, analyser.syntax);
  const unsized = unsizedReporter(frame);
  const plan = assemble({
    request,
    declaration: found.declaration,
    frame,
    run,
    graph,
    data,
    places,
    planner: { unsized },
  });
  return plan && !hasErrors(problems) ? { kind: 'plan', plan } : refused(problems, analyser);
}

const UNFETCHED = 'data/not-fetched';

/** Files to be fetched, where they are all that stands in the way of a plan: with them there, it is asked for again. */
export function unfetched(answer: {
  readonly kind: string;
  readonly problems?: readonly PlacedProblem[];
}): readonly Download[] {
  const { problems = [] } = answer;
  if (problems.some(({ code }) => code !== UNFETCHED)) return [];
  return problems.map(({ message: { values } }) => ({
    url: String(values.url),
    sha256: values.sha256 === '' ? undefined : String(values.sha256),
  }));
}

/** Whether a check found errors. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** The errors that stand in the way of a plan, at their places. */
export function refused(problems: readonly Problem[], analyser: Analyser): Extract<PlanAnswer, { kind: 'problems' }> {
  const offsetOf = (chunk: Chunk) => {
    const syntax = analyser.syntax(chunk.file);
    return syntax && offsetsOf(syntax).get(chunk);
  };
  const errors = problems.filter(({ severity }) => severity === 'error');
  // What is not fetched yet is only told where nothing else is wrong: whoever asked fetches it, and asks again.
  const others = errors.filter(({ code }) => code !== UNFETCHED);
  const placed = (others.length > 0 ? others : errors).flatMap((problem) => {
    const located = locate(problem, offsetOf);
    // A value from outside stands in no file: its problem is told at the program's start.
    return [located ?? outside(problem)];
  });
  return { kind: 'problems', problems: placed };
}

function outside(problem: Problem): PlacedProblem {
  const { code, severity, message } = problem;
  return {
    file: problem.at.chunk?.file ?? '',
    start: 0,
    end: 0,
    code,
    severity,
    message,
    related: [],
    fixes: [],
    unfinished: false,
  };
}

interface FoundRun {
  readonly chunk: Chunk;
  readonly declaration: RunDecl;
}

function findRun(chunks: readonly Chunk[], request: PlanRequest): FoundRun | undefined {
  const runs = chunks.flatMap((chunk): FoundRun[] =>
    chunk.declaration?.kind === 'run' && chunk.declaration.run === request.action
      ? [{ chunk, declaration: chunk.declaration }]
      : [],
  );
  if (request.declaration === undefined) return runs[0];
  return runs.find(({ declaration }) => runName(declaration) === request.declaration);
}

function modelDeclaration(declaration: RunDecl, frame: Frame) {
  const name = declaration.model[0]?.text ?? '';
  const found = frame.session.program.find(frame.chunk.file, name, 'unit');
  const unit = found?.declaration;
  if (!found || (unit?.kind !== 'unit' && unit?.kind !== 'variant' && unit?.kind !== 'extern')) return undefined;
  return targetOf({ name, chunk: found.chunk, declaration: unit }, frame)?.declaration;
}

function dataDeclaration(declaration: RunDecl, frame: Frame) {
  const name = declaration.on?.name.text ?? '';
  const found = frame.session.program.find(frame.chunk.file, name, 'data')?.declaration;
  return found?.kind === 'data' ? found : undefined;
}

function refuseUnsupported(run: CheckedRun, frame: Frame): void {
  for (const { entry, chunk } of run.unsupported) {
    const at = { chunk, start: entry.key.start, end: entry.key.end };
    reportAt(frame, at, { message: { key: 'train/not-supported-yet', values: { key: entry.key.text } } });
  }
}

/** Tells of a size that no run can be made with, where it stands. */
export function unsizedReporter(frame: Frame) {
  return (place: Parameters<typeof reportAt>[1], what: string, size: string) =>
    reportAt(frame, place, { message: { key: 'train/unknown-size', values: { what, names: size } } });
}
