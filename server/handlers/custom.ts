/** The requests that are the project's own: the declarations of a document that can be run or looked at, and the plan of one of them. */
import {
  type Analyser,
  type CheckedFile,
  createAnalyser,
  evaluatedRunIn,
  expectationsIn,
  type Files,
  type Locale,
  makeDataPlan,
  makePlan,
  type PlacedProblem,
  parseFile,
  render,
  runName,
  type SyntaxFile,
  unfetched,
} from '../../language/index.ts';
import {
  DATA_PLAN_REQUEST,
  type DataPlanParams,
  type DataPlanResult,
  DECLARATIONS_REQUEST,
  PLAN_REQUEST,
  type PlanParams,
  type PlanProblem,
  type PlanResult,
  type RunDeclaration,
} from '../../protocol/index.ts';
import { fileOf, type Lines, linesOf, rangeOf, uriOf } from '../convert.ts';
import { guarded, type Session } from '../session.ts';

/** `createFiles` reads at once: a plan must know every header, and is not on the typing path. */
export function registerCustom(session: Session, createFiles: () => Files): void {
  const { wire } = session;
  const files = lazily(createFiles);
  const planner = lazily(() => createAnalyser(files()));
  wire.onRequest(
    DECLARATIONS_REQUEST,
    guarded(session, 'declarations', none, (p: { readonly uri: string }) => declarations(session, p.uri, files())),
  );
  // A plan that cannot be made for a reason of ours is an error that the asker must see, not an empty answer.
  wire.onRequest<PlanParams, PlanResult>(PLAN_REQUEST, (p: PlanParams) => plan(session, p, planner(), files()));
  wire.onRequest<DataPlanParams, DataPlanResult>(DATA_PLAN_REQUEST, (p: DataPlanParams) =>
    dataPlan(session, p, planner(), files()),
  );
}

const none: readonly RunDeclaration[] = [];

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The text of a program: of the open document, else of the disk. */
function textOf(session: Session, uri: string, files: Files): string | undefined {
  const open = session.documents.get(uri);
  if (open !== undefined) return open.document.getText();
  const file = fileOf(uri);
  const source = files.source(file, file);
  return typeof source === 'object' ? source.text : undefined;
}

function declarations(session: Session, uri: string, files: Files): readonly RunDeclaration[] {
  const text = textOf(session, uri, files);
  if (text === undefined) return [];
  const checked: CheckedFile | undefined = session.documents.checked(uri)?.file;
  const syntax: SyntaxFile = checked?.syntax ?? parseFile(fileOf(uri), text);
  const lines = linesOf(text);
  return syntax.chunks.flatMap(({ chunk, offset }): readonly RunDeclaration[] => {
    const d = chunk.declaration;
    if (d?.kind !== 'run' && d?.kind !== 'data') return [];
    const { line } = lines.positionAt(offset + d.start);
    if (d.kind === 'data')
      return d.name.text === '' ? [] : [{ name: d.name.text, kind: 'data', model: '', line, expect: [] }];
    const model = d.model.map((name) => name.text).join('.');
    const expect = expectationsIn(d).map(({ start, end }) => ({
      text: chunk.text.slice(start, end),
      range: { start: lines.positionAt(offset + start), end: lines.positionAt(offset + end) },
    }));
    const run = evaluatedRunIn(d);
    return [{ name: runName(d), kind: d.run, model, line, ...(run === undefined ? {} : { run }), expect }];
  });
}

function plan(session: Session, params: PlanParams, planner: Analyser, files: Files): PlanResult {
  return planned(session, params, planner, files, (program) => {
    const { declaration, action, overrides } = params;
    return makePlan(planner, { ...program, declaration, action, overrides });
  });
}

function dataPlan(session: Session, params: DataPlanParams, planner: Analyser, files: Files): DataPlanResult {
  return planned(session, params, planner, files, (program) => {
    const { declaration, overrides } = params;
    const answer = makeDataPlan(planner, { ...program, declaration, overrides });
    if (answer.kind === 'problems') return answer;
    const { file, sources, data } = answer;
    return { kind: 'plan', plan: { file, sources, data } };
  });
}

/** What `make` answers of the program's present text, its problems in the user's language. */
function planned<Made extends { readonly kind: 'plan' }>(
  session: Session,
  params: DataPlanParams,
  planner: Analyser,
  files: Files,
  make: (program: {
    readonly file: string;
    readonly text: string;
  }) => Made | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[] },
): Made | Exclude<PlanResult, { kind: 'plan' }> {
  const open = session.documents.get(params.uri);
  if (open !== undefined && params.version !== undefined && open.document.version !== params.version)
    return { kind: 'stale' };
  const text = textOf(session, params.uri, files);
  const file = fileOf(params.uri);
  if (text === undefined) return { kind: 'problems', problems: [unreadable(session, params.uri, file)] };
  const answer = make({ file, text });
  if (answer.kind === 'plan') return answer;
  const downloads = unfetched(answer);
  return {
    kind: 'problems',
    ...(downloads.length === 0 ? {} : { downloads }),
    problems: answer.problems.map((problem) => problemOf(problem, planner, { file, text, locale: session.locale })),
  };
}

function problemOf(
  problem: PlacedProblem,
  planner: Analyser,
  { file, text, locale }: { readonly file: string; readonly text: string; readonly locale: Locale },
): PlanProblem {
  const own = problem.file === '' ? file : problem.file;
  const other = own === file ? text : planner.syntax(own)?.text;
  const lines: Lines = linesOf(other ?? '');
  return {
    uri: uriOf(own),
    code: problem.code,
    message: render(problem.message, locale),
    range: rangeOf(lines, problem),
  };
}

function unreadable({ tell }: Session, uri: string, file: string): PlanProblem {
  const start = { line: 0, character: 0 };
  const message = tell('unreadable-program', { file });
  return { uri, code: 'data/unreadable', message, range: { start, end: start } };
}
