/**
 * Fixes for two sizes that should be equal, worked out from where they came from: another number of units, cells that a
 * transposed convolution adds, a projection on the way that lacks one. Offered only where they make the sizes equal.
 */
import type { Refusal, RuleInputs } from '../../catalog/entry.ts';
import type { Edit, Fix, Message } from '../../problem.ts';
import { compare, constant, type Dim } from '../../shapes/dim.ts';
import type { TensorType } from '../../shapes/type.ts';
import type { CallExpr, Expr } from '../../syntax/tree.ts';
import { argumentOf } from '../advice/expressions.ts';
import { callAt } from '../advice/written-call.ts';
import { type Frame, place } from '../frame.ts';
import type { Site } from '../layer.ts';
import { paddingFix } from './padding.ts';
import { projectionFixes } from './projection.ts';

/** Codes whose blame begins with the two sizes that differ. */
const PAIRS: ReadonlySet<string> = new Set(['shape/mismatch', 'shape/join', 'loss/shapes']);

/** The fixes for a refusal, best first. */
export function sizeFixes(refusal: Refusal, site: Site, inputs: RuleInputs, frame: Frame): readonly Fix[] {
  const [a, b] = refusal.blame;
  if (!a || !b || refusal.blame.length !== 2 || !PAIRS.has(refusal.refused)) return [];
  const pad = paddingFix(a, b, frame);
  if (pad) return [{ ...pad, id: `${refusal.refused}/padding` }];
  const cells = cellsFix(a, b, refusal.refused, frame) ?? cellsFix(b, a, refusal.refused, frame);
  if (cells) return [cells];
  const up = upsampleFixes(site, inputs);
  return up.length > 0 ? up : projectionFixes(a, b, site, inputs);
}

/** The size made another by the setting that gave it. */
export function settingFix(have: Dim, want: Dim, code: string, frame: Frame): Fix | undefined {
  const number = constant(want);
  const call = have.why && writtenCall(have, frame);
  if (number === undefined || call?.kind !== 'call' || have.why?.text.key !== 'why/setting') return undefined;
  const { setting, callee } = have.why.text.values;
  const entry = frame.session.program.catalog.find('model', String(callee));
  if (!entry) return undefined;
  const order = Object.keys(entry.settings).filter((name) => !entry.settings[name]?.named);
  const given = argumentOf(call, String(setting), order.indexOf(String(setting)));
  // A parameter may serve other layers, too: its number is not changed here.
  if (given?.value.kind !== 'number') return undefined;
  return fixOf(`${code}/${setting}`, { key: 'fix/set', values: { setting: setting ?? '', value: number } }, [
    {
      at: { chunk: have.why.at?.chunk ?? frame.chunk, start: given.value.start, end: given.value.end },
      newText: String(number),
    },
  ]);
}

/** The default of the parameter that a size came from. */
export function defaultFix(have: Dim, want: Dim, frame: Frame): Fix | undefined {
  const number = constant(want);
  let at: Dim | undefined = have;
  while (at?.why && at.why.text.key !== 'why/default') at = at.why.from[0];
  const from = at?.why?.at;
  if (number === undefined || !from || from.chunk.file !== frame.chunk.file) return undefined;
  const { declaration } = from.chunk;
  const params = declaration?.kind === 'unit' ? declaration.params : [];
  const param = params.find(({ default: value }) => value && from.start <= value.start && value.end <= from.end);
  const byName = param ?? params.find(({ name }) => name.text === String(at?.why?.text.values.name));
  const value = byName?.default;
  if (!byName || value?.kind !== 'number') return undefined;
  const title = { key: 'fix/set-default', values: { name: byName.name.text, value: number } };
  const edit = { at: { chunk: from.chunk, start: value.start, end: value.end }, newText: String(number) };
  return fixOf('loss/labels/default', title, [edit]);
}

/**
 * The fixes for a size that is not the stated one, best first. A transposed convolution can give several sizes, and the one
 * that is stated is wanted; else what is stated is more likely wrong than the layers are.
 */
export function statedFixes(have: Dim, want: Dim, change: Fix, frame: Frame): readonly Fix[] {
  const cells = cellsFix(have, want, 'shape/stated', frame);
  if (cells) return [cells, { ...change, preferred: false }];
  const pad = paddingFix(have, want, frame);
  return pad ? [change, { ...pad, id: 'shape/stated/padding', preferred: false }] : [change];
}

/** What `outputPadding` of a transposed convolution must be for its result to have another size. */
function cellsFix(have: Dim, want: Dim, code: string, frame: Frame): Fix | undefined {
  const { why } = have;
  const [result, before] = [constant(want), why?.from[0] && constant(why.from[0])];
  const call = writtenCall(have, frame);
  if (why?.text.key !== 'why/window-transposed' || call?.kind !== 'call' || !call.args) return undefined;
  const stride = Number(why.text.values.stride);
  const window = windowOf(call);
  if (result === undefined || before === undefined || window === undefined || !Number.isInteger(stride))
    return undefined;
  const cells = result - (before - 1) * stride - coveredBy(call, window);
  if (!(cells >= 0 && cells < stride)) return undefined;
  const written = argumentOf(call, 'outputPadding', Number.POSITIVE_INFINITY)?.value;
  const chunk = why.at?.chunk ?? frame.chunk;
  const end = call.args.end - 1;
  const edit = written
    ? { at: { chunk, start: written.start, end: written.end }, newText: String(cells) }
    : { at: { chunk, start: end, end }, newText: `, outputPadding: ${cells}` };
  const title = { key: 'fix/set', values: { setting: 'outputPadding', value: cells } };
  return fixOf(`${code}/output-padding`, title, [edit]);
}

/** The window of a transposed convolution, where one number is written for both axes (or none). */
function windowOf(call: CallExpr): number | undefined {
  const kernel = argumentOf(call, 'kernel', 1)?.value;
  if (!kernel) return 3;
  return kernel.kind === 'number' && !call.args?.items.some((arg) => arg.name?.text === 'dilation')
    ? kernel.value
    : undefined;
}

/** What the last window adds to the steps of the others, before the cells of `outputPadding`. */
function coveredBy(call: CallExpr, window: number): number {
  const padding = argumentOf(call, 'padding', Number.POSITIVE_INFINITY)?.value;
  if (padding?.kind === 'name' && padding.text === 'same') return window % 2;
  if (padding?.kind === 'number') return window - 2 * padding.value;
  return padding === undefined || (padding.kind === 'name' && padding.text === 'valid') ? window : Number.NaN;
}

/** Two maps of which one is a whole number of times larger: the smaller is enlarged. */
function upsampleFixes({ node, args, frame }: Site, inputs: RuleInputs): readonly Fix[] {
  const types = inputs.list ?? [inputs.a, inputs.b].filter((type) => type !== undefined);
  const written = args.filter(({ arg }) => !arg.name).map(({ arg }) => arg.value);
  const operands = node.kind === 'binary' ? [node.left, node.right] : written;
  const [first, second] = types as readonly TensorType[];
  if (types.length !== 2 || operands.length !== 2 || !first || !second) return [];
  const sides: readonly (readonly [Expr | undefined, TensorType, TensorType])[] = [
    [operands[0], first, second],
    [operands[1], second, first],
  ];
  for (const [operand, small, large] of sides) {
    const times = ratio(small, large);
    if (times === undefined) continue;
    const less = enlargedLess(large.shape?.[0], times, frame);
    if (less) return [less];
    if (operand?.kind !== 'name') continue;
    const stage = `UpSample2D(${times})`;
    const flow = `${operand.text} -> ${stage}`;
    const newText = node.kind === 'binary' ? `(${flow})` : flow;
    const title = { key: 'fix/insert-after', values: { stage } };
    return [fixOf('shape/join/upsample', title, [{ at: place(frame, operand), newText }])];
  }
  return [];
}

/** The larger map was enlarged itself, by too much. */
function enlargedLess(dim: Dim | undefined, times: number, frame: Frame): Fix | undefined {
  let at = dim;
  while (at?.why && at.why.text.key !== 'why/times') {
    const before: Dim | undefined = at.why.from[0];
    at = before && compare(before, at) === 'equal' ? before : undefined;
  }
  const call = at && writtenCall(at, frame);
  const size = call?.kind === 'call' ? argumentOf(call, 'size', 0)?.value : undefined;
  const by = size?.kind === 'number' ? size.value / times : Number.NaN;
  if (!size || !at?.why?.at || !Number.isInteger(by) || by < 2) return undefined;
  const title = { key: 'fix/set', values: { setting: 'size', value: by } };
  const edit = { at: { chunk: at.why.at.chunk, start: size.start, end: size.end }, newText: String(by) };
  return fixOf('shape/join/size', title, [edit]);
}

/** How many times larger the second map is along both sides; undefined where that is no whole number, or only once. */
function ratio(small: TensorType, large: TensorType): number | undefined {
  const [h, w] = (small.shape ?? []).map(constant);
  const [tall, wide] = (large.shape ?? []).map(constant);
  if (small.shape?.length !== 3 || large.shape?.length !== 3 || !h || !w || !tall || !wide) return undefined;
  return tall % h === 0 && tall / h === wide / w && tall > h ? tall / h : undefined;
}

function writtenCall(dim: Dim, frame: Frame): Expr | undefined {
  const at = dim.why?.at;
  return at && at.chunk.file === frame.chunk.file ? callAt(at.chunk, at.start, at.end) : undefined;
}

function fixOf(id: string, title: Message, edits: readonly Edit[]): Fix {
  return { id, title, preferred: true, edits };
}

/** `reshape([7, 7, 63])` of 3136 numbers: the last size that makes it come out even. */
export function reshapeFix(refusal: Refusal, site: Site): readonly Fix[] {
  if (refusal.refused !== 'shape/reshape' || site.node.kind !== 'call') return [];
  const [list] = site.node.args?.items ?? [];
  const have = Number(refusal.message.values.have);
  if (list?.value.kind !== 'list' || !Number.isSafeInteger(have)) return [];
  const sizes = list.value.items.map((item) => (item.kind === 'number' ? item.value : Number.NaN));
  for (let index = sizes.length - 1; index >= 0; index--) {
    const rest = sizes.reduce((product, size, other) => (other === index ? product : product * size), 1);
    const size = have / rest;
    const item = list.value.items[index];
    if (!Number.isInteger(size) || size < 1 || !item) continue;
    const text = `[${sizes.map((old, other) => (other === index ? size : old)).join(', ')}]`;
    const edit = { at: place(site.frame, item), newText: String(size) };
    return [fixOf('shape/reshape/size', { key: 'fix/change', values: { text } }, [edit])];
  }
  return [];
}
