/** The mask that padded rows need: the numbers that are looked up say what is real, since padding is number 0. */
import type { Refusal } from '../../catalog/entry.ts';
import type { Fix } from '../../problem.ts';
import type { CallExpr, FlowExpr } from '../../syntax/tree.ts';
import { flowWith } from '../advice/written-call.ts';
import { type Frame, findLocal, place } from '../frame.ts';
import type { Site } from '../layer.ts';

/** The fix for a layer in a flow that begins with the numbers themselves. */
export function maskFixes(refusal: Refusal, { node, frame }: Site): readonly Fix[] {
  if (refusal.message.key !== 'data/padding-without-mask') return [];
  const flow = flowWith(frame.chunk, node);
  const tokens = flow && numbersOf(flow, frame);
  const setting = String(refusal.message.values.setting);
  if (tokens === undefined || (node.kind !== 'call' && node.kind !== 'name')) return [];
  const text = `${setting}: ${tokens} != 0`;
  const edit =
    node.kind === 'call' && node.args
      ? { at: place(frame, endOf(node)), newText: node.args.items.length > 0 ? `, ${text}` : text }
      : { at: place(frame, { start: node.end, end: node.end }), newText: `(${text})` };
  const title = { key: 'fix/set', values: { setting, value: `${tokens} != 0` } };
  return [{ id: 'data/padding-without-mask/mask', title, preferred: true, edits: [edit] }];
}

function endOf(call: CallExpr) {
  const end = (call.args?.end ?? call.end) - 1;
  return { start: end, end };
}

/** The name that a flow begins with, where it has whole numbers. */
function numbersOf({ first }: FlowExpr, frame: Frame): string | undefined {
  if (first.kind !== 'name') return undefined;
  const value = findLocal(frame.scope, first.text)?.value;
  return value?.kind === 'tensor' && value.type.dtype === 'int32' ? first.text : undefined;
}
