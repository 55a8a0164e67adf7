/** A model that is to say the next token, but is held against the very tokens that it reads: the truth was not moved by one. */
import type { DataDecl, Field } from '../../syntax/tree.ts';
import type { Frame } from '../frame.ts';
import { report } from '../report.ts';
import { inputsOf } from '../unit.ts';
import type { Call } from './call.ts';
import { lossesOf } from './losses.ts';
import type { Run } from './run.ts';

/** What leaves each place where it is, whatever it does with what is there. Anything else may move the text by itself. */
const STAYING: ReadonlySet<string> = new Set(
  `Embedding PositionSignal Rotary Attention Conv1D Dense LayerNorm RMSNorm Dropout DropPath SpatialDropout relu gelu geluTanh
  silu swish mish elu leakyRelu tanh sigmoid softmax logSoftmax range transpose sqrt lowerTriangle`.split(/\s+/u),
);
const RECURRENT: ReadonlySet<string> = new Set(['LSTM', 'GRU', 'SimpleRNN']);

/** Remembers layers that read a sequence forwards, and what may move it. */
export function noteReading({ entry, site, settings }: Call, frame: Frame): void {
  const { session } = frame;
  const { mask } = settings;
  const recurrent = RECURRENT.has(entry.name) && settings.sequences === true && settings.backwards !== true;
  const causal = Array.isArray(mask) && mask.includes('causal');
  if (recurrent || causal || settings.padding === 'causal') session.forward.push(site);
  else if (!STAYING.has(entry.name)) session.moving.add(entry.name);
}

export function adviseSeenAnswer(run: Run): void {
  const { forward, moving, looks, modules } = run.frame.session;
  if (forward.length === 0 || moving.size > 0 || looks.length > 0 || modules.size > 0) return;
  const { data, target } = run.checked.parts;
  const [input, ...others] = inputsOf(target.declaration.body);
  if (input === undefined || others.length > 0 || run.value('augment')) return;
  const read = input.name;
  for (const { name, field, truth, call } of lossesOf(run)) {
    const chosen = call.args?.items.some((arg) => arg.name !== undefined);
    if (name !== 'crossEntropy' || chosen || !sameValue(data.declaration, read, field, data.chunk.text)) continue;
    const message = { key: 'train/sees-answer', values: { truth: field, input: read } };
    report(run.frame, truth, { severity: 'warning', message });
    return;
  }
}

/** The field itself, or one that is written in the same words. Chance may make two of them differ. */
function sameValue(data: DataDecl, one: string, other: string, text: string): boolean {
  const field = (name: string) =>
    data.body.find((item): item is Field => item.kind === 'field' && item.name.text === name);
  const [first, second] = [field(one), field(other)];
  if (!first || !second) return false;
  if (first === second) return true;
  const written = ({ value }: Field) => (value ? text.slice(value.start, value.end).replace(/\s+/gu, '') : '');
  return written(first) !== '' && written(first) === written(second) && !/\bhide\b/u.test(written(first));
}
