/** A run that will not find room in memory: told at the batch of its train block, before it starts. */
import { runName } from '../check/analyse.ts';
import type { CheckedFile, FileProblem } from '../check/checked.ts';
import { bytes } from '../ide/print.ts';
import type { Message } from '../problem.ts';
import { type Cost, fitOf, largestBatch } from './cost.ts';

/** What is said of a run that takes more than there is; undefined where it finds room. */
export function memoryMessage(cost: Cost, deviceMemory: number): Message | undefined {
  if (fitOf(cost, deviceMemory) !== 'exceeds') return undefined;
  const most = roundBatch(largestBatch(cost, deviceMemory));
  const values = { batch: cost.batch, total: bytes(cost.total), memory: bytes(deviceMemory), most };
  return { key: most > 0 ? 'train/memory.batch' : 'train/memory', values };
}

/** The warning at the train block of a model, with a batch that finds room as its fix. */
export function memoryProblem(
  file: CheckedFile,
  declaration: string,
  cost: Cost,
  deviceMemory: number,
): FileProblem | undefined {
  const message = memoryMessage(cost, deviceMemory);
  if (!message) return undefined;
  for (const { chunk, offset } of file.syntax.chunks) {
    const run = chunk.declaration;
    if (run?.kind !== 'run' || run.run !== 'train' || runName(run) !== declaration) continue;
    const batch = run.body.find((item) => item.kind === 'entry' && item.key.text === 'batch');
    const at = batch?.kind === 'entry' ? batch.value : (run.model[0] ?? run.keyword);
    const place = { start: offset + at.start, end: offset + at.end };
    const most = Number(message.values.most);
    const edit = { file: file.file, ...place, newText: String(most) };
    return {
      ...place,
      code: 'train/memory',
      severity: 'warning',
      message,
      related: [],
      fixes:
        batch?.kind === 'entry' && most > 0
          ? [
              {
                id: 'train/memory/batch',
                title: { key: 'fix/change', values: { text: `\`batch: ${most}\`` } },
                preferred: true,
                edits: [edit],
              },
            ]
          : [],
      unfinished: false,
    };
  }
  return undefined;
}

/** The power of two at or below, as batches are usually written. */
function roundBatch(batch: number): number {
  return batch < 1 ? 0 : 2 ** Math.floor(Math.log2(batch));
}
