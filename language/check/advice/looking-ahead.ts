/** A model that is to say the next token, and may look at it: attention over a whole text that is shifted by one. */
import type { TensorType } from '../../shapes/type.ts';
import type { DataDecl, Expr, Field } from '../../syntax/tree.ts';
import { type Frame, place } from '../frame.ts';
import { report, reportAt } from '../report.ts';
import { inputsOf } from '../unit.ts';
import type { Call } from './call.ts';
import { lossesOf } from './losses.ts';
import type { Run } from './run.ts';

/** Remembers attention of a sequence to itself that no mask holds back. */
export function noteLooking({ entry, site, inputs, settings }: Call, frame: Frame): void {
  if (entry.name !== 'Attention') return;
  const memory = inputs.memory as TensorType | undefined;
  const masked = inputs.mask !== undefined || inputs.scoreBias !== undefined;
  const words = settings.mask;
  if (memory || masked || (Array.isArray(words) && words.includes('causal'))) return;
  frame.session.looks.push(site);
}

export function adviseLookingAhead(run: Run): void {
  const [look] = run.frame.session.looks;
  if (!look) return;
  const { data, target } = run.checked.parts;
  const inputs = new Set(inputsOf(target.declaration.body).map(({ name }) => name));
  for (const { field, prediction } of lossesOf(run)) {
    const input = shiftedInput(data.declaration, field, inputs);
    if (input === undefined) continue;
    const message = { key: 'train/looks-ahead', values: { truth: field, input } };
    const { frame, callee, node } = look;
    const here = frame.chunk.file === run.frame.chunk.file;
    if (!here) {
      report(run.frame, prediction, { severity: 'warning', message });
      return;
    }
    const open = node.kind === 'call' && node.args ? node.args : undefined;
    const edit = open
      ? { start: open.end - 1, end: open.end - 1, text: open.items.length > 0 ? ', mask: causal' : 'mask: causal' }
      : { start: node.end, end: node.end, text: '(mask: causal)' };
    reportAt(run.frame, place(frame, callee), {
      severity: 'warning',
      message,
      related: [{ at: place(run.frame, prediction), message: { key: 'why/loss-here', values: {} } }],
      fixes: [
        {
          id: 'train/looks-ahead/causal',
          title: { key: 'fix/set', values: { setting: 'mask', value: 'causal' } },
          preferred: true,
          edits: [{ at: place(frame, edit), newText: edit.text }],
        },
      ],
    });
    return;
  }
}

/** The input that is the same stretch as the truth, begun one step earlier. */
function shiftedInput(data: DataDecl, truth: string, inputs: ReadonlySet<string>): string | undefined {
  const field = (name: string) =>
    data.body.find((item): item is Field => item.kind === 'field' && item.name.text === name);
  const later = slice(field(truth)?.value);
  if (later?.from?.kind !== 'number' || later.from.value < 1) return undefined;
  for (const name of inputs) {
    const earlier = slice(field(name)?.value);
    if (earlier && earlier.of === later.of && !earlier.from) return name;
  }
  return undefined;
}

function slice(expr: Expr | undefined): { readonly of: string; readonly from: Expr | undefined } | undefined {
  if (expr?.kind !== 'index' || expr.object.kind !== 'name') return undefined;
  const [item] = expr.items;
  return item?.kind === 'slice' ? { of: expr.object.text, from: item.from } : undefined;
}
