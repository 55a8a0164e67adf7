/** Habits in the order of layers that cost something, though good models have them: hints. */
import type { Frame } from '../frame.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import { activationOf, type Chain, flagIn, type Stage } from './chains.ts';

const POOLS = /^(?:Max|Avg|GlobalMax|GlobalAvg|AdaptiveMax|AdaptiveAvg)Pool[123]D$/u;
const LINEAR = /^(?:Dense|(?:Depthwise|Separable)?Conv[123]D(?:Transpose)?)$/u;

export function adviseOrder(chain: Chain, frame: Frame): void {
  for (const [index, stage] of chain.entries()) {
    const next = chain[index + 1];
    if (!next) return;
    if (stage.name === 'Dropout') {
      if (next.name === 'BatchNorm') hint('shape/dropout-before-norm', stage, next, frame);
      else if (POOLS.test(next.name)) hint('shape/dropout-before-pool', stage, next, frame);
    } else if (next.name === 'BatchNorm') biasBeforeNorm(stage, next, frame);
  }
}

function hint(key: string, stage: Stage, next: Stage, frame: Frame): void {
  report(frame, stage.callee, { severity: 'hint', message: { key, values: { layer: next.name } } });
}

/** BatchNorm takes the mean away, and with it the layer's bias; its own shift stands in. */
function biasBeforeNorm(stage: Stage, norm: Stage, frame: Frame): void {
  if (!LINEAR.test(stage.name) || activationOf(stage) !== 'none' || flagIn(stage, 'bias') !== true) return;
  if (flagIn(norm, 'shift') === false || stage.node.kind !== 'call' || !stage.node.args) return;
  const { args } = stage.node;
  // Whoever writes the bias wants it.
  if (args.items.some((arg) => arg.name?.text === 'bias')) return;
  const edit = { at: place(frame, { start: args.end - 1, end: args.end - 1 }), newText: ', bias: false' };
  report(frame, stage.callee, {
    severity: 'hint',
    message: { key: 'shape/bias-before-norm', values: { layer: stage.name } },
    fixes: [
      {
        id: 'shape/bias-before-norm/off',
        title: { key: 'fix/set', values: { setting: 'bias', value: 'false' } },
        preferred: true,
        edits: [edit],
      },
    ],
  });
}
