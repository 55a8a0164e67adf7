/** Settings of other libraries that are no other name for one of ours: what is written instead, or that they go. */
import type { Edit, Fix } from '../problem.ts';
import type { Arg, Span } from '../syntax/tree.ts';
import type { Owner } from './bind-settings.ts';
import { type Frame, place } from './frame.ts';
import type { GivenArg } from './layer.ts';
import { complain, replaceFix } from './report.ts';

/** Reports such a setting. False: it is none. */
export function tellForeignSetting(owner: Owner, one: GivenArg): boolean {
  return tellDecay(owner, one) || tellBetas(owner, one) || tellCausal(owner, one) || tellNeedless(owner, one);
}

/** Optimizers that decay weights, for those that do not. */
const DECAYING: Readonly<Record<string, string>> = { Adam: 'AdamW', NAdam: 'AdamW', RMSprop: 'AdamW' };

/** A decay for an optimizer that has none: another one has. */
function tellDecay(owner: Owner, { arg, frame }: GivenArg): boolean {
  const better = DECAYING[owner.name];
  const { name } = arg;
  if (!better || owner.entry?.place !== 'optimizer' || !name) return false;
  if (name.text !== 'decay' && name.text !== 'weight_decay') return false;
  const start = frame.chunk.text.lastIndexOf(owner.name, name.start);
  const edits = [
    { at: place(frame, { start, end: start + owner.name.length }), newText: better },
    { at: place(frame, name), newText: 'decay' },
  ];
  const title = { key: 'fix/replace', values: { text: better } };
  const fixes = start < 0 ? [] : [{ id: 'argument/unknown/decay', title, preferred: true, edits }];
  complain(frame, name, 'argument/unknown.decay', { callee: owner.name, better, name: name.text }, fixes);
  return true;
}

/** PyTorch's `betas: (0.9, 0.999)`: two settings here. */
function tellBetas(owner: Owner, { arg, frame }: GivenArg): boolean {
  const { name, value } = arg;
  if (name?.text !== 'betas' || !owner.settings.beta1 || !owner.settings.beta2) return false;
  const items =
    value.kind === 'tuple' ? value.items.map((item) => item.value) : value.kind === 'list' ? value.items : [];
  const [first, second] = items.map(({ start, end }) => frame.chunk.text.slice(start, end));
  const text = `beta1: ${first}, beta2: ${second}`;
  const fixes = items.length === 2 ? [replaceFix(frame, 'name/change', arg, text)] : [];
  complain(frame, name, 'argument/unknown.near', { name: name.text, near: 'beta1', callee: owner.name }, fixes);
  return true;
}

/** `causal: true` is a mask here. */
function tellCausal(owner: Owner, { arg, frame }: GivenArg): boolean {
  const { name, value } = arg;
  const { entry } = owner;
  if (!name || !/^(?:causal|is_causal|use_causal_mask)$/u.test(name.text) || entry?.kind !== 'operation') return false;
  if (!entry.inputs.some(({ name: input, words }) => input === 'mask' && words?.includes('causal'))) return false;
  const near = 'mask: causal';
  const no = value.kind === 'bool' && !value.value;
  const fixes = no ? [withoutFix(arg, name.text, frame)] : [replaceFix(frame, 'name/change', arg, near)];
  complain(frame, name, 'argument/unknown.near', { name: name.text, near, callee: owner.name }, fixes);
  return true;
}

/** What Keras and PyTorch are told and this language knows by itself. */
const NEEDLESS: ReadonlySet<string> = new Set([
  'data_format',
  'input_shape',
  'batch_input_shape',
  'input_length',
  'batch_first',
  'inplace',
  'in_channels',
  'in_features',
  'num_features',
  'device',
  'trainable',
  'activity_regularizer',
]);

function tellNeedless(owner: Owner, { arg, frame }: GivenArg): boolean {
  const { name } = arg;
  const channels = owner.name === 'BatchNorm' && (name?.text === 'axis' || name?.text === 'dim');
  if (!name || !(channels || NEEDLESS.has(name.text))) return false;
  complain(frame, name, 'argument/unknown', { name: name.text, callee: owner.name }, [
    withoutFix(arg, name.text, frame),
  ]);
  return true;
}

/** The argument left out, with the comma that parts it from another, or with brackets that would be empty. */
function withoutFix(arg: Arg, name: string, frame: Frame): Fix {
  const { text } = frame.chunk;
  const [before, after] = [text.slice(0, arg.start), text.slice(arg.end)];
  const next = /^\s*,\s*/u.exec(after)?.[0];
  const last = /\s*,\s*$/u.exec(before)?.[0];
  const opening = /\(\s*$/u.exec(before)?.[0];
  const closing = /^\s*\)/u.exec(after)?.[0];
  const span = (left = 0, right = 0): Span => ({ start: arg.start - left, end: arg.end + right });
  const alone = opening !== undefined && closing !== undefined;
  const at = alone
    ? span(opening.length, closing.length)
    : last === undefined
      ? span(0, next?.length)
      : span(last.length);
  const edit: Edit = { at: place(frame, at), newText: '' };
  const title = { key: 'fix/remove-stage', values: { stage: name } };
  return { id: 'argument/unknown/remove', title, preferred: true, edits: [edit] };
}
