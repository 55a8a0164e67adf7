/** A loss or metric whose truth stands first: the prediction comes first, and most of them are not the same either way. */
import type { RuleInputs } from '../catalog/entry.ts';
import type { TensorType } from '../shapes/type.ts';
import { place } from './frame.ts';
import type { AppliedEntry, Site } from './layer.ts';
import { report } from './report.ts';

/** The same either way round, or meant in both (`kl`). */
const EVEN: ReadonlySet<string> = new Set(['mse', 'mae', 'rmse', 'huber', 'logCosh', 'cosineLoss', 'kl']);

/** True: the two were swapped, which is reported. */
export function reportSwapped(entry: AppliedEntry, site: Site, inputs: RuleInputs): boolean {
  if ((entry.place !== 'loss' && entry.place !== 'metric') || EVEN.has(entry.name)) return false;
  const [prediction, truth] = [inputs.prediction, inputs.truth] as (TensorType | undefined)[];
  const [first, second] = site.args.filter(({ arg }) => !arg.name).map(({ arg }) => arg.value);
  if (!prediction || !truth || !first || !second) return false;
  if (prediction.facts.field === undefined || truth.facts.field !== undefined) return false;
  if (!truth.perExample || truth.facts.literal || truth.dtype !== 'float32') return false;
  const { frame } = site;
  const text = (at: { readonly start: number; readonly end: number }) => frame.chunk.text.slice(at.start, at.end);
  report(frame, site.node, {
    message: { key: 'loss/swapped', values: { callee: entry.name, first: text(first), second: text(second) } },
    fixes: [
      {
        id: 'loss/swapped/swap',
        title: { key: 'fix/change', values: { text: `${entry.name}(${text(second)}, ${text(first)})` } },
        preferred: true,
        edits: [
          { at: place(frame, first), newText: text(second) },
          { at: place(frame, second), newText: text(first) },
        ],
      },
    ],
  });
  return true;
}
