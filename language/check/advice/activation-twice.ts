/** An activation on top of another that leaves it nothing to do, or cuts its result to pieces. */

import type { Fix } from '../../problem.ts';
import type { TensorType } from '../../shapes/type.ts';
import { activationEdit } from '../fixes/activation.ts';
import { place } from '../frame.ts';
import type { Site } from '../layer.ts';
import { report } from '../report.ts';
import type { Call } from './call.ts';
import { gapBefore } from './gap.ts';
import { stageBefore } from './written-call.ts';

/** What cuts numbers off at 0, in front of a function that is made for both signs; `tanh(softplus(x))` is part of mish. */
const CUT: ReadonlySet<string> = new Set(['relu', 'relu6', 'sigmoid', 'softmax']);
const CENTRED: ReadonlySet<string> = new Set(['sigmoid', 'softmax', 'tanh']);
const IDEMPOTENT: ReadonlySet<string> = new Set(['relu', 'relu6', 'logSoftmax', 'sparsemax']);

export function adviseActivationTwice({ entry, site, inputs }: Call): void {
  const x = inputs.x as TensorType | undefined;
  const before = x?.facts.activation;
  if (before === undefined || entry.kind !== 'operation' || !entry.activation) return;
  const variant = variantOf(before, entry.name);
  if (variant === undefined) return;
  const { frame } = site;
  const fix = variant === '.cut' ? withoutFirst(before, site) : withoutSecond(entry.name, site);
  report(frame, site.callee, {
    severity: 'warning',
    message: { key: `shape/activation-twice${variant}`, values: { first: before, second: entry.name } },
    fixes: fix ? [fix] : [],
  });
}

/** The second left out: as a stage, or as a call around a value. */
function withoutSecond(stage: string, { arrow, node, frame }: Site): Fix | undefined {
  const title = { key: 'fix/remove-stage', values: { stage } };
  const inner = node.kind === 'call' && !arrow ? node.args?.items[0]?.value : undefined;
  const edit = inner
    ? { at: place(frame, node), newText: frame.chunk.text.slice(inner.start, inner.end) }
    : arrow && { at: place(frame, { start: gapBefore(frame.chunk.text, arrow.start), end: node.end }), newText: '' };
  return edit && { id: 'shape/activation-twice/remove', title, preferred: true, edits: [edit] };
}

/** The first left out, where it stands in the stage before. */
function withoutFirst(first: string, { node, frame }: Site): Fix | undefined {
  const stage = stageBefore(frame.chunk, node);
  const edit = stage && activationEdit(stage, 'none', frame);
  const title = { key: 'fix/remove-stage', values: { stage: first } };
  return edit && { id: 'shape/activation-twice/first', title, preferred: true, edits: [edit] };
}

function variantOf(first: string, second: string): string | undefined {
  if (first === second) return IDEMPOTENT.has(first) ? '.idle' : CENTRED.has(first) ? '' : undefined;
  if (CUT.has(first) && CENTRED.has(second)) return '.cut';
  return (first === 'sigmoid' || first === 'softmax') && second === 'relu' ? '.idle' : undefined;
}
