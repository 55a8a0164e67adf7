/** Fixes of a loss at the layer that made its prediction: another activation there, or none. */
import type { Refusal } from '../../catalog/entry.ts';
import type { Edit, Fix } from '../../problem.ts';
import { constant } from '../../shapes/dim.ts';
import type { CallExpr } from '../../syntax/tree.ts';
import { gapBefore } from '../advice/gap.ts';
import { type Made, stagesBehind } from '../advice/producer.ts';
import type { Frame } from '../frame.ts';
import type { Site } from '../layer.ts';
import type { RunParts } from '../run-scope.ts';

/** The activation that a message asks for; `none` takes it away. */
function wanted({ message }: Refusal): string | undefined {
  const { callee, least, most, low, activation } = message.values;
  switch (message.key.replace(/\..*$/u, '')) {
    case 'loss/sigmoid-classes':
      return 'softmax';
    case 'loss/cut-scores':
      return callee === 'binaryCrossEntropy' ? 'sigmoid' : 'softmax';
    case 'loss/half-used':
      return 'sigmoid';
    case 'loss/out-of-reach':
      return activation === 'sigmoid' && low === 0 && Number(least) >= -1 && Number(most) <= 1 ? 'tanh' : 'none';
    case 'loss/hinge-probability':
      return 'none';
    default:
      return undefined;
  }
}

/** The edit at the model's last layer, where that stands in the same file. */
export function activationFixes(refusal: Refusal, site: Site, frame: Frame, parts: RunParts): readonly Fix[] {
  const activation = wanted(refusal);
  const prediction = site.args[0]?.arg.value;
  const output =
    prediction?.kind === 'name' ? prediction.text : prediction?.kind === 'member' ? prediction.name.text : '';
  // A softmax over one number is always 1.
  if (activation === 'softmax' && isSingle(output, parts)) return [];
  const [last] = activation === undefined ? [] : stagesBehind(output, parts);
  if (activation === undefined || !last || last.chunk.file !== frame.chunk.file) return [];
  const edit = activationEdit(last, activation, frame);
  if (!edit) return [];
  const key = activation === 'none' ? 'fix/no-activation' : 'fix/activation';
  const title = { key, values: { layer: last.name, activation } };
  return [{ id: `${refusal.refused}/activation`, title, preferred: true, edits: [edit] }];
}

function isSingle(output: string, { outputs }: RunParts): boolean {
  const value = outputs.find(({ name }) => name === output)?.value;
  const last = value?.kind === 'tensor' ? value.type.shape?.at(-1) : undefined;
  return last !== undefined && constant(last) === 1;
}

/** Another activation for a layer (or in place of one that stands alone), or `none`. */
export function activationEdit({ node, arrow, name, chunk }: Made, activation: string, frame: Frame): Edit | undefined {
  const entry = frame.session.program.catalog.find('model', name);
  if (entry?.kind !== 'operation') return undefined;
  if (entry.activation) {
    if (activation !== 'none') return { at: { chunk, start: node.start, end: node.end }, newText: activation };
    return arrow && { at: { chunk, start: gapBefore(chunk.text, arrow.start), end: node.end }, newText: '' };
  }
  const order = Object.keys(entry.settings).filter((setting) => !entry.settings[setting]?.named);
  const index = order.indexOf('activation');
  if (node.kind !== 'call' || index < 0) return undefined;
  const given = argument(node, index);
  if (!given) return undefined;
  if (activation !== 'none')
    return { at: { chunk, start: given.value.start, end: given.value.end }, newText: activation };
  const items = node.args?.items ?? [];
  const before = items[items.indexOf(given) - 1];
  return { at: { chunk, start: before?.end ?? given.start, end: given.end }, newText: '' };
}

function argument(call: CallExpr, index: number) {
  const items = call.args?.items ?? [];
  return items.find((arg) => arg.name?.text === 'activation') ?? items.filter((arg) => !arg.name)[index];
}
