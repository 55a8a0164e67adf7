/**
 * What takes longer than a keystroke may wait: the table of shapes, the program as Keras, what a model costs. It runs in a
 * thread of its own (`worker.ts`), so that the server answers meanwhile.
 */
import { totalmem } from 'node:os';
import type { ToolAnswer } from '../../assist/index.ts';
import { compile, costOf } from '../../compiler/index.ts';
import {
  type Analyser,
  costPlan,
  createAnalyser,
  exampleData,
  type Family,
  type FileProblem,
  type Files,
  graphOfPlan,
  type Locale,
  type MadeData,
  memoryProblem,
  type NewProgram,
  type NewProgramRequest,
  newProgram,
  type Plan,
  type ProgramGraph,
  planOfGraph,
  printKeras,
  programGraph,
  runName,
  shapeSummary,
  summarise,
  tellIn,
  withCosts,
} from '../../language/index.ts';
import { type AssistQuestion, assist } from './assist.ts';

export type Question =
  | { readonly kind: 'shapes' | 'keras'; readonly file: string; readonly text: string; readonly locale: Locale }
  | { readonly kind: 'cost'; readonly file: string; readonly text: string; readonly unit: string }
  | { readonly kind: 'graph'; readonly file: string; readonly text: string; readonly declaration: string | undefined }
  | { readonly kind: 'planGraph'; readonly plan: Plan }
  | { readonly kind: 'exampleData'; readonly family: Family }
  | { readonly kind: 'newProgram'; readonly request: NewProgramRequest }
  | (AssistQuestion & { readonly kind: 'assist' })
  /** Whether the runs of a program find room in this machine's memory. */
  | { readonly kind: 'room'; readonly file: string; readonly text: string };

/** What a model costs; undefined where a size is only a name. */
export interface UnitCost {
  readonly macs: number;
  readonly batch: number;
  /** Bytes of a training step: weights, gradients, optimizer, values. */
  readonly total: number;
}

export interface Answer {
  readonly text?: string;
  readonly cost?: UnitCost | undefined;
  readonly problems?: readonly FileProblem[];
  readonly graph?: ProgramGraph | undefined;
  readonly data?: MadeData;
  readonly program?: NewProgram;
  readonly assisted?: ToolAnswer;
  /** The program that `graph` is of has errors. */
  readonly broken?: boolean;
}

export function study(question: Question, files: Files): Answer {
  if (question.kind === 'planGraph') return { graph: planGraph(question.plan), broken: false };
  if (question.kind === 'exampleData') return { data: exampleData(question.family) };
  if (question.kind === 'newProgram') return { program: newProgram(files, question.request) };
  if (question.kind === 'assist') return { assisted: assist(question, files) };
  const analyser = createAnalyser(files);
  const { file, text } = question;
  switch (question.kind) {
    case 'graph':
      return unitGraph(analyser, file, text, question.declaration);
    case 'shapes':
      return { text: shapeSummary(analyser, file, text, question.locale) };
    case 'keras': {
      const models = analyser
        .analyse(file, text)
        .syntax.chunks.flatMap(({ chunk: { declaration: d } }) =>
          (d?.kind === 'unit' || d?.kind === 'variant') && d.unit === 'model' ? [d.name.text] : [],
        );
      const pages = models.map((unit) => printKeras(analyser, { file, text, unit }));
      return { text: pages.length > 0 ? pages.join('\n\n') : tellIn(question.locale)('keras.none', { file }) };
    }
    case 'cost': {
      const summary = summarise(analyser, { file, text, unit: question.unit });
      const plan = summary && costPlan(summary, file);
      if (plan === undefined) return { cost: undefined };
      const { macs, batch, total } = costOf(plan);
      return { cost: { macs, batch, total } };
    }
    case 'room':
      return { problems: crowded(analyser, file, text) };
  }
}

/** With multiply-adds where every size is a number. */
function unitGraph(analyser: Analyser, file: string, text: string, declaration: string | undefined): Answer {
  const { problems, syntax } = analyser.analyse(file, text);
  // What is wrong in data or a run changes no model.
  const others = syntax.chunks.flatMap(({ chunk: { declaration: d }, offset }) =>
    d?.kind === 'run' || d?.kind === 'data' || d?.kind === 'export'
      ? [[offset + d.start, offset + d.end] as const]
      : [],
  );
  const broken = problems.some(
    ({ severity, start }) => severity === 'error' && !others.some(([from, to]) => start >= from && start <= to),
  );
  const runs = syntax.chunks.flatMap(({ chunk: { declaration: d } }) => (d?.kind === 'run' ? [d] : []));
  const run = runs.find((one) => runName(one) === declaration);
  const request = { file, text, unit: run?.model[0]?.text ?? declaration };
  const graph = programGraph(analyser, request);
  const sized = broken ? undefined : summarise(analyser, request)?.graph;
  const costs = sized && compile(planOfGraph(sized, file)).costs();
  return { graph: graph && costs ? withCosts(graph, costs) : graph, broken };
}

function planGraph(plan: Plan): ProgramGraph {
  const graph = graphOfPlan(plan);
  return plan.modules ? graph : withCosts(graph, compile(planOfGraph(plan.graph, plan.file)).costs());
}

/** Warnings at the train blocks that take more memory than there is. */
function crowded(analyser: Analyser, file: string, text: string): readonly FileProblem[] {
  const checked = analyser.analyse(file, text);
  if (checked.problems.some(({ severity }) => severity === 'error')) return [];
  const models = checked.syntax.chunks.flatMap(({ chunk: { declaration: d } }) =>
    d?.kind === 'run' && d.run === 'train' ? [d.model[0]?.text ?? ''] : [],
  );
  return [...new Set(models)].flatMap((unit) => {
    const summary = summarise(analyser, { file, text, unit });
    const plan = summary?.training && costPlan(summary, file);
    const problem = plan && memoryProblem(checked, summary.training.declaration, costOf(plan), totalmem());
    return problem ?? [];
  });
}
