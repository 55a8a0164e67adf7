/** Dropout behind the last layer: it makes answers 0 by chance, and the loss is taken of these. */
import { report, reportAt } from '../report.ts';
import { gapBefore } from './gap.ts';
import { lossesOf } from './losses.ts';
import { stagesBehind } from './producer.ts';
import type { Run } from './run.ts';

const DROPPING: ReadonlySet<string> = new Set(['Dropout', 'AlphaDropout', 'GaussianDropout', 'SpatialDropout']);

/** Losses of two results of the model: there, what is dropped may be meant to tell them apart. */
const OF_PAIRS: ReadonlySet<string> = new Set(['contrastive', 'triplet', 'inBatchSoftmax', 'cosineLoss']);

export function adviseDroppedAnswer(run: Run): void {
  const { parts } = run.checked;
  for (const { output, prediction, name } of lossesOf(run)) {
    if (OF_PAIRS.has(name)) continue;
    const [last] = stagesBehind(output, parts);
    if (!last || !DROPPING.has(last.name)) continue;
    const message = { key: 'train/dropped-answer', values: { output, layer: last.name } };
    const { chunk, node, arrow } = last;
    if (chunk.file !== run.frame.chunk.file) {
      report(run.frame, prediction, { severity: 'warning', message });
      continue;
    }
    const start = arrow ? gapBefore(chunk.text, arrow.start) : node.start;
    reportAt(
      run.frame,
      { chunk, start: node.start, end: node.end },
      {
        severity: 'warning',
        message,
        related: [
          {
            at: { chunk: run.frame.chunk, start: prediction.start, end: prediction.end },
            message: { key: 'why/loss-here', values: {} },
          },
        ],
        fixes: arrow
          ? [
              {
                id: 'train/dropped-answer/remove',
                title: { key: 'fix/remove-stage', values: { stage: last.name } },
                preferred: true,
                edits: [{ at: { chunk, start, end: node.end }, newText: '' }],
              },
            ]
          : [],
      },
    );
  }
}
