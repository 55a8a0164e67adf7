/**
 * What takes longer than a keystroke may wait: the table of shapes, the program as Keras, what a model costs. It runs in a
 * thread of its own (`worker.ts`), so that the server answers meanwhile.
 */
import { costOf } from '../../compiler/index.ts';
import {
  costPlan,
  createAnalyser,
  type Files,
  type Locale,
  printKeras,
  shapeSummary,
  summarise,
  tellIn,
} from '../../language/index.ts';

export type Question =
  | { readonly kind: 'shapes' | 'keras'; readonly file: string; readonly text: string; readonly locale: Locale }
  | { readonly kind: 'cost'; readonly file: string; readonly text: string; readonly unit: string };

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
          d?.kind === 'unit' && d.unit === 'model' ? [d.name.text] : [],
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
  }
}
