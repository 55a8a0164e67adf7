/**
 * Makes the plan of a data declaration alone, to look at its rows. Only errors of the declaration itself stand in its way:
 * a model that is still being written does not.
 */
import type { Analyser } from '../check/analyse.ts';
import { newSession, topFrame } from '../check/declaration.ts';
import type { Frame } from '../check/frame.ts';
import { newScope, place } from '../check/frame.ts';
import type { GivenArg } from '../check/layer.ts';
import { complain } from '../check/report.ts';
import { enterData } from '../check/run-scope.ts';
import { nearest } from '../syntax/nearest.ts';
import type { Chunk, DataDecl, PlacedChunk } from '../syntax/tree.ts';
import { hasErrors, type PlacedProblem, refused, unsizedReporter } from './make-plan.ts';
import { writtenArg } from './override.ts';
import { createPlaces } from './places.ts';
import type { PlanData } from './plan.ts';
import { planData } from './plan-data.ts';
import { createRecorder } from './recorder.ts';

export interface DataPlanRequest {
  readonly file: string;
  readonly text: string;
  /** Name of the data declaration; undefined: the first. */
  readonly declaration?: string | undefined;
  /** `classes` → `5`: parameters by name, as text of the language. */
  readonly overrides?: Readonly<Record<string, string>>;
}

export type DataPlanAnswer =
  | {
      readonly kind: 'plan';
      readonly file: string;
      readonly sources: readonly { readonly path: string; readonly text: string }[];
      readonly data: PlanData;
    }
  | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[] };

interface FoundData {
  readonly chunk: Chunk;
  readonly declaration: DataDecl;
}

/** The plan of a data declaration, or the errors that stand in its way. */
export function makeDataPlan(analyser: Analyser, request: DataPlanRequest): DataPlanAnswer {
  const { file, text } = request;
  const checked = analyser.analyse(file, text);
  const { chunks } = checked.syntax;
  const found = findData(chunks, request.declaration);
  const recorder = createRecorder();
  const chunk = found?.chunk ?? chunks[0]?.chunk;
  if (!chunk) return { kind: 'problems', problems: [] };
  const { frame, problems } = topFrame(newSession(analyser.program, undefined, true), chunk, '', undefined);
  if (!found) {
    const { declaration } = request;
    const key = declaration === undefined ? 'train/no-run' : 'train/no-such-run';
    complain(frame, { start: 0, end: 0 }, key, { run: 'data', name: declaration ?? '' });
    return refused(problems, analyser);
  }
  const offset = chunks.find((one) => one.chunk === found.chunk)?.offset ?? 0;
  const own = checked.problems.filter(
    ({ severity, start }) => severity === 'error' && start >= offset && start < offset + found.chunk.text.length,
  );
  if (own.length > 0) return { kind: 'problems', problems: own.map((problem) => ({ ...problem, file })) };
  const { name } = found.declaration;
  const given = [
    ...writtenArgs(found, chunks, frame),
    ...overriding(request.overrides ?? {}, found.declaration, frame),
  ];
  const data = enterData({ ...found, name }, given, frame, { recorder, starting: true });
  if (!data || hasErrors(problems)) return refused(problems, analyser);
  const places = createPlaces(checked.syntax, analyser.syntax);
  const planned = planData(
    { data, title: name.text, asked: place(frame, name), isUsed: () => true },
    { frame, recorder, places, planner: { unsized: unsizedReporter(frame) } },
  );
  if (hasErrors(problems)) return refused(problems, analyser);
  return { kind: 'plan', file, sources: places.sources(), data: planned };
}

function findData(chunks: readonly PlacedChunk[], name: string | undefined): FoundData | undefined {
  const all = chunks.flatMap(({ chunk }): FoundData[] =>
    chunk.declaration?.kind === 'data' ? [{ chunk, declaration: chunk.declaration }] : [],
  );
  return name === undefined ? all[0] : all.find(({ declaration }) => declaration.name.text === name);
}

/** Parameters without a default have the values of the first run on this data: `on Mnist("train")`. */
function writtenArgs({ declaration }: FoundData, chunks: readonly PlacedChunk[], frame: Frame): readonly GivenArg[] {
  if (declaration.params.every((param) => param.default !== undefined)) return [];
  for (const { chunk } of chunks) {
    const run = chunk.declaration;
    if (run?.kind !== 'run' || run.on?.name.text !== declaration.name.text) continue;
    const outside: Frame = { ...frame, chunk, scope: newScope(), facts: undefined };
    return run.on.args.map((arg) => ({ arg, frame: outside }));
  }
  return [];
}

function overriding(
  values: Readonly<Record<string, string>>,
  declaration: DataDecl,
  frame: Frame,
): readonly GivenArg[] {
  const names = declaration.params.map((param) => param.name.text);
  return Object.entries(values).flatMap(([key, text]): GivenArg[] => {
    const written = writtenArg(key, text);
    if (!written) complain(frame, declaration.name, 'train/override-value', { key, text });
    else if (!names.includes(key)) {
      const near = nearest(key, names);
      const what = { key, model: declaration.name.text };
      if (near === undefined) complain(frame, declaration.name, 'train/override', what);
      else complain(frame, declaration.name, 'train/override.near', { ...what, near });
    } else
      return [{ arg: written.arg, frame: { ...frame, chunk: written.chunk, scope: newScope(), facts: undefined } }];
    return [];
  });
}
