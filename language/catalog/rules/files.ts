/** What sources share: what is said of files that they cannot read, and the columns that headers give. */
import type { ColumnSample, DataHeader, FileResult, HeaderWish } from '../../files.ts';
import { known, unknown } from '../../shapes/dim.ts';
import { type Facts, type TensorType, tensor, unknownType } from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import { isList } from '../checked.ts';
import type { CheckedSettings, ReadHeader, Refusal, SourceColumns } from '../entry.ts';
import { atSetting, refuse } from '../refuse.ts';

/** A raw column whose file could not be read. */
export function unknownColumn(name: string): TensorType {
  return { ...unknownType, facts: { column: name } };
}

/**
 * A file that cannot be read. One that is missing, or that an untrusted workspace may not see, is information while editing
 * (`data/missing-file`) and an error at the start of a run; a broken one is an error at once (`data/unreadable-file`).
 */
export function unreadable(setting: string, found: Extract<FileResult<DataHeader>, { ok: false }>): Refusal {
  const { trouble, path } = found;
  const at = atSetting(setting);
  if (trouble === 'missing') return refuse('data/missing-file', { path }, { at });
  if (trouble === 'outside') return refuse('data/missing-file', { path }, { variant: trouble, at });
  return refuse('data/unreadable-file', { path }, { variant: trouble, at });
}

/** A file of another form than its source reads. */
export function wrongKind(setting: string, expected: string, found: string): Refusal {
  return refuse('data/wrong-format', { expected, found }, { at: atSetting(setting) });
}

/** A table without a row: nothing is known of its columns. */
export function emptyTable(setting: string, path: string): Refusal {
  return refuse('data/wrong-format', { path }, { variant: 'empty-table', at: atSetting(setting) });
}

/** The header of a setting's file; undefined where it is not known yet or a parameter decides. */
export function headerOf(
  settings: CheckedSettings,
  name: string,
  header: ReadHeader,
  wish: HeaderWish,
): { readonly path: string; readonly found: FileResult<DataHeader> } | undefined {
  const path = settings[name];
  if (typeof path !== 'string') return undefined;
  const found = header(path, wish);
  return found && { path, found };
}

/** A list of texts among the settings; undefined for none. */
export function textsOf(settings: CheckedSettings, name: string): readonly string[] | undefined {
  const value = settings[name];
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

/** What a name has only where the file is none of text: control characters, and what stands for bytes that are no text. */
const notText = /[\p{Cc}\uFFFD]/u;

type TableHeader = Extract<DataHeader, { readonly kind: 'csv' | 'jsonl' | 'parquet' }>;

/** The columns of a table in a file, read as `wish` says; `at` is the setting that names the file. */
export function tableColumns(
  settings: CheckedSettings,
  header: ReadHeader,
  wish: HeaderWish & { readonly kind: TableHeader['kind'] },
  at = 'file',
): SourceColumns {
  const read = headerOf(settings, 'file', header, wish);
  if (!read) return { columns: undefined, problems: [] };
  const { path, found } = read;
  const wrong = (problem: Refusal): SourceColumns => ({ columns: undefined, problems: [problem] });
  if (!found.ok) return wrong(unreadable(at, found));
  const { value } = found;
  if (value.kind !== wish.kind || !('columns' in value)) return wrong(wrongKind(at, wish.kind, value.kind));
  const { columns, rows } = value;
  if (columns === undefined) return { columns: undefined, problems: [] };
  if (columns.some(({ name }) => notText.test(name))) {
    return wrong(wrongKind(at, wish.kind, 'something that is no text'));
  }
  if (columns.length === 0 || rows === 0) return wrong(emptyTable(at, path));
  const twice = columns.find(
    ({ name }, index) => name !== '' && columns.findIndex((other) => other.name === name) < index,
  );
  if (twice) return wrong(refuse('data/column-twice', { name: twice.name }, { at: atSetting(at) }));
  return { columns: columns.map(columnOf), problems: [], ...(rows === undefined ? {} : { rows }) };
}

/** A single value a row (or a list of numbers), of the type that the sampled cells have. */
export function columnOf(column: ColumnSample): { readonly name: string; readonly type: TensorType } {
  const dtypes: Readonly<Record<ColumnSample['type'], DTypeName>> = {
    int: 'int32',
    float: 'float32',
    string: 'string',
    bool: 'bool',
  };
  const { name, list } = column;
  if (list) {
    const length = list.low === list.high ? known(list.low) : unknown;
    const unsized = list.low === list.high ? {} : { unsized: name };
    return { name, type: tensor('float32', [length], { facts: { column: name, ...unsized } }) };
  }
  // Of Parquet files nothing but the schema is read: a type of which no value was seen says little of whole numbers.
  const dtype = column.type === 'int' && column.sampled === 0 ? undefined : dtypes[column.type];
  return { name, type: tensor(dtype, [], { facts: columnFacts(column) }) };
}

function columnFacts(column: ColumnSample): Facts {
  const { name, type, range, missing, firstMissing, sampled, odd, classes, distinct } = column;
  const isNumber = type === 'int' || type === 'float';
  return {
    column: name,
    ...(type === 'int' && range ? { range } : {}),
    ...(type === 'float' && range ? { values: range } : {}),
    ...(isNumber && missing > 0
      ? { missing: { count: missing, row: firstMissing ?? 0, sampled, whole: column.whole === true } }
      : {}),
    ...(column.long ? { long: true } : {}),
    ...(odd ? { odd } : {}),
    ...(distinct > 0 && type !== 'float' ? { distinct } : {}),
    ...(classes ? { classes } : {}),
  };
}
