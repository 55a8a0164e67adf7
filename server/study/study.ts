/**
 * What takes longer than a keystroke may wait: the table of shapes, the program as Keras, what a model costs. It runs in a
 * thread of its own (`worker.ts`), so that the server answers meanwhile.
 */
import { totalmem } from 'node:os';
import { costOf } from '../../compiler/index.ts';
import {
  type Analyser,
  costPlan,
  createAnalyser,
  type FileProblem,
  type Files,
  type Locale,
  memoryProblem,
  printKeras,
  shapeSummary,
  summarise,
  tellIn,
} from '../../language/index.ts';

export type Question =
  | { readonly kind: 'shapes' | 'keras'; readonly file: string; readonly text: string; readonly locale: Locale }
  | { readonly kind: 'cost'; readonly file: string; readonly text: string; readonly unit: string }
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
}

export function study(question: Question, files: Files): Answer {
  const analyser = createAnalyser(files);
  const { file, text } = question;
  switch (question.kind) {
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
