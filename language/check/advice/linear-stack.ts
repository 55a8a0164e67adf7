/** Two linear layers in a row are one linear layer: without an activation between them the first adds nothing. */
import { constant, type Dim, order } from '../../shapes/dim.ts';
import type { Frame } from '../frame.ts';
import { place } from '../frame.ts';
import { report } from '../report.ts';
import { activationOf, type Chain, type Stage } from './chains.ts';

/** Layers through which a linear map stays one. */
const THROUGH: ReadonlySet<string> = new Set(['Dropout', 'Flatten', 'reshape', 'squeeze', 'expand', 'GaussianDropout']);

export function adviseLinearStack(chain: Chain, frame: Frame): void {
  let before: Stage | undefined;
  for (const stage of chain) {
    if (stage.name === 'Dense' || isConvolution(stage)) {
      if (before && before.name === stage.name) advise(before, stage, frame);
      before = activationOf(stage) === 'none' ? stage : undefined;
    } else if (!THROUGH.has(stage.name)) before = undefined;
  }
}

function isConvolution(stage: Stage): boolean {
  return stage.name === 'Conv1D' || stage.name === 'Conv2D' || stage.name === 'Conv3D';
}

/** A narrow waist between wide layers (a low rank) is meant; for convolutions, good models have such a first layer. */
function advise(first: Stage, second: Stage, frame: Frame): void {
  const [input, units, result] = [widthIn(first), widthOf(first), widthOf(second)];
  if (!units || !result || !input) return;
  if (order(units, input) === 'less' && order(units, result) === 'less') return;
  if (constant(units) === undefined && order(units, input) !== 'equal' && order(units, result) === 'depends') return;
  const convolution = isConvolution(first);
  report(frame, first.callee, {
    severity: convolution ? 'hint' : 'warning',
    message: { key: 'shape/linear-stack', values: { layer: first.name } },
    related: [{ at: place(frame, second.callee), message: { key: 'why/next-layer', values: { layer: second.name } } }],
    fixes: fixes(first, frame),
  });
}

function fixes(stage: Stage, frame: Frame) {
  const { node } = stage;
  if (node.kind !== 'call' || !node.args) return [];
  const { end, items } = node.args;
  // The activation stands second in a Dense: no name is needed there.
  const bare = stage.name === 'Dense' && items.length === 1;
  return [
    {
      id: 'shape/linear-stack/relu',
      title: { key: 'fix/set', values: { setting: 'activation', value: 'relu' } },
      preferred: true,
      edits: [{ at: place(frame, { start: end - 1, end: end - 1 }), newText: bare ? ', relu' : ', activation: relu' }],
    },
  ];
}

function widthIn(stage: Stage): Dim | undefined {
  return stage.fact?.inputs.x?.shape?.at(-1);
}

function widthOf(stage: Stage): Dim | undefined {
  return stage.fact?.results[0]?.shape?.at(-1);
}
