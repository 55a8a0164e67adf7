/** Parquet files. */
import { source } from '../define.ts';
import { tableColumns } from '../rules/files.ts';
import { text } from '../settings.ts';

export const parquet = source('parquet', {
  doc: 'Reads a Parquet file; its columns of single values are the raw columns.',
  source: 'Apache Parquet',
  examples: ['parquet("data/housing.parquet")'],
  settings: { file: text('The file, relative to the program or to the data folder.') },
  filesByColumn: false,
  columns: (settings, header) => tableColumns(settings, header, { kind: 'parquet' }),
});
