/** Fixes of a loss or metric that lie elsewhere than in its call: at the layer that made the prediction, or at the field. */
import type { Refusal } from '../../catalog/entry.ts';
import type { Edit, Fix, Message } from '../../problem.ts';
import type { Expr, Field } from '../../syntax/tree.ts';
import { argumentOf } from '../advice/expressions.ts';
import { type Made, stagesBehind } from '../advice/producer.ts';
import type { Frame } from '../frame.ts';
import type { Site } from '../layer.ts';
import type { RunParts } from '../run-scope.ts';
import { activationFixes } from './activation.ts';

export function moreFixes(refusal: Refusal, site: Site, frame: Frame, parts: RunParts): readonly Fix[] {
  switch (refusal.message.key) {
    case 'loss/whole-numbers':
      return statedAs('float32', 'loss/whole-numbers/float', site, parts, frame);
    case 'loss/class-probabilities.decimal':
      return statedAs('int32', 'loss/class-probabilities/whole', site, parts, frame);
    case 'loss/one-score':
      return unitsOfClasses(refusal, site, parts, frame);
    case 'loss/softmax-axis':
      return lastAxis(site, parts, frame);
    case 'loss/shapes':
      return oneUnit(refusal, site, parts, frame);
    default:
      return activationFixes(refusal, site, frame, parts);
  }
}

/** The name of what stands first (prediction) or second (truth) in a comparison. */
function nameAt(site: Site, index: number): string {
  const expr: Expr | undefined = site.args.filter(({ arg }) => !arg.name)[index]?.arg.value;
  if (expr?.kind === 'name') return expr.text;
  return expr?.kind === 'member' ? expr.name.text : '';
}

/** The truth's field stated as another element type. */
function statedAs(dtype: string, id: string, site: Site, { data }: RunParts, frame: Frame): readonly Fix[] {
  const name = nameAt(site, 1);
  const field = data.declaration.body.find((item): item is Field => item.kind === 'field' && item.name.text === name);
  const at = field?.type.dtype;
  if (!at || data.chunk.file !== frame.chunk.file) return [];
  // Whole numbers only where the data are known to hold them.
  if (dtype === 'int32' && !data.result.fields.get(name)?.value.type.facts.range) return [];
  const edit = { at: { chunk: data.chunk, start: at.start, end: at.end }, newText: dtype };
  return [fixOf(id, { key: 'fix/state-type', values: { field: name, type: dtype } }, [edit])];
}

/** A unit for each class: as many as the field is known to have, else two. */
function unitsOfClasses(_refusal: Refusal, site: Site, parts: RunParts, frame: Frame): readonly Fix[] {
  const last = lastDense(site, parts, frame);
  const units = last && argumentOf(last.call, 'units', 0);
  if (!last || !units) return [];
  const facts = parts.data.result.fields.get(nameAt(site, 1))?.value.type.facts;
  const count = facts?.range ? facts.range[1] + 1 : (facts?.classes?.count ?? 2);
  const activation = argumentOf(last.call, 'activation', 1);
  const edits: Edit[] = [
    { at: { chunk: last.chunk, start: units.value.start, end: units.value.end }, newText: String(count) },
  ];
  const end = last.call.args?.end ?? last.call.end;
  if (activation)
    edits.push({
      at: { chunk: last.chunk, start: activation.value.start, end: activation.value.end },
      newText: 'softmax',
    });
  else edits.push({ at: { chunk: last.chunk, start: end - 1, end: end - 1 }, newText: ', activation: softmax' });
  return [fixOf('loss/one-score/units', { key: 'fix/units-of-classes', values: { units: count } }, edits)];
}

/** Several numbers for a truth of one: one unit, and its axis taken away. */
function oneUnit(refusal: Refusal, site: Site, parts: RunParts, frame: Frame): readonly Fix[] {
  const truth = parts.data.result.fields.get(nameAt(site, 1))?.value.type;
  // Of several outputs another one may be meant.
  if (refusal.blame.length !== 1 || truth?.shape?.length !== 0 || parts.outputs.length > 1) return [];
  const last = lastDense(site, parts, frame);
  const units = last && argumentOf(last.call, 'units', 0);
  if (!last || units?.value.kind !== 'number') return [];
  const at = { chunk: last.chunk, start: units.value.start, end: units.value.end };
  const behind = { chunk: last.chunk, start: last.call.end, end: last.call.end };
  return [
    fixOf('loss/shapes/one-unit', { key: 'fix/one-unit', values: {} }, [
      { at, newText: '1' },
      { at: behind, newText: ' -> squeeze' },
    ]),
  ];
}

/** `softmax` along the classes, as it is by itself. */
function lastAxis(site: Site, parts: RunParts, frame: Frame): readonly Fix[] {
  const [last] = stagesBehind(nameAt(site, 0), parts);
  if (last?.name !== 'softmax' || !last.arrow || last.chunk.file !== frame.chunk.file) return [];
  const edit = { at: { chunk: last.chunk, start: last.node.start, end: last.node.end }, newText: 'softmax' };
  return [fixOf('loss/softmax-axis/last', { key: 'fix/change', values: { text: 'softmax' } }, [edit])];
}

function lastDense(site: Site, parts: RunParts, frame: Frame) {
  const [last]: readonly (Made | undefined)[] = stagesBehind(nameAt(site, 0), parts);
  if (last?.name !== 'Dense' || last.node.kind !== 'call' || last.chunk.file !== frame.chunk.file) return undefined;
  return { call: last.node, chunk: last.chunk };
}

function fixOf(id: string, title: Message, edits: readonly Edit[]): Fix {
  return { id, title, preferred: true, edits };
}
