/** Tables as text, with the names of their columns in the first line. */

import type { ColumnSample } from '../../files.ts';
import { tensor } from '../../shapes/type.ts';
import type { DTypeName } from '../../syntax/tree.ts';
import { source } from '../define.ts';
import { emptyTable, unreadable, wrongKind } from '../rules/files.ts';
import { text } from '../settings.ts';

export const csv = source('csv', {
  doc: 'Reads a table of comma-separated values; each name of the first line is a raw column.',
  source: 'RFC 4180',
  examples: ['csv("data/housing.csv")'],
  settings: { file: text('The file, relative to the program or to the data folder.') },
  filesByColumn: false,
  columns(settings, header) {
    const path = settings.file;
    const found = path === null || path === undefined ? undefined : header(path);
    if (found === undefined) return { columns: undefined, problems: [] };
    if (!found.ok) return { columns: undefined, problems: [unreadable('file', found)] };
    if (found.value.kind !== 'csv')
      return { columns: undefined, problems: [wrongKind('file', 'csv', found.value.kind)] };
    const { columns, rows } = found.value;
    if (columns.some(({ name }) => notText.test(name)))
      return { columns: undefined, problems: [wrongKind('file', 'csv', 'something that is no text')] };
    if (columns.length === 0 || rows === 0) return { columns: undefined, problems: [emptyTable('file', path ?? '')] };
    return { columns: columns.map(columnOf), problems: [] };
  },
});

/** What a name has only where the file is none of text: control characters, and what stands for bytes that are no text. */
const notText = /[\p{Cc}\uFFFD]/u;

/** A single value a row, of the type that the sampled cells have. */
function columnOf(column: ColumnSample) {
  const dtypes: Readonly<Record<ColumnSample['type'], DTypeName>> = {
    int: 'int32',
    float: 'float32',
    string: 'string',
  };
  const range = column.type === 'int' && column.range ? { range: column.range } : {};
  return { name: column.name, type: tensor(dtypes[column.type], [], { facts: { column: column.name, ...range } }) };
}
