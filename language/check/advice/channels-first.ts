/** An image with its channels in front, as PyTorch has it, fed to a layer that reads them at the end. */
import { constant } from '../../shapes/dim.ts';
import { printShape, type TensorType } from '../../shapes/type.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';

const READERS = /^(?:Depthwise|Separable)?Conv2D$|^(?:Max|Avg)Pool2D$/u;
const CHANNELS: ReadonlySet<number | undefined> = new Set([1, 3, 4]);
/** From so many pixels a side on, the second and third axes of one size can be no height and channels. */
const SIDE = 16;

export function adviseChannelsFirst({ entry, site, inputs }: Call): void {
  if (!READERS.test(entry.name)) return;
  const x = inputs.x as TensorType | undefined;
  const [channels, height, width] = x?.shape?.map(constant) ?? [];
  if (x?.facts.field === undefined && !isInput(x)) return;
  if (!CHANNELS.has(channels) || height === undefined || height !== width || height < SIDE) return;
  const { arrow, frame, node } = site;
  const start = arrow?.start ?? node.start;
  report(frame, site.callee, {
    severity: 'warning',
    message: {
      key: 'shape/channels-first',
      values: { layer: entry.name, shape: printShape(x?.shape), channels: channels ?? 0, side: height },
    },
    blame: x?.shape ?? [],
    fixes: arrow
      ? [
          {
            id: 'shape/channels-first/transpose',
            title: { key: 'fix/insert-stage', values: { stage: 'transpose([1, 2, 0])', layer: entry.name } },
            preferred: true,
            edits: [{ at: place(frame, { start, end: start }), newText: '-> transpose([1, 2, 0]) ' }],
          },
        ]
      : [],
  });
}

/** Sizes as they were declared, with nothing done to them yet. */
function isInput(x: TensorType | undefined): boolean {
  return x?.shape?.every((dim) => dim.why?.text.key === 'why/declared') ?? false;
}
