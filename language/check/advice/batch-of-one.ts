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

export function adviseBatchOfOne({ checked, frame, value }: Run): void {
  const [norm] = frame.session.batchNorms;
  const at = value('batch');
  if (!norm || checked.training?.batch !== 1 || !at) return;
  report(frame, at, {
    severity: 'warning',
    message: { key: 'train/batch-of-one', values: {} },
    related: [{ at: place(norm.frame, norm.callee), message: { key: 'why/norm-here', values: {} } }],
    fixes: [
      {
        id: 'train/batch-of-one/larger',
        title: { key: 'fix/change', values: { text: '32' } },
        preferred: true,
        edits: [{ at: place(frame, at), newText: '32' }],
      },
    ],
  });
}
