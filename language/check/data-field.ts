/** Fields of a data section: what their right side gives, brought to the type that is stated for them. */
import type { Fix, Message } from '../problem.ts';
import { agree } from '../shapes/broadcast.ts';
import { constant, isUnknown, printDim } from '../shapes/dim.ts';
import { printShape, printType, type Shape, type TensorType, unknownType, writeShape } from '../shapes/type.ts';
import type { Bind, Field } from '../syntax/tree.ts';
import { bind } from './body.ts';
import type { DataField } from './data.ts';
import { define } from './define.ts';
import { evaluate } from './expression.ts';
import { type Frame, place } from './frame.ts';
import { oddMessage, refuseMissing } from './missing-cells.ts';
import { complain, replaceFix, report } from './report.ts';
import { suggest } from './resolve.ts';
import { symbolicType } from './types.ts';
import { lastStage, refuseUnsized } from './unsized.ts';
import { describe, type TensorValue, tensorValue, unknownValue, type Value } from './value.ts';

export function field(item: Field, frame: Frame, fields: Map<string, DataField>): void {
  const made = item.value ? evaluate(item.value, frame) : sameColumn(item, frame);
  const stated = symbolicType(item.type, frame);
  const value = convert(item, made, stated, frame);
  const local = define(frame, item.name, value, 'field');
  if (local) fields.set(item.name.text, { name: item.name.text, value, at: place(frame, item.name) });
}

/** `(masked, hidden) = tokens -> hide(15%)`: several fields of one pipeline. */
export function boundFields(item: Bind, frame: Frame, fields: Map<string, DataField>): void {
  bind(item, frame);
  for (const { name } of item.parts) {
    const local = frame.scope.names.get(name.text);
    if (!local || local.at.start !== name.start) continue;
    const value = local.value.kind === 'tensor' ? local.value : tensorValue(unknownType);
    if (local.value.kind === 'tensor' || local.value.kind === 'unknown') {
      fields.set(name.text, { name: name.text, value, at: local.at });
    }
  }
}

/** A field without a right side is the column of its name. */
function sameColumn(item: Field, frame: Frame): Value {
  const column = frame.scope.parent?.names.get(item.name.text);
  if (column) return column.value;
  if (!frame.open && item.name.text !== '') {
    const names = [...(frame.scope.parent?.names.keys() ?? [])];
    suggest(frame, item.name, item.name.text, 'data/no-column', names);
  }
  return unknownValue;
}

/** The stated type is the conversion of what the right side gives. */
function convert(item: Field, value: Value, stated: TensorType, frame: Frame): TensorValue {
  if (value.kind === 'unknown') return tensorValue(stated);
  if (value.kind !== 'tensor') {
    complain(frame, item.value ?? item.name, 'data/not-a-column', { value: describe(value) });
    return tensorValue(stated);
  }
  const { type } = value;
  const result: TensorType = { ...stated, perExample: true, facts: keptFacts(type) };
  const wrong = lossy(type, stated);
  if (wrong) {
    report(frame, item.type.dtype ?? item.type, { message: wrong, fixes: conversionFixes(item, type, stated, frame) });
    return tensorValue(stated);
  }
  refuseMissing(type, stated, item.value ?? item.name, item.value ? undefined : item.end, frame);
  if (refuseUnsized(item, type, stated, frame)) return tensorValue(stated);
  const found = agree(type.shape, stated.shape);
  if (found.ok) return { ...value, type: result };
  const at = item.type.shape ?? item.type;
  const values = { given: printShape(type.shape), stated: printShape(stated.shape) };
  const message: Message = found.rank
    ? { key: 'shape/stated.rank', values }
    : {
        key: 'shape/stated',
        values: { ...values, axis: found.axis, actual: printDim(found.left), wanted: printDim(found.right) },
      };
  const blame = found.rank ? (type.shape ?? []) : [found.left];
  report(frame, at, { message, blame, fixes: shapeFixes(item, type, stated, frame) });
  return tensorValue({ ...result, shape: undefined });
}

/** A field is what it is stated to be, no longer a raw column; its own facts stay. */
function keptFacts(type: TensorType): TensorType['facts'] {
  const { missing: _missing, odd: _odd, unsized: _unsized, files: _files, ...kept } = type.facts;
  return kept;
}

/** Best first: what brings the data to the stated shape, then what states the shape of the data. */
function shapeFixes(item: Field, type: TensorType, stated: TensorType, frame: Frame): readonly Fix[] {
  const { dtype } = item.type;
  // A size that only the files know is left as it was stated.
  const sizes = type.shape?.map((dim, axis) => (isUnknown(dim) ? (stated.shape?.[axis] ?? dim) : dim));
  const newText = item.type.shape ? writeShape(sizes) : `${dtype?.name ?? ''}${writeShape(sizes)}`;
  const change = replaceFix(frame, 'shape/stated/change', item.type.shape ?? item.type, newText);
  const bring = lacksChannel(type.shape, stated.shape)
    ? [appendFix('shape/stated/expand', 'expand', item, frame)]
    : resizeFix(item, type, stated, frame);
  return bring.length > 0 ? [...bring, { ...change, preferred: false }] : [change];
}

/** An image without the axis of its one channel: `[28, 28]` where `[28, 28, 1]` is stated. */
function lacksChannel(given: Shape, stated: Shape): boolean {
  const last = stated?.at(-1);
  return given !== undefined && last !== undefined && constant(last) === 1 && agree(given, stated?.slice(0, -1)).ok;
}

/** Pictures of another height or width. */
function resizeFix(item: Field, type: TensorType, stated: TensorType, frame: Frame): readonly Fix[] {
  const stage = item.value && lastStage(item.value, 'decodeImage');
  const [height, width] = (stated.shape ?? []).map(constant);
  if (!stage || type.shape?.length !== 3 || height === undefined || width === undefined) return [];
  const text = `resize(${height}, ${width})`;
  return [
    {
      id: 'shape/stated/resize',
      title: { key: 'fix/insert-after', values: { stage: text } },
      preferred: true,
      edits: [{ at: place(frame, { start: stage.end, end: stage.end }), newText: ` -> ${text}` }],
    },
  ];
}

function appendFix(id: string, stage: string, item: Field, frame: Frame): Fix {
  const end = item.value?.end ?? item.end;
  const newText = item.value ? ` -> ${stage}` : ` = ${item.name.text} -> ${stage}`;
  const title: Message = { key: 'fix/insert-after', values: { stage } };
  return { id, title, preferred: true, edits: [{ at: place(frame, { start: end, end }), newText }] };
}

/** What makes numbers of a column of texts: class numbers, a row with a single 1, or a comparison. */
function conversionFixes(item: Field, type: TensorType, stated: TensorType, frame: Frame): readonly Fix[] {
  const { odd, classes } = type.facts;
  if (type.dtype === 'float32' && stated.dtype !== 'string' && item.type.dtype) {
    return [replaceFix(frame, 'data/conversion/float', item.type.dtype, 'float32')];
  }
  if (type.dtype !== 'string' || odd || stated.dtype === 'string') return [];
  if (stated.dtype === 'int32') return [appendFix('data/conversion/index', 'Index', item, frame)];
  if (stated.dtype === 'float32' && stated.shape?.length === 1 && type.shape?.length === 0) {
    return [appendFix('data/conversion/one-hot', 'OneHot', item, frame)];
  }
  if (classes?.count !== 2 || (item.value && item.value.kind !== 'name')) return [];
  const names = [classes.most.name, classes.least.name];
  const yes = names.find((name) => YES.test(name)) ?? names[1] ?? '';
  const text = `== ${JSON.stringify(yes)}`;
  const end = item.value?.end ?? item.end;
  const newText = item.value ? ` ${text}` : ` = ${item.name.text} ${text}`;
  return [
    {
      id: 'data/conversion/compare',
      title: { key: 'fix/compare-text', values: { text } },
      preferred: true,
      edits: [{ at: place(frame, { start: end, end }), newText }],
    },
  ];
}

/** Which of two texts most likely stands for yes. */
const YES = /^(?:y|yes|true|t|1|positive|pos|on)$/iu;

/** Conversions that would change values: decimals to whole numbers, texts to numbers, large numbers to bytes. */
function lossy(given: TensorType, stated: TensorType): Message | undefined {
  const [from, to] = [given.dtype, stated.dtype];
  if (!from || !to || from === to) return undefined;
  const values = { given: printType(given), stated: to };
  const { odd, column, range, missing } = given.facts;
  if (from === 'string' && odd) {
    return oddMessage('data/conversion.odd', odd, column, values);
  }
  if (from === 'string') return { key: 'data/conversion.text', values };
  if (to === 'string') return { key: 'data/conversion.to-text', values };
  if (to === 'float32') return undefined;
  // Whole numbers with gaps count as decimal: the gaps are the news, not the fractions.
  if (from === 'float32') return missing?.whole ? undefined : { key: 'data/conversion.decimal', values };
  if (to === 'bool' && from === 'uint8' && range && range[0] >= 0 && range[1] <= 1) return undefined;
  if (to === 'bool') return { key: 'data/conversion.bool', values };
  const [low, high] = range ?? [];
  if (to === 'uint8' && low !== undefined && high !== undefined && (low < 0 || high > 255)) {
    return { key: 'data/conversion.range', values: { ...values, value: low < 0 ? low : high } };
  }
  return undefined;
}
