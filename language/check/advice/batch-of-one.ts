/** BatchNorm over batches of one example: its mean is the example itself, and what is left is 0. */
import type { TensorType } from '../../shapes/type.ts';
import { type Frame, place } from '../frame.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';
import type { Run } from './run.ts';

/** Over an image it still has all the pixels; over features it has one number. */
export function noteBatchNorm({ entry, site, inputs }: Call, frame: Frame): void {
  const x = inputs.x as TensorType | undefined;
  if (entry.name === 'BatchNorm' && x?.shape?.length === 1) frame.session.batchNorms.push(site);
}

/** Steps in data after which there are other rows than those of the file. */
const OTHER_ROWS = /\b(?:drop|windows|lines|previous)\b/u;

export function adviseBatchOfOne(run: Run): void {
  const { checked, frame, value } = run;
  const [norm] = frame.session.batchNorms;
  const [at, batch] = [value('batch'), checked.training?.batch];
  if (!norm || !at || batch === undefined) return;
  const rows = batch === 1 ? undefined : rowsLeavingOne(run, batch);
  if (batch !== 1 && rows === undefined) return;
  const better = rows === undefined ? 32 : batch + 1;
  const key = rows === undefined ? 'train/batch-of-one' : 'train/batch-of-one.last';
  report(frame, at, {
    severity: 'warning',
    message: { key, values: rows === undefined ? {} : { rows, batch } },
    related: [{ at: place(norm.frame, norm.callee), message: { key: 'why/norm-here', values: {} } }],
    fixes: [
      {
        id: 'train/batch-of-one/larger',
        title: { key: 'fix/change', values: { text: String(better) } },
        preferred: true,
        edits: [{ at: place(frame, at), newText: String(better) }],
      },
    ],
  });
}

/** How many rows there are to train on, where batches of this size leave one for the last. */
function rowsLeavingOne({ checked }: Run, batch: number): number | undefined {
  const { result, chunk } = checked.parts.data;
  const rows = result.trainingRows;
  return rows !== undefined && rows > batch && rows % batch === 1 && !OTHER_ROWS.test(chunk.text) ? rows : undefined;
}
