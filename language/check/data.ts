/** Data sections: the source's raw columns, the fields made of them, and how rows are split. */
import type { Fix, Message, Place } from '../problem.ts';
import { agree } from '../shapes/broadcast.ts';
import { constant, printDim } from '../shapes/dim.ts';
import { printShape, printType, type Shape, type TensorType, unknownType, writeShape } from '../shapes/type.ts';
import type { Bind, DataDecl, Entry, Field } from '../syntax/tree.ts';
import { bind } from './body.ts';
import type { DeclarationFacts } from './checked.ts';
import { checkName } from './declaration.ts';
import { define } from './define.ts';
import { evaluate } from './expression.ts';
import { type Frame, newScope, place } from './frame.ts';
import { ownValue } from './params.ts';
import { complain, replaceFix, report } from './report.ts';
import { suggest } from './resolve.ts';
import { sectionEntries, type Unsupported, unsupportedOf } from './section.ts';
import { readSource, type Source } from './source.ts';
import { symbolicType } from './types.ts';
import { describe, numberIn, type TensorValue, tensorValue, unknownValue, type Value } from './value.ts';

export interface DataField {
  readonly name: string;
  readonly value: TensorValue;
  readonly at: Place;
}

export interface DataResult {
  readonly source: Source | undefined;
  readonly columns: DeclarationFacts['columns'];
  readonly fields: ReadonlyMap<string, DataField>;
  readonly validation: number;
  readonly test: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** Keys that stand there but are not carried out yet. */
  readonly unsupported: readonly Unsupported[];
}

/** A data section's own check: parameters have their defaults. */
export function checkData(declaration: DataDecl, frame: Frame): DataResult {
  checkName(declaration, frame);
  const earlier = new Map<string, Value>();
  for (const param of declaration.params) {
    const value = ownValue(param, { chunk: frame.chunk, declaration }, frame, earlier, false);
    earlier.set(param.name.text, value);
    define(frame, param.name, value, 'parameter');
  }
  return walkData(declaration, frame);
}

/** Walks a data section whose parameters stand in the frame's scope. */
export function walkData(declaration: DataDecl, outer: Frame): DataResult {
  const entries = sectionEntries('data', declaration.body, outer);
  const section = entries.get('source');
  const source = section && readSource(section, outer);
  if (!section && declaration.close && declaration.name.text !== '') {
    complain(outer, declaration.name, 'data/no-source', { data: declaration.name.text });
  }
  const columns = newScope(outer.scope);
  const open = !source?.columns;
  for (const column of source?.columns ?? []) defineColumn(column, columns, source?.place, outer);
  const frame: Frame = { ...outer, scope: newScope(columns), places: ['data'], open };
  const fields = new Map<string, DataField>();
  for (const item of declaration.body) {
    if (item.kind === 'bind') boundFields(item, frame, fields);
    else if (item.kind === 'field') field(item, frame, fields);
  }
  const unsupported = unsupportedOf(UNSUPPORTED, entries, outer);
  const part = (key: string) => partOf(entries.get(key), frame, unsupported);
  return {
    source,
    columns: source?.columns,
    fields,
    validation: part('validation'),
    test: part('test'),
    shuffle: flagOf(entries.get('shuffle'), frame),
    seed: seedOf(entries.get('seed'), frame),
    unsupported,
  };
}

/** Keys whose work comes with later versions: they may stand there, but no run is made of them. */
const UNSUPPORTED = ['cache', 'augment', 'keep', 'deduplicate', 'balance', 'weight'];

function defineColumn(
  column: { readonly name: string; readonly type: TensorType },
  scope: Frame['scope'],
  at: Place | undefined,
  frame: Frame,
): void {
  const where = at ?? place(frame, { start: 0, end: 0 });
  const [ref] =
    frame.session.recorder?.node({
      op: 'column',
      inputs: {},
      settings: { name: column.name },
      weights: {},
      outputs: [column.type],
      path: '',
      place: where,
    }) ?? [];
  const value = tensorValue(column.type, ref);
  scope.names.set(column.name, { value, what: 'column', name: column.name, at: where, used: true });
}

// ---- fields

function field(item: Field, frame: Frame, fields: Map<string, DataField>): void {
  const made = item.value ? evaluate(item.value, frame) : sameColumn(item, frame);
  const stated = symbolicType(item.type, frame);
  const value = convert(item, made, stated, frame);
  const local = define(frame, item.name, value, 'field');
  if (local) fields.set(item.name.text, { name: item.name.text, value, at: place(frame, item.name) });
}

/** `(masked, hidden) = tokens -> hide(15%)`: several fields of one pipeline. */
function boundFields(item: Bind, frame: Frame, fields: Map<string, DataField>): void {
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
  const result: TensorType = { ...stated, perExample: true, facts: type.facts };
  const wrong = lossy(type, stated);
  if (wrong) {
    report(frame, item.type.dtype ?? item.type, { message: wrong });
    return tensorValue(stated);
  }
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
  const newText = item.type.shape ? writeShape(type.shape) : `${item.type.dtype?.name ?? ''}${writeShape(type.shape)}`;
  const change = replaceFix(frame, 'shape/stated/change', at, newText);
  const fixes = lacksChannel(type.shape, stated.shape)
    ? [expandFix(item, frame), { ...change, preferred: false }]
    : [change];
  report(frame, at, { message, blame, fixes });
  return tensorValue({ ...result, shape: undefined });
}

/** An image without the axis of its one channel: `[28, 28]` where `[28, 28, 1]` is stated. */
function lacksChannel(given: Shape, stated: Shape): boolean {
  const last = stated?.at(-1);
  return given !== undefined && last !== undefined && constant(last) === 1 && agree(given, stated?.slice(0, -1)).ok;
}

function expandFix(item: Field, frame: Frame): Fix {
  const end = item.value?.end ?? item.end;
  return {
    id: 'shape/stated/expand',
    title: { key: 'fix/insert-after', values: { stage: 'expand' } },
    preferred: true,
    edits: [{ at: place(frame, { start: end, end }), newText: ' -> expand' }],
  };
}

/** Conversions that would change values: decimals to whole numbers, texts to numbers, large numbers to bytes. */
function lossy(given: TensorType, stated: TensorType): Message | undefined {
  const [from, to] = [given.dtype, stated.dtype];
  if (!from || !to || from === to) return undefined;
  const values = { given: printType(given), stated: to };
  if (from === 'string') return { key: 'data/conversion.text', values };
  if (to === 'string') return { key: 'data/conversion.to-text', values };
  if (to === 'float32') return undefined;
  if (from === 'float32') return { key: 'data/conversion.decimal', values };
  if (to === 'bool') return { key: 'data/conversion.bool', values };
  const [low, high] = given.facts.range ?? [];
  if (to === 'uint8' && low !== undefined && high !== undefined && (low < 0 || high > 255)) {
    return { key: 'data/conversion.range', values: { ...values, value: low < 0 ? low : high } };
  }
  return undefined;
}

// ---- keys

/** `validation: 10%`: a share of the rows. */
function partOf(entry: Entry | undefined, frame: Frame, unsupported: Unsupported[]): number {
  if (!entry) return 0;
  const { value: expr } = entry;
  if (expr.kind === 'name' && expr.text === 'none') return 0;
  // Conditions, `share(…)` and other data are forms of later versions.
  if (expr.kind !== 'number') {
    unsupported.push({ entry, chunk: frame.chunk });
    return 0;
  }
  const share = numberIn(evaluate(expr, frame));
  if (share !== undefined && share > 0 && share < 1) return share;
  complain(frame, expr, 'data/share', { key: entry.key.text, value: share ?? '?' });
  return 0;
}

function flagOf(entry: Entry | undefined, frame: Frame): boolean {
  if (!entry) return true;
  const value = evaluate(entry.value, frame);
  if (value.kind === 'flag') return value.value ?? true;
  if (value.kind !== 'unknown') {
    const values = { setting: entry.key.text, callee: 'data', expected: '`true` or `false`', value: describe(value) };
    complain(frame, entry.value, 'argument/kind', values);
  }
  return true;
}

export function seedOf(entry: Entry | undefined, frame: Frame): number {
  if (!entry) return 0;
  const value = evaluate(entry.value, { ...frame, open: false });
  const number = numberIn(value);
  if (number !== undefined && Number.isSafeInteger(number) && number >= 0) return number;
  if (value.kind !== 'unknown') complain(frame, entry.value, 'data/seed', { value: describe(value) });
  return 0;
}
