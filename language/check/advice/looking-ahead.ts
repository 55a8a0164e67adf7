/** A model that is to say the next token, and may look at it: attention over a whole text that is shifted by one. */
import { dimsOf } from '../../catalog/checked.ts';
import type { CheckedSettings } from '../../catalog/entry.ts';
import type { Fix } from '../../problem.ts';
import { constant } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { DataDecl, Expr, Field } from '../../syntax/tree.ts';
import { type Frame, place } from '../frame.ts';
import type { Site } from '../layer.ts';
import { report, reportAt } from '../report.ts';
import { inputsOf } from '../unit.ts';
import type { Call } from './call.ts';
import { lossesOf } from './losses.ts';
import type { Run } from './run.ts';

/** Remembers attention of a sequence to itself that no mask holds back. */
export function noteLooking({ entry, site, inputs, settings }: Call, frame: Frame): void {
  if (settings.backwards === true || seesBothSides(entry.name, settings)) frame.session.looks.push(site);
  if (entry.name !== 'Attention') return;
  const memory = inputs.memory as TensorType | undefined;
  const masked = inputs.mask !== undefined || inputs.scoreBias !== undefined;
  const words = settings.mask;
  if (memory || masked || (Array.isArray(words) && words.includes('causal'))) return;
  frame.session.looks.push(site);
}

/** A window over steps on either side. */
function seesBothSides(name: string, settings: CheckedSettings): boolean {
  const [kernel] = dimsOf(settings, 'kernel', 1);
  return name === 'Conv1D' && settings.padding === 'same' && kernel !== undefined && (constant(kernel) ?? 1) > 1;
}

export function adviseLookingAhead(run: Run): void {
  const [look] = run.frame.session.looks;
  if (!look) return;
  const { data, target } = run.checked.parts;
  const inputs = new Set(inputsOf(target.declaration.body).map(({ name }) => name));
  // With a second input (a text to translate) it may be that one which is seen as a whole.
  if (inputs.size > 1) return;
  for (const { field, prediction } of lossesOf(run)) {
    const input = shiftedInput(data.declaration, field, inputs);
    if (input === undefined) continue;
    const message = {
      key: 'train/looks-ahead',
      values: { truth: field, input, layer: look.frame.chunk.text.slice(look.callee.start, look.callee.end) },
    };
    const { frame, callee } = look;
    const here = frame.chunk.file === run.frame.chunk.file;
    if (!here) {
      report(run.frame, prediction, { severity: 'warning', message });
      return;
    }
    const mended = fixOf(look);
    reportAt(run.frame, place(frame, callee), {
      severity: 'warning',
      message,
      related: [{ at: place(run.frame, prediction), message: { key: 'why/loss-here', values: {} } }],
      fixes: mended ? [mended] : [],
    });
    return;
  }
}

/** `mask: causal` of attention, `padding: causal` of a convolution; a layer that reads backwards has no mend. */
function fixOf({ node, callee, frame }: Site): Fix | undefined {
  const name = frame.chunk.text.slice(callee.start, callee.end);
  const setting = name === 'Attention' ? 'mask' : name === 'Conv1D' ? 'padding' : undefined;
  if (setting === undefined) return undefined;
  const args = node.kind === 'call' ? node.args : undefined;
  const written = args?.items.find((arg) => arg.name?.text === setting)?.value;
  const text = args && args.items.length > 0 ? `, ${setting}: causal` : `${setting}: causal`;
  const edit = written
    ? { at: place(frame, written), newText: 'causal' }
    : args
      ? { at: place(frame, { start: args.end - 1, end: args.end - 1 }), newText: text }
      : { at: place(frame, { start: node.end, end: node.end }), newText: `(${text})` };
  const title = { key: 'fix/set', values: { setting, value: 'causal' } };
  return { id: 'train/looks-ahead/causal', title, preferred: true, edits: [edit] };
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
